//! The chat of a room: its lines, how fast one may write, and how long they are kept.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base::{PersonId, Personal, Timestamp};
use protocol::room::{CHAT_CHARS_MAX, ChatLine, clean};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Lines that are kept.
pub const LINES_MAX: usize = 200;
/// Lines that a snapshot shows.
pub const LINES_SHOWN_MAX: usize = 100;
/// How long a line is kept.
pub const LINE_LIFE: Duration = Duration::from_secs(24 * 3600);
/// Lines of one person: this many at once, then one each two seconds.
const LINES: Pacing = Pacing {
    burst: 5,
    every_ms: 2_000,
};
/// Reactions of one person: this many at once, then two a second.
const REACTIONS: Pacing = Pacing {
    burst: 10,
    every_ms: 500,
};

/// `burst` at once, then one each `every_ms`.
#[derive(Clone, Copy, Debug)]
struct Pacing {
    burst: i64,
    every_ms: i64,
}

/// How much of a pacing is used (the generic cell rate algorithm): when all of it is free again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Pace(Timestamp);

impl Pace {
    /// Takes one, or says how long to wait for it.
    fn take(&mut self, pacing: Pacing, now: Timestamp) -> Result<(), Duration> {
        let ahead_ms = (self.0.unix_ms() - now.unix_ms()).max(0);
        let wait_ms = ahead_ms - (pacing.burst - 1) * pacing.every_ms;
        if let Ok(wait_ms @ 1..) = u64::try_from(wait_ms) {
            return Err(Duration::from_millis(wait_ms));
        }
        self.0 = Timestamp::from_unix_ms(now.unix_ms() + ahead_ms + pacing.every_ms);
        Ok(())
    }
}

/// What somebody said lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Writer {
    lines: Pace,
    reactions: Pace,
    last_line_at: Option<Timestamp>,
}

impl Writer {
    /// The longest slow mode, after which nothing counts any more.
    const MEMORY: Duration = Duration::from_secs(3_600);

    fn is_rested(&self, now: Timestamp) -> bool {
        let is_quiet = self
            .last_line_at
            .is_none_or(|at| at.after(Self::MEMORY) <= now);
        self.lines.0 <= now && self.reactions.0 <= now && is_quiet
    }
}

/// A line as it is about to be said.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'l> {
    /// Who says it.
    pub by: PersonId,
    /// What they are called.
    pub name: Option<&'l Personal<String>>,
    /// What they say.
    pub text: &'l str,
    /// The event that says it.
    pub seq: u64,
}

/// The chat of a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    lines: VecDeque<ChatLine>,
    writers: BTreeMap<PersonId, Writer>,
}

impl Chat {
    /// Says a line. `slow_mode_s` is what the room asks of this person: 0 of those who moderate.
    pub fn say(
        &mut self,
        line: NewLine<'_>,
        slow_mode_s: u16,
        now: Timestamp,
    ) -> Result<ChatLine, Refusal> {
        let text = clean(line.text, CHAT_CHARS_MAX);
        if text.is_empty() {
            return Err(Refusal::invalid("a line without anything to read"));
        }
        let mut writer = self.writer(line.by);
        let quiet = Duration::from_secs(u64::from(slow_mode_s));
        let quiet_until = writer.last_line_at.map(|at| at.after(quiet));
        if let Some(until) = quiet_until.filter(|&until| until > now) {
            return Err(Refusal::limit("slow mode").retry_after(until.since(now)));
        }
        let taken = writer.lines.take(LINES, now);
        taken.map_err(|wait| Refusal::limit("too many lines").retry_after(wait))?;
        writer.last_line_at = Some(now);
        self.keep(line.by, writer, now);
        let line = ChatLine {
            seq: line.seq,
            at: now,
            by: line.by,
            name: line.name.cloned(),
            text: Personal::new(text),
        };
        if self.lines.len() == LINES_MAX {
            self.lines.pop_front();
        }
        self.lines.push_back(line.clone());
        Ok(line)
    }

    /// Lets a person react, or not so soon.
    pub fn react(&mut self, by: PersonId, now: Timestamp) -> Result<(), Refusal> {
        let mut writer = self.writer(by);
        let taken = writer.reactions.take(REACTIONS, now);
        taken.map_err(|wait| Refusal::limit("too many reactions").retry_after(wait))?;
        self.keep(by, writer, now);
        Ok(())
    }

    /// Takes back the line that event `seq` said.
    pub fn unsay(&mut self, seq: u64, by: PersonId, may_moderate: bool) -> Result<(), Refusal> {
        let found = self.lines.iter().position(|line| line.seq == seq);
        let place = found.ok_or(Refusal::stale("no such line"))?;
        if self.lines[place].by != by && !may_moderate {
            return Err(Refusal::forbidden("only one's own lines"));
        }
        self.lines.remove(place);
        Ok(())
    }

    /// What a snapshot shows: the latest lines, the oldest first.
    #[must_use]
    pub fn shown(&self) -> Vec<ChatLine> {
        let skipped = self.lines.len().saturating_sub(LINES_SHOWN_MAX);
        self.lines.iter().skip(skipped).cloned().collect()
    }

    /// Forgets what was kept long enough. Clients drop such lines by themselves, so it makes no event.
    pub fn forget(&mut self, now: Timestamp) {
        self.lines.retain(|line| line.at.after(LINE_LIFE) > now);
        self.writers.retain(|_, writer| !writer.is_rested(now));
    }

    /// When the oldest line is to be forgotten.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.lines.front().map(|line| line.at.after(LINE_LIFE))
    }

    /// Forgets everything: the room is over.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn writer(&self, by: PersonId) -> Writer {
        self.writers.get(&by).copied().unwrap_or_default()
    }

    fn keep(&mut self, by: PersonId, writer: Writer, now: Timestamp) {
        self.writers.retain(|_, writer| !writer.is_rested(now));
        self.writers.insert(by, writer);
    }
}
