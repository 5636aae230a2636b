//! Steering what plays: play, pause, seek, skip and back.

use std::collections::BTreeSet;

use base::{ItemId, PersonId};
use protocol::room::{Event, ItemView, PausedBecause, Playback, RemovedFor, Repeat, WaitFor};

use super::deck::{BARRIER_SOFT, BARRIER_STRICT};
use super::{Room, Turn};

impl Room {
    /// Takes `id` out of the queue and puts it on. What was on goes into the history, or to the end of the queue where
    /// everything repeats. The new item's view, unless it is the same again.
    pub(super) fn bring_on(&mut self, id: ItemId, turn: &mut Turn) -> Option<Box<ItemView>> {
        if self
            .queue
            .current
            .as_ref()
            .is_some_and(|item| item.id == id)
        {
            self.forget_skip_votes(turn);
            return None;
        }
        let next = self.queue.take(id)?;
        for voter in &next.votes {
            turn.mine_changed(*voter);
        }
        let removed = Event::Removed {
            items: vec![id],
            why: RemovedFor::Played,
        };
        turn.tell(&mut self.seq, removed);
        self.put_away(turn);
        let number = self.queue.count();
        self.queue.turns.insert(next.added_by, number);
        let view = Box::new(next.view());
        self.queue.current = Some(next);
        self.forget_skip_votes(turn);
        Some(view)
    }

    /// What was on is not any more.
    pub(super) fn put_away(&mut self, turn: &mut Turn) {
        let Some(mut item) = self.queue.current.take() else {
            return;
        };
        for voter in &item.votes {
            turn.mine_changed(*voter);
        }
        self.queue.before = None;
        if self.settings.repeat == Repeat::All {
            item.votes.clear();
            item.arrival = self.queue.count();
            self.queue.before = Some(item.id);
            let items = vec![item.view()];
            self.queue.put(vec![item], None);
            turn.tell(
                &mut self.seq,
                Event::Added {
                    items,
                    before: None,
                },
            );
        } else {
            self.queue.remember(item);
        }
    }

    pub(super) fn forget_skip_votes(&mut self, turn: &mut Turn) {
        for voter in std::mem::take(&mut self.skip_votes) {
            turn.mine_changed(voter);
        }
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
        let awaited: BTreeSet<PersonId> = self.people.awaited().collect();
        match patience {
            Some(patience) if !awaited.is_empty() => {
                let deadline = turn.now.after(patience);
                self.deck.prepare(item, position_ms, awaited, deadline);
            }
            _ => self.deck.start(item, position_ms, turn.now),
        }
    }

    /// Somebody wants to hear it.
    pub(super) fn play(&mut self, turn: &mut Turn) {
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
    }

    /// Starts the queue; an empty one starts with the first item that comes.
    pub(super) fn play_first(&mut self, turn: &mut Turn) {
        let Some(first) = self.queue.items.first().map(|item| item.id) else {
            self.deck.has_run_out = true;
            return;
        };
        let current = self.bring_on(first, turn);
        self.begin(first, 0, turn);
        self.tell_started(current, turn);
    }

    /// Somebody wants silence.
    pub(super) fn pause(&mut self, turn: &mut Turn) {
        self.deck.has_run_out = false;
        let is_paused = matches!(
            self.deck.playback,
            Playback::Paused {
                because: PausedBecause::Asked,
                ..
            }
        );
        if let Some(item) = self.deck.playback.item().filter(|_| !is_paused) {
            let position_ms = self.deck.position_ms(turn.now, self.current_duration_ms());
            self.deck.pause(item, position_ms, PausedBecause::Asked);
            self.tell_playback(turn);
        }
    }

    /// Goes to the next item, whatever repeats; the same again only where nothing else follows.
    pub(super) fn go_on(&mut self, turn: &mut Turn) {
        let current = self.queue.current.as_ref().map(|item| item.id);
        let announced = self.deck.announced().filter(|id| Some(*id) != current);
        let first = || self.queue.items.first().map(|item| item.id);
        let same = current.filter(|_| self.settings.repeat != Repeat::None);
        match announced.or_else(first).or(same) {
            Some(next) => {
                let current = self.bring_on(next, turn);
                self.begin(next, 0, turn);
                self.tell_started(current, turn);
            }
            None if current.is_some() => self.run_out(self.deck.is_moving(), turn),
            None => {}
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
        if self.deck.awaited.remove(&person) && self.deck.awaited.is_empty() {
            self.release(turn);
        }
    }
}
