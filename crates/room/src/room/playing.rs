//! Steering what plays: play, pause, seek, skip and back.

use base::{ItemId, PersonId};
use protocol::room::{
    Event, Grant, ItemView, PausedBecause, Playback, QueueMode, RemovedFor, Repeat, WaitFor,
};

use super::deck::{BARRIER_SOFT, BARRIER_STRICT};
use super::items::DURATION_MS_MAX;
use super::queue::QUEUE_MAX;
use super::undo::Change;
use super::{Room, Turn};
use crate::refusal::Refusal;

/// In its first moments, going back leads to the item before.
const PREVIOUS_WITHIN_MS: u64 = 3_000;

impl Room {
    /// Takes `id` out of the queue and puts it on. What was on goes into the history, or to the end of the queue where
    /// everything repeats. The new item's view, unless it is the same again.
    pub(super) fn bring_on(&mut self, id: ItemId, turn: &mut Turn) -> Option<Box<ItemView>> {
        self.forget_skip_votes(turn);
        if self
            .queue
            .current
            .as_ref()
            .is_some_and(|item| item.id == id)
        {
            return None;
        }
        let next = self.queue.take(id)?;
        let removed = Event::Removed {
            items: vec![id],
            why: RemovedFor::Played,
        };
        turn.tell(&mut self.seq, removed);
        let number = self.queue.count();
        if !self.people.contains(next.added_by) {
            self.forget_idle_turns();
        }
        self.queue.turns.insert(next.added_by, number);
        let has_come_back = self.put_away(turn);
        if self.settings.mode == QueueMode::Turns && !has_come_back {
            self.rearrange(turn);
        }
        let view = Box::new(next.view());
        self.queue.current = Some(next);
        Some(view)
    }

    /// Forgets the turns of those who are gone and have nothing in the queue.
    fn forget_idle_turns(&mut self) {
        let (people, items) = (&self.people, &self.queue.items);
        let has_items = |person| items.iter().any(|item| item.added_by == person);
        let turns = &mut self.queue.turns;
        turns.retain(|person, _| people.contains(*person) || has_items(*person));
    }

    /// What was on is not any more. Whether it came back into the queue, which is in order then.
    fn put_away(&mut self, turn: &mut Turn) -> bool {
        self.queue.before = None;
        let Some(mut item) = self.queue.current.take() else {
            return false;
        };
        for voter in &item.votes {
            turn.mine_changed(*voter);
        }
        if self.settings.repeat == Repeat::All {
            item.votes.clear();
            item.arrival = self.queue.count();
            self.queue.before = Some(item.id);
            self.put_in(vec![item], None, turn);
            true
        } else {
            self.queue.remember(item);
            false
        }
    }

    /// What was on is removed: what follows takes its place, as it moved or stood still.
    pub(super) fn remove_current(&mut self, turn: &mut Turn) {
        let Some(item) = self.queue.current.take() else {
            return;
        };
        for voter in &item.votes {
            turn.mine_changed(*voter);
        }
        let stands_still = self.deck.is_paused_on_purpose();
        let announced = self.deck.announced().filter(|id| self.queue.has(*id));
        let first = || self.queue.items.first().map(|item| item.id);
        match announced.or_else(first) {
            Some(next) => self.put_on(next, stands_still, turn),
            None => self.run_out(!stands_still, turn),
        }
    }

    /// Puts an item on; it starts, or stands still at its start.
    fn put_on(&mut self, id: ItemId, stands_still: bool, turn: &mut Turn) {
        let current = self.bring_on(id, turn);
        if stands_still {
            self.deck.pause(id, 0, PausedBecause::Asked);
        } else {
            self.begin(id, 0, turn);
        }
        self.tell_started(current, turn);
    }

    /// Puts an earlier item on again, from the history or from the queue; what was on comes after it.
    pub(super) fn bring_back(&mut self, id: ItemId, position_ms: u64, turn: &mut Turn) {
        let history = &mut self.queue.history;
        let earlier = match history.iter().position(|item| item.id == id) {
            Some(place) => history.remove(place).map(|mut item| {
                item.votes.clear();
                item
            }),
            None => {
                let found = self.queue.take(id);
                if found.is_some() {
                    let (items, why) = (vec![id], RemovedFor::Played);
                    turn.tell(&mut self.seq, Event::Removed { items, why });
                }
                found
            }
        };
        let Some(earlier) = earlier else {
            return;
        };
        self.forget_skip_votes(turn);
        self.queue.before = None;
        if let Some(current) = self.queue.current.take() {
            // What is on now was not announced to follow, so its place is the first.
            self.deck.announce(None);
            let first = self.queue.items.first().map(|item| item.id);
            self.put_in(vec![current], first, turn);
        }
        let view = Box::new(earlier.view());
        self.queue.current = Some(earlier);
        self.begin(id, position_ms, turn);
        self.tell_started(Some(view), turn);
    }

    /// Says what plays now, and what is on if it is another item.
    pub(super) fn tell_started(&mut self, current: Option<Box<ItemView>>, turn: &mut Turn) {
        let playback = self.deck.playback;
        turn.tell(&mut self.seq, Event::Playback { playback, current });
    }

    /// Nothing follows.
    pub(super) fn run_out(&mut self, has_run_out: bool, turn: &mut Turn) {
        self.put_away(turn);
        self.forget_skip_votes(turn);
        self.deck.stop(has_run_out);
        self.tell_playback(turn);
    }

    /// Starts what is on from there, once everybody who is waited for has loaded it.
    pub(super) fn begin(&mut self, item: ItemId, position_ms: u64, turn: &Turn) {
        let patience = match self.settings.wait_for {
            WaitFor::Never => None,
            WaitFor::Soft => Some(BARRIER_SOFT),
            WaitFor::Strict => Some(BARRIER_STRICT),
        };
        let awaited = patience.map(|_| self.people.awaited());
        match patience.zip(awaited) {
            Some((patience, awaited)) if !awaited.is_empty() => {
                let deadline = turn.now.after(patience);
                self.deck.prepare(item, position_ms, awaited, deadline);
            }
            _ => self.deck.start(item, position_ms, turn.now),
        }
    }

    /// Somebody wants to hear it. Whoever may fill a silent room may start it as well: it would wait for a host who is away.
    pub(super) fn play(&mut self, by: PersonId, turn: &mut Turn) -> Result<(), Refusal> {
        let is_silent = self.deck.playback == Playback::Idle;
        if !is_silent || self.needs(by, Grant::Add).is_err() {
            self.needs(by, Grant::Control)?;
        }
        match self.deck.playback {
            Playback::Paused {
                item, position_ms, ..
            } => {
                self.begin(item, position_ms, turn);
                self.tell_playback(turn);
            }
            Playback::Idle => self.play_first(turn),
            Playback::Playing { .. } | Playback::Preparing { .. } => {}
        }
        Ok(())
    }

    /// Starts the queue; an empty one starts with the first item that comes.
    pub(super) fn play_first(&mut self, turn: &mut Turn) {
        let Some(first) = self.queue.items.first().map(|item| item.id) else {
            self.deck.has_run_out = true;
            turn.done.must_last = true;
            return;
        };
        self.put_on(first, false, turn);
    }

    /// Somebody wants silence.
    pub(super) fn pause(&mut self, by: PersonId, turn: &mut Turn) -> Result<(), Refusal> {
        self.needs(by, Grant::Control)?;
        turn.done.must_last = std::mem::take(&mut self.deck.has_run_out);
        if !self.deck.is_paused_on_purpose() {
            self.stand_still(PausedBecause::Asked, turn);
        }
        Ok(())
    }

    /// What is on stands still where it is.
    pub(super) fn stand_still(&mut self, because: PausedBecause, turn: &mut Turn) {
        if let Some(item) = self.deck.playback.item() {
            let position_ms = self.deck.position_ms(turn.now, self.current_duration_ms());
            self.deck.pause(item, position_ms, because);
            self.tell_playback(turn);
        }
    }

    /// Goes to the next item, whatever repeats; the same again only where nothing else follows. It starts, or stands still
    /// at its start.
    pub(super) fn go_on(&mut self, stands_still: bool, turn: &mut Turn) {
        let current = self.queue.current.as_ref().map(|item| item.id);
        let announced = self.deck.announced().filter(|id| Some(*id) != current);
        let first = || self.queue.items.first().map(|item| item.id);
        let same = current.filter(|_| self.settings.repeat != Repeat::None);
        match announced.or_else(first).or(same) {
            Some(next) => self.put_on(next, stands_still, turn),
            None if current.is_some() => self.run_out(!self.deck.is_paused_on_purpose(), turn),
            None => {}
        }
    }

    /// Goes to the next item.
    pub(super) fn skip(
        &mut self,
        by: PersonId,
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        self.needs(by, Grant::Skip)?;
        let (from, position_ms) = self.on_now(turn);
        self.go_on(false, turn);
        Ok(self.went(from, position_ms))
    }

    /// Plays an item of the queue now.
    pub(super) fn play_now(
        &mut self,
        by: PersonId,
        id: ItemId,
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        self.needs(by, Grant::Skip)?;
        if !self.queue.has(id) {
            return Err(Refusal::stale("it is not in the queue"));
        }
        let (from, position_ms) = self.on_now(turn);
        self.put_on(id, false, turn);
        Ok(self.went(from, position_ms))
    }

    fn on_now(&self, turn: &Turn) -> (Option<ItemId>, u64) {
        let from = self.queue.current.as_ref().map(|item| item.id);
        let position_ms = self.deck.position_ms(turn.now, self.current_duration_ms());
        (from, position_ms)
    }

    fn went(&self, from: Option<ItemId>, position_ms: u64) -> Option<Change> {
        let to = self.queue.current.as_ref().map(|item| item.id)?;
        let from = from.filter(|from| *from != to)?;
        Some(Change::Went {
            from,
            position_ms,
            to,
        })
    }

    /// Goes to the start of the item, or in its first seconds to the item before.
    pub(super) fn previous(&mut self, by: PersonId, turn: &mut Turn) -> Result<(), Refusal> {
        self.needs(by, Grant::Skip)?;
        let (current, position_ms) = self.on_now(turn);
        let is_first_seconds = position_ms <= PREVIOUS_WITHIN_MS;
        let played = || self.queue.history.front().map(|item| item.id);
        let repeated = || {
            let last = self.queue.items.last();
            last.filter(|_| current.is_some() && self.settings.repeat == Repeat::All)
                .map(|item| item.id)
        };
        let before = self.queue.before.filter(|id| self.queue.has(*id));
        let earlier = before.or_else(played).or_else(repeated);
        match (earlier.filter(|_| is_first_seconds), current) {
            (Some(_), Some(_)) if self.queue.items.len() >= QUEUE_MAX => {
                return Err(Refusal::limit("the queue is full"));
            }
            (Some(earlier), _) => self.bring_back(earlier, 0, turn),
            (None, Some(current)) => {
                self.begin(current, 0, turn);
                self.tell_playback(turn);
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Goes elsewhere in the item, at most to its end.
    pub(super) fn seek(
        &mut self,
        by: PersonId,
        position_ms: f64,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        self.needs(by, Grant::Control)?;
        if !position_ms.is_finite() {
            return Err(Refusal::invalid("a position is a number"));
        }
        let Some(item) = self.deck.playback.item() else {
            return Err(Refusal::stale("nothing is on"));
        };
        // The cast saturates: what lies before the start is the start.
        let position_ms = position_ms.round() as u64;
        let longest_ms = self.current_duration_ms().unwrap_or(DURATION_MS_MAX);
        let position_ms = position_ms.min(longest_ms);
        match self.deck.playback {
            Playback::Paused {
                because: because @ (PausedBecause::Asked | PausedBecause::Empty),
                ..
            } => self.deck.pause(item, position_ms, because),
            _ => self.begin(item, position_ms, turn),
        }
        self.tell_playback(turn);
        Ok(())
    }

    /// An item that turned out to be over already makes way now.
    pub(super) fn end_if_over(&mut self, turn: &mut Turn) {
        let end = self.deck.ends_at(self.current_duration_ms());
        if end.is_none_or(|end| end > turn.now) {
            return;
        }
        match self.follower() {
            Some(next) => self.put_on(next, false, turn),
            None => self.run_out(true, turn),
        }
    }

    /// The queue had run out while it played, and holds something again.
    pub(super) fn start_again(&mut self, turn: &mut Turn) {
        if self.deck.has_run_out && self.queue.current.is_none() {
            let by = turn.by.take();
            self.play_first(turn);
            turn.by = by;
        }
    }

    /// A person's device has loaded what is about to play.
    pub(super) fn is_ready(
        &mut self,
        person: PersonId,
        item: ItemId,
        generation: u64,
        rtt_ms: Option<u32>,
        turn: &mut Turn,
    ) {
        if let Some(rtt_ms) = rtt_ms {
            self.deck.told_rtt(person, rtt_ms);
        }
        if self.deck.playback.item() != Some(item) || self.deck.generation != generation {
            return;
        }
        let changes = self.people.was_ready(person);
        self.tell_shown(&changes.shown, turn);
        if self.deck.is_ready(person) && self.deck.awaited.is_empty() {
            self.release(turn);
        }
    }
}
