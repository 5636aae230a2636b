//! Somebody takes all that is theirs out of the room. The others keep their places.

use base::PersonId;
use protocol::room::{LeftBecause, Rank};

use super::{Changes, People};
use crate::room::Principal;

impl People {
    /// The persons that `principal` is or was here, as far as that is kept.
    pub(crate) fn persons_of(&self, principal: &Principal) -> Vec<PersonId> {
        let here = self.by_principal.get(principal).copied();
        let remembered = self.door.remembers(principal).map(|it| it.person);
        let owner = self.owner.as_ref();
        let owner = owner.filter(|owner| owner.principal == *principal);
        let owned = owner.map(|owner| owner.person);
        let mut persons: Vec<PersonId> = [here, remembered, owned].into_iter().flatten().collect();
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    /// Forgets all of `principal`: their places, what they own, and that they were sent away. Names the persons that they
    /// were here.
    pub(crate) fn erase(&mut self, principal: &Principal) -> (Vec<PersonId>, Changes) {
        let mut changes = Changes::default();
        let persons = self.persons_of(principal);
        self.door.erase(principal);
        if let Some(person) = self.by_principal.get(principal).copied() {
            self.remove(person, LeftBecause::Left, &mut changes);
        }
        if self
            .owner
            .as_ref()
            .is_some_and(|it| it.principal == *principal)
        {
            // While somebody owned the room it was clear who stands in; whoever does decides from now on.
            self.settle_succession(&mut changes);
            self.owner = None;
            if let Some(heir) = self.acting.take() {
                let person = self.expect(heir);
                person.rank = person.rank.max(Rank::Host);
                changes.moved(heir);
            }
        }
        self.settle_succession(&mut changes);
        for person in &persons {
            changes.invites |= self.invites.end_made_by(*person, Rank::Guest);
        }
        (persons, changes)
    }
}
