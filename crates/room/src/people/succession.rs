//! Who stands in for an owner who is away: the next by rank, then by the order in which people came. The room lives on,
//! and is the owner's again when they return.

use std::cmp::Reverse;

use base::PersonId;
use protocol::room::Rank;

use super::{Changes, People};

impl People {
    /// Puts the right person in the owner's place, or nobody where the owner is here or expected back.
    pub(super) fn settle_succession(&mut self, changes: &mut Changes) {
        let next = self.successor();
        if next == self.acting {
            return;
        }
        let touched = [self.acting, next].into_iter().flatten();
        for person in touched.filter(|&person| self.is_below_host(person)) {
            changes.moved(person);
        }
        self.acting = next;
    }

    fn successor(&self) -> Option<PersonId> {
        let owner = self.owner.as_ref()?;
        if self.persons.contains_key(&owner.person) {
            return None;
        }
        // Who stands in has a grace of their own: a short drop does not pass the room on.
        let all = self.persons.iter();
        all.filter(|(id, person)| person.is_connected() || self.acting == Some(**id))
            .max_by_key(|(_, person)| (person.rank, Reverse(person.joined)))
            .map(|(id, _)| *id)
    }

    /// Standing in makes a difference only to those who are no hosts anyway.
    fn is_below_host(&self, person: PersonId) -> bool {
        let found = self.persons.get(&person);
        found.is_some_and(|person| person.rank < Rank::Host)
    }
}
