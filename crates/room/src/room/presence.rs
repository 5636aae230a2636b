//! Coming and going, and what it means for what plays.

use std::collections::BTreeSet;

use base::{ItemId, MemberId, PersonId};
use protocol::room::{Event, PausedBecause, Playback, WaitFor};

use super::deck::BARRIER_STRICT;
use super::{Room, Turn};
use crate::people::{Changes, Entry};
use crate::refusal::Refusal;

impl Room {
    pub(super) fn enter(&mut self, entry: &Entry<'_>, turn: &mut Turn) -> Result<(), Refusal> {
        if self.is_over {
            return Err(Refusal::ended("the room is over"));
        }
        let (person, changes) =
            self.people
                .enter(entry, &self.settings, turn.now, &mut turn.chance)?;
        turn.by = Some(person);
        turn.done.person = Some(person);
        self.tell_people(changes, turn);
        let is_new_here = self.people.seats_of(person).count() == 1;
        if is_new_here {
            self.wait_for_late(person, turn);
        }
        Ok(())
    }

    pub(super) fn seats_gone(&mut self, seats: &[MemberId], turn: &mut Turn) {
        if let [seat] = seats {
            turn.done.person = self.people.person_of(*seat);
        }
        let changes = self.people.seats_gone(seats, turn.now);
        self.tell_people(changes, turn);
    }

    /// The room was loaded after a crash.
    pub(super) fn restart(&mut self, turn: &mut Turn) {
        if self.cast.take().is_some() {
            turn.tell(&mut self.seq, Event::Cast { cast: None });
        }
        let changes = self.people.restarted(turn.now);
        self.tell_people(changes, turn);
        self.overslept(turn);
    }

    /// Says what is otherwise among the people, and draws the consequences.
    pub(super) fn tell_people(&mut self, changes: Changes, turn: &mut Turn) {
        for &(person, because) in &changes.left {
            turn.tell(&mut self.seq, Event::PersonLeft { person, because });
            self.forget_person(person, turn);
        }
        self.tell_shown(&changes.shown, turn);
        for person in changes.mine {
            turn.mine_changed(person);
        }
        if changes.invites {
            self.invites_changed(turn);
        }
        turn.done.dismissed.extend(changes.dismissed);
        self.people_due = self.people.next_deadline();
        self.attend(turn);
    }

    /// Says how these persons look now.
    pub(super) fn tell_shown(&mut self, shown: &BTreeSet<PersonId>, turn: &mut Turn) {
        for &id in shown {
            if !self.people.is_connected(id) {
                self.deck.forget(id);
            }
            if let Some(person) = self.people.view(id) {
                turn.tell(&mut self.seq, Event::Person { person });
            }
        }
    }

    /// A person's place is given up.
    pub(super) fn forget_person(&mut self, person: PersonId, turn: &mut Turn) {
        self.deck.forget(person);
        self.queue.turns.remove(&person);
        self.undo.forget(person);
        self.said.forget(person);
        self.withdraw_votes(person, turn);
    }

    /// Draws the consequences of who is connected now.
    fn attend(&mut self, turn: &mut Turn) {
        let by = turn.by.take();
        if self.people.connected().next().is_none() {
            self.deck.empty_since.get_or_insert(turn.now);
        } else {
            self.deck.empty_since = None;
            self.wake(turn);
        }
        if self.deck.barrier.is_some() && self.deck.awaited.is_empty() {
            self.release(turn);
        }
        self.count_skip_votes(turn);
        turn.by = by;
    }

    /// What stood still because nobody was there goes on.
    fn wake(&mut self, turn: &mut Turn) {
        if let Playback::Paused {
            item,
            position_ms,
            because: PausedBecause::Empty,
            ..
        } = self.deck.playback
        {
            self.begin(item, position_ms, turn);
            self.tell_playback(turn);
        }
    }

    /// Where everybody is waited for, also who comes late or runs dry.
    pub(super) fn wait_for_late(&mut self, person: PersonId, turn: &mut Turn) {
        let is_awaited = self.settings.wait_for == WaitFor::Strict && !self.people.is_soft(person);
        if !is_awaited {
            return;
        }
        match self.deck.playback {
            Playback::Playing { .. } => {
                let by = turn.by.take();
                self.stand_still(PausedBecause::Waiting, turn);
                self.deck.wait_for(person);
                self.deck.barrier = Some(turn.now.after(BARRIER_STRICT));
                turn.by = by;
            }
            Playback::Preparing { .. }
            | Playback::Paused {
                because: PausedBecause::Waiting,
                ..
            } => {
                self.deck.wait_for(person);
            }
            Playback::Paused { .. } | Playback::Idle => {}
        }
    }

    /// A person's device ran dry.
    pub(super) fn ran_dry(&mut self, person: PersonId, item: ItemId, turn: &mut Turn) {
        if self.deck.playback.item() != Some(item) {
            return;
        }
        // Who only joins those that are waited for stops nobody.
        let stops = self.settings.wait_for == WaitFor::Strict
            && matches!(self.deck.playback, Playback::Playing { .. });
        if !stops || self.people.ran_dry(person, turn.now) {
            self.wait_for_late(person, turn);
        }
    }
}
