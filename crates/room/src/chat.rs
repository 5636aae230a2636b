//! The chat of a room: its lines, how fast one may write, and how long they are kept.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base::{PersonId, Personal, Timestamp};
use protocol::room::{CHAT_CHARS_MAX, ChatLine, clean};
use serde::{Deserialize, Serialize};

use crate::pace::{Pace, Pacing};
use crate::refusal::Refusal;
use crate::room::Principal;

/// Lines that are kept.
pub(crate) const LINES_MAX: usize = 200;
/// Lines that a snapshot shows.
pub(crate) const LINES_SHOWN_MAX: usize = 100;
/// How long a line is kept.
pub(crate) const LINE_LIFE: Duration = Duration::from_secs(24 * 3600);
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
pub(crate) struct NewLine<'l> {
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
pub(crate) struct Chat {
    lines: VecDeque<ChatLine>,
    writers: BTreeMap<PersonId, Writer>,
    /// Who wrote the lines that are kept, so that they can take them back after they have gone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    authors: BTreeMap<PersonId, Principal>,
}

impl Chat {
    /// Says a line. `slow_mode_s` is what the room asks of this person: 0 of those who moderate.
    pub(crate) fn say(
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
    pub(crate) fn react(&mut self, by: PersonId, now: Timestamp) -> Result<(), Refusal> {
        let mut writer = self.writer(by);
        let taken = writer.reactions.take(REACTIONS, now);
        taken.map_err(|wait| Refusal::limit("too many reactions").retry_after(wait))?;
        self.keep(by, writer, now);
        Ok(())
    }

    /// Takes back the line that event `seq` said.
    pub(crate) fn unsay(
        &mut self,
        seq: u64,
        by: PersonId,
        may_moderate: bool,
    ) -> Result<(), Refusal> {
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
    pub(crate) fn shown(&self) -> Vec<ChatLine> {
        let skipped = self.lines.len().saturating_sub(LINES_SHOWN_MAX);
        self.lines.iter().skip(skipped).cloned().collect()
    }

    /// Forgets what was kept long enough. Clients drop such lines by themselves, so it makes no event.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        self.lines.retain(|line| line.at.after(LINE_LIFE) > now);
        self.writers.retain(|_, writer| !writer.is_rested(now));
        self.forget_authors();
    }

    /// When the oldest line is to be forgotten.
    #[must_use]
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.lines.front().map(|line| line.at.after(LINE_LIFE))
    }

    /// Notes who a person is whose lines are kept.
    pub(crate) fn written_by(&mut self, person: PersonId, principal: Principal) {
        self.authors.insert(person, principal);
        self.forget_authors();
    }

    /// Whose lines are kept.
    pub(crate) fn authors(&self) -> impl Iterator<Item = &Principal> {
        self.authors.values()
    }

    /// The lines that these persons, and whoever else was this principal, have said.
    pub(crate) fn lines_of(&self, principal: &Principal, persons: &[PersonId]) -> Vec<ChatLine> {
        let theirs = self.all_of(principal, persons);
        let lines = self.lines.iter();
        lines
            .filter(|line| theirs.contains(&line.by))
            .cloned()
            .collect()
    }

    fn all_of(&self, principal: &Principal, persons: &[PersonId]) -> Vec<PersonId> {
        let authors = self.authors.iter().filter(|(_, it)| *it == principal);
        let authors = authors.map(|(person, _)| *person);
        authors.chain(persons.iter().copied()).collect()
    }

    /// Takes out all that these persons, and whoever else was this principal, have said. Gives the lines' events.
    pub(crate) fn erase(&mut self, principal: &Principal, persons: &[PersonId]) -> Vec<u64> {
        let theirs = self.all_of(principal, persons);
        let is_theirs = |line: &&ChatLine| theirs.contains(&line.by);
        let gone = self.lines.iter().filter(is_theirs).map(|line| line.seq);
        let gone = gone.collect();
        self.lines.retain(|line| !theirs.contains(&line.by));
        for person in &theirs {
            self.writers.remove(person);
            self.authors.remove(person);
        }
        gone
    }

    fn forget_authors(&mut self) {
        let lines = &self.lines;
        self.authors
            .retain(|person, _| lines.iter().any(|line| line.by == *person));
    }

    /// Forgets everything: the room is over.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    fn writer(&self, by: PersonId) -> Writer {
        self.writers.get(&by).copied().unwrap_or_default()
    }

    fn keep(&mut self, by: PersonId, writer: Writer, now: Timestamp) {
        if let Some(kept) = self.writers.get_mut(&by) {
            *kept = writer;
            return;
        }
        self.writers.retain(|_, writer| !writer.is_rested(now));
        self.writers.insert(by, writer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use protocol::room::RejectCode;

    const ANA: PersonId = PersonId::from_bits(1);
    const BEN: PersonId = PersonId::from_bits(2);

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_700_000_000_000).after(Duration::from_millis(ms))
    }

    fn say(
        chat: &mut Chat,
        by: PersonId,
        (text, seq): (&str, u64),
        slow_mode_s: u16,
        ms: u64,
    ) -> Result<ChatLine, Refusal> {
        let line = NewLine {
            by,
            name: None,
            text,
            seq,
        };
        chat.say(line, slow_mode_s, at(ms))
    }

    #[test]
    fn a_line_is_cleaned_and_kept_with_who_said_it_and_when() {
        let mut chat = Chat::default();
        let line = say(&mut chat, ANA, ("<b>hi</b>\n\u{202e}all\0", 7), 0, 5).unwrap();
        assert_eq!(line.text.expose(), "<b>hi</b> all");
        assert_eq!((line.by, line.seq, line.at), (ANA, 7, at(5)));
        assert_eq!(chat.shown(), [line]);
        let empty = say(&mut chat, BEN, ("\u{200b}\n ", 8), 0, 5).unwrap_err();
        assert_eq!(empty.code, RejectCode::Invalid);
    }

    #[test]
    fn who_floods_waits_and_the_others_do_not() {
        let mut chat = Chat::default();
        for seq in 0..5 {
            say(&mut chat, ANA, ("a", seq), 0, 0).unwrap();
        }
        let before = chat.clone();
        let refused = say(&mut chat, ANA, ("a", 5), 0, 500).unwrap_err();
        assert_eq!(refused.code, RejectCode::Limit);
        assert_eq!(refused.retry_after, Some(Duration::from_millis(1_500)));
        assert_eq!(before, chat);
        say(&mut chat, BEN, ("b", 5), 0, 500).unwrap();
        say(&mut chat, ANA, ("a", 6), 0, 2_000).unwrap();
        assert!(say(&mut chat, ANA, ("a", 7), 0, 2_000).is_err());
    }

    #[test]
    fn slow_mode_says_when_the_next_line_may_come() {
        let mut chat = Chat::default();
        say(&mut chat, ANA, ("a", 1), 30, 0).unwrap();
        let refused = say(&mut chat, ANA, ("a", 2), 30, 10_000).unwrap_err();
        assert_eq!(refused.code, RejectCode::Limit);
        assert_eq!(refused.retry_after, Some(Duration::from_secs(20)));
        say(&mut chat, BEN, ("b", 2), 30, 10_000).unwrap();
        say(&mut chat, ANA, ("a", 3), 30, 30_000).unwrap();
        say(&mut chat, ANA, ("a", 4), 0, 30_001).unwrap();
    }

    #[test]
    fn reactions_have_a_rate_of_their_own() {
        let mut chat = Chat::default();
        for _ in 0..10 {
            chat.react(ANA, at(0)).unwrap();
        }
        let refused = chat.react(ANA, at(100)).unwrap_err();
        assert_eq!(refused.retry_after, Some(Duration::from_millis(400)));
        chat.react(ANA, at(500)).unwrap();
        say(&mut chat, ANA, ("a", 1), 0, 500).unwrap();
    }

    #[test]
    fn a_line_is_taken_back_by_who_said_it_or_who_moderates() {
        let mut chat = Chat::default();
        for seq in 1..4 {
            say(&mut chat, ANA, ("a", seq), 0, 0).unwrap();
        }
        let forbidden = chat.unsay(1, BEN, false).unwrap_err();
        assert_eq!(forbidden.code, RejectCode::Forbidden);
        chat.unsay(1, ANA, false).unwrap();
        chat.unsay(3, BEN, true).unwrap();
        let stale = chat.unsay(1, ANA, false).unwrap_err();
        assert_eq!(stale.code, RejectCode::Stale);
        let left: Vec<u64> = chat.shown().iter().map(|line| line.seq).collect();
        assert_eq!(left, [2]);
    }

    #[test]
    fn the_latest_lines_are_kept_for_a_day_and_half_of_them_shown() {
        let mut chat = Chat::default();
        for seq in 0..250 {
            say(&mut chat, ANA, ("a", seq), 0, seq * 2_000).unwrap();
        }
        assert_eq!(chat.lines.len(), LINES_MAX);
        let shown = chat.shown();
        assert_eq!((shown.len(), shown[0].seq, shown[99].seq), (100, 150, 249));
        let oldest = at(50 * 2_000);
        assert_eq!(chat.next_deadline(), Some(oldest.after(LINE_LIFE)));
        chat.forget(oldest.after(LINE_LIFE));
        assert_eq!(chat.lines.front().unwrap().seq, 51);
        chat.forget(at(250 * 2_000).after(LINE_LIFE));
        assert_eq!((chat.next_deadline(), chat.writers.len()), (None, 0));
    }

    proptest! {
        #[test]
        fn nobody_writes_more_than_the_burst_and_one_each_two_seconds(
            pauses in proptest::collection::vec(0_u64..3_000, 1..100),
        ) {
            let mut chat = Chat::default();
            let (mut now, mut said) = (0, 0);
            for (seq, pause) in (0..).zip(pauses) {
                now += pause;
                let before = chat.clone();
                match say(&mut chat, ANA, ("a", seq), 0, now) {
                    Ok(_) => said += 1,
                    Err(refused) => {
                        prop_assert_eq!(before, chat.clone());
                        let wait = refused.retry_after.unwrap();
                        let then = now + u64::try_from(wait.as_millis()).unwrap();
                        prop_assert!(say(&mut chat.clone(), ANA, ("a", seq), 0, then).is_ok());
                        prop_assert!(say(&mut chat.clone(), ANA, ("a", seq), 0, then - 1).is_err());
                    }
                }
                prop_assert!(said <= 5 + now / 2_000);
            }
        }
    }
}
