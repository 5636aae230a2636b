//! What a change among the people leads to.

use std::collections::BTreeSet;

use base::{MemberId, PersonId};
use protocol::room::LeftBecause;

/// What is otherwise now, for the room to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Who looks otherwise to others.
    pub shown: BTreeSet<PersonId>,
    /// Who may do more or less than before.
    pub mine: BTreeSet<PersonId>,
    /// Who is not in the room any more.
    pub left: Vec<(PersonId, LeftBecause)>,
    /// Seats that must go.
    pub dismissed: Vec<(MemberId, LeftBecause)>,
    /// The open invites are others: those who may make them see it.
    pub invites: bool,
}

impl Changes {
    pub(super) fn of(person: PersonId) -> Self {
        Self {
            shown: [person].into(),
            ..Self::default()
        }
    }

    /// A person looks otherwise and may do more or less.
    pub(crate) fn moved(&mut self, person: PersonId) {
        self.shown.insert(person);
        self.mine.insert(person);
    }

    /// A person is gone: nothing else about them matters.
    pub(super) fn gone(&mut self, person: PersonId, because: LeftBecause) {
        self.shown.remove(&person);
        self.mine.remove(&person);
        self.left.push((person, because));
    }
}
