//! Somebody takes all that is theirs out of the room. The others keep their places.

use base::PersonId;
use protocol::room::{LeftBecause, Rank};

use super::{Changes, People};
use crate::room::Principal;

impl People {
    /// Forgets all of `principal`: their places, what they own, and that they were sent away. Names the persons that they
    /// were here.
    pub(crate) fn erase(&mut self, principal: &Principal) -> (Vec<PersonId>, Changes) {
        let mut changes = Changes::default();
        let here = self.by_principal.get(principal).copied();
        let remembered = self.door.erase(principal);
        let is_theirs = |owner: &super::Owner| owner.principal == *principal;
        let owned = self.owner.as_ref().filter(|it| is_theirs(it));
        let owned = owned.map(|owner| owner.person);
        if let Some(person) = here {
            self.remove(person, LeftBecause::Left, &mut changes);
        }
        if owned.is_some() {
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
        let mut persons: Vec<PersonId> = [here, remembered, owned].into_iter().flatten().collect();
        persons.sort_unstable();
        persons.dedup();
        for person in &persons {
            changes.invites |= self.invites.end_made_by(*person, Rank::Guest);
        }
        (persons, changes)
    }
}
