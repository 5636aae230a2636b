//! Votes: for items, and to skip what is on. A person counts once, however many devices they have.

use base::{ItemId, PersonId};
use protocol::room::{Event, Grant, QueueMode, SkipVotes};

use super::{Room, Turn};
use crate::refusal::Refusal;

/// Nobody is here.
pub(super) const NO_SKIP_VOTES: SkipVotes = SkipVotes {
    votes: 0,
    needed: 1,
};

impl Room {
    /// Votes to skip, and how many it takes of those who have a say, at least one.
    fn skip_votes_now(&self) -> SkipVotes {
        let is_here = |person: &&PersonId| self.people.is_connected(**person);
        let votes = self.skip_votes.iter().filter(is_here).count();
        let percent = usize::from(self.settings.skip_percent);
        let needed = (self.people.voters_count() * percent).div_ceil(100).max(1);
        let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
        SkipVotes {
            votes: narrow(votes),
            needed: narrow(needed),
        }
    }

    /// Counts again, skips if it is enough, and says how the votes stand. What was paused stays so.
    pub(super) fn count_skip_votes(&mut self, turn: &mut Turn) {
        let skip = self.skip_votes_now();
        if skip.votes >= skip.needed && self.queue.current.is_some() {
            self.go_on(self.deck.is_paused_on_purpose(), turn);
        }
        self.tell_skip_votes(turn);
    }

    /// Another item is on: nobody has voted to skip that one.
    pub(super) fn forget_skip_votes(&mut self, turn: &mut Turn) {
        let voters = std::mem::take(&mut self.skip_votes);
        if !voters.is_empty() {
            voters.into_iter().for_each(|it| turn.mine_changed(it));
            self.tell_skip_votes(turn);
        }
    }

    fn tell_skip_votes(&mut self, turn: &mut Turn) {
        let skip = self.skip_votes_now();
        if skip != self.skip {
            self.skip = skip;
            turn.tell(&mut self.seq, Event::SkipVotes { votes: skip });
        }
    }

    /// Somebody votes for an item, or takes the vote back.
    pub(super) fn vote(
        &mut self,
        by: PersonId,
        id: ItemId,
        is_for: bool,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        self.needs(by, Grant::Vote)?;
        let place = self.queue.place_of(id);
        let place = place.ok_or(Refusal::stale("it is not in the queue"))?;
        let item = &mut self.queue.items[place];
        let is_other = if is_for {
            item.votes.insert(by)
        } else {
            item.votes.remove(&by)
        };
        if is_other {
            let item = item.view();
            turn.tell(&mut self.seq, Event::Changed { item });
            turn.mine_changed(by);
            let announced = self.deck.announced();
            if self.settings.mode == QueueMode::Votes && self.queue.settle_votes(place, announced) {
                self.tell_order(turn);
            }
        }
        Ok(())
    }

    /// Somebody votes to skip what is on.
    pub(super) fn vote_skip(
        &mut self,
        by: PersonId,
        id: ItemId,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        self.needs(by, Grant::VoteSkip)?;
        if self.queue.current.as_ref().is_none_or(|item| item.id != id) {
            return Err(Refusal::stale("another item is on"));
        }
        if self.skip_votes.insert(by) {
            turn.mine_changed(by);
            self.count_skip_votes(turn);
        }
        Ok(())
    }

    /// A person's votes are given up.
    pub(super) fn withdraw_votes(&mut self, person: PersonId, turn: &mut Turn) {
        self.skip_votes.remove(&person);
        let mut has_voted = false;
        let current = self.queue.current.iter_mut();
        for item in current.chain(&mut self.queue.items) {
            if item.votes.remove(&person) {
                has_voted = true;
                let item = item.view();
                turn.tell(&mut self.seq, Event::Changed { item });
            }
        }
        if has_voted && self.settings.mode == QueueMode::Votes {
            self.rearrange(turn);
        }
    }
}
