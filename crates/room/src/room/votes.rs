//! Votes: for items, and to skip what is on. A person counts once, however many devices they have.

use base::PersonId;
use protocol::room::{Event, SkipVotes};

use super::{Room, Turn};

/// Nobody is here.
pub(super) const NO_SKIP_VOTES: SkipVotes = SkipVotes {
    votes: 0,
    needed: 1,
};

impl Room {
    /// Votes to skip, and how many it takes: those who are connected count, at least one.
    fn skip_votes_now(&self) -> SkipVotes {
        let is_here = |person: &&PersonId| self.people.is_connected(**person);
        let votes = self.skip_votes.iter().filter(is_here).count();
        let percent = usize::from(self.settings.skip_percent);
        let needed = (self.people.connected_count() * percent)
            .div_ceil(100)
            .max(1);
        let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
        SkipVotes {
            votes: narrow(votes),
            needed: narrow(needed),
        }
    }

    /// Counts again, skips if it is enough, and says how the votes stand.
    pub(super) fn count_skip_votes(&mut self, turn: &mut Turn) {
        let mut skip = self.skip_votes_now();
        if skip.votes >= skip.needed && self.queue.current.is_some() {
            self.go_on(turn);
            skip = self.skip_votes_now();
        }
        if skip != self.skip {
            self.skip = skip;
            turn.tell(&mut self.seq, Event::SkipVotes { votes: skip });
        }
    }
}
