//! What happens because time passes.

use std::time::Duration;

use base::{ItemId, Timestamp};
use protocol::room::{Event, PausedBecause, QueueMode, Repeat, WhenEmpty};

use super::deck::{ANNOUNCED_AHEAD, EMPTY_GRACE, whole_ms};
use super::{Room, Turn};

/// Items that end in one command at most, when a room catches up with the time: a round of the longest queue, and the
/// begun one after the rounds that are left out. Beyond, what is on starts afresh.
const CATCH_UP_MAX: usize = 2 * (super::QUEUE_MAX + 1);

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// Those who are not ready are not waited for any longer.
    Barrier,
    /// Nobody came back to an empty room.
    Freeze,
    /// Somebody's place was kept long enough, or their report may be shown.
    People,
    /// Lines of the chat are kept no longer.
    Chat,
    /// What plays is over.
    End,
    /// What follows is announced.
    Announce,
}

impl Room {
    /// The next thing that time brings.
    pub(super) fn next_due(&self) -> Option<(Timestamp, Due)> {
        if self.is_over {
            return None;
        }
        let duration_ms = self.current_duration_ms();
        let end = self.deck.ends_at(duration_ms);
        let may_announce = self.deck.announced().is_none() && self.follower().is_some();
        [
            self.deck.barrier.map(|at| (at, Due::Barrier)),
            self.people_due.map(|at| (at, Due::People)),
            self.chat.next_deadline().map(|at| (at, Due::Chat)),
            self.freezes_at().map(|at| (at, Due::Freeze)),
            end.map(|at| (at, Due::End)),
            end.filter(|_| may_announce)
                .map(|end| (before(end), Due::Announce)),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// When it stands still because nobody is there.
    fn freezes_at(&self) -> Option<Timestamp> {
        let freezes = self.settings.when_empty == WhenEmpty::Freeze && self.deck.is_moving();
        let since = self.deck.empty_since.filter(|_| freezes);
        since.map(|since| since.after(EMPTY_GRACE))
    }

    /// Lets everything happen that is due.
    pub(super) fn settle(&mut self, turn: &mut Turn) {
        let by = turn.by.take();
        let mut ended = 0;
        while let Some((at, due)) = self.next_due().filter(|(at, _)| *at <= turn.now) {
            turn.has_acted = true;
            match due {
                Due::Barrier => self.pass_barrier(turn),
                Due::Freeze => self.freeze(turn),
                Due::People => {
                    let changes = self.people.tick(turn.now);
                    self.tell_people(changes, turn);
                }
                Due::Chat => self.chat.forget(turn.now),
                Due::Announce => self.announce(turn),
                Due::End => {
                    ended += 1;
                    let at = self.after_whole_rounds(at, ended, turn.now);
                    let start_at = if ended > CATCH_UP_MAX { turn.now } else { at };
                    self.end_item(start_at, turn);
                }
            }
        }
        turn.by = by;
    }

    /// When what is on ends for the last time before `now`, where it repeats: once a whole round is over, no votes are left
    /// to change the order, and each further round only takes its time. Where people take turns, those with fewer items
    /// come round more often, so there is no such round.
    fn after_whole_rounds(&self, end: Timestamp, ended: usize, now: Timestamp) -> Timestamp {
        let following = match (self.settings.repeat, self.settings.mode) {
            (Repeat::None, _) | (Repeat::All, QueueMode::Turns) => return end,
            (Repeat::One, _) => &[][..],
            (Repeat::All, _) => &self.queue.items[..],
        };
        let round = self.queue.current.iter().chain(following);
        let round_ms: Option<u64> = round.map(|item| item.duration_ms).sum();
        match round_ms {
            Some(round_ms) if round_ms > 0 && ended > following.len() + 1 => {
                let until = self.freezes_at().map_or(now, |at| at.min(now));
                let left_ms = whole_ms(until.since(end));
                end.after(Duration::from_millis(left_ms - left_ms % round_ms))
            }
            _ => end,
        }
    }

    pub(super) fn current_duration_ms(&self) -> Option<u64> {
        self.queue
            .current
            .as_ref()
            .and_then(|item| item.duration_ms)
    }

    /// What follows what is on, by the rules as they are.
    pub(super) fn follower(&self) -> Option<ItemId> {
        let first = || self.queue.items.first().map(|item| item.id);
        let same = || self.queue.current.as_ref().map(|item| item.id);
        match self.settings.repeat {
            Repeat::None => first(),
            Repeat::One => same(),
            Repeat::All => first().or_else(same),
        }
    }

    fn announce(&mut self, turn: &mut Turn) {
        self.deck.announce(self.follower());
        self.tell_playback(turn);
    }

    /// What was announced will not follow: another may, and is announced if it is time.
    pub(super) fn announce_anew(&mut self, turn: &mut Turn) {
        self.deck.announce(None);
        let end = self.deck.ends_at(self.current_duration_ms());
        if end.is_some_and(|end| before(end) <= turn.now) {
            self.deck.announce(self.follower());
        }
        self.tell_playback(turn);
    }

    /// Those who are not ready are not waited for any longer.
    fn pass_barrier(&mut self, turn: &mut Turn) {
        let missing = std::mem::take(&mut self.deck.awaited);
        self.release(turn);
        let changes = self.people.missed(missing);
        self.tell_people(changes, turn);
    }

    /// What waited starts.
    pub(super) fn release(&mut self, turn: &mut Turn) {
        self.deck.release(turn.now);
        self.tell_playback(turn);
    }

    /// Stands still where people left, for nobody heard what came after.
    fn freeze(&mut self, turn: &mut Turn) {
        let since = self.deck.empty_since.unwrap_or(turn.now);
        let position_ms = self.deck.position_ms(since, self.current_duration_ms());
        if let Some(item) = self.deck.playback.item() {
            self.deck.pause(item, position_ms, PausedBecause::Empty);
            self.tell_playback(turn);
        }
    }

    /// What was on is over, and what follows starts in the same moment.
    fn end_item(&mut self, start_at: Timestamp, turn: &mut Turn) {
        let next = self.deck.announced().or_else(|| self.follower());
        match next {
            Some(id) => {
                let current = self.bring_on(id, turn);
                self.deck.start_at(id, 0, start_at);
                self.tell_started(current, turn);
            }
            None => self.run_out(true, turn),
        }
    }

    /// Says how it plays now.
    pub(super) fn tell_playback(&mut self, turn: &mut Turn) {
        let playback = self.deck.playback;
        turn.tell(
            &mut self.seq,
            Event::Playback {
                playback,
                current: None,
            },
        );
    }

    /// The room was down. Where it stands still when nobody is there, an item that was over long before did not play to
    /// its end: the next one waits for people to come back.
    pub(super) fn overslept(&mut self, turn: &mut Turn) {
        let end = self.deck.ends_at(self.current_duration_ms());
        let is_long_over = end.is_some_and(|end| turn.now.since(end) > EMPTY_GRACE);
        if is_long_over && self.settings.when_empty == WhenEmpty::Freeze {
            self.freeze(turn);
        }
    }
}

/// When what follows is announced.
fn before(end: Timestamp) -> Timestamp {
    let ahead_ms = i64::try_from(ANNOUNCED_AHEAD.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_unix_ms(end.unix_ms().saturating_sub(ahead_ms))
}
