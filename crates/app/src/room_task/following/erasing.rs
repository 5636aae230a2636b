//! Somebody takes all that is theirs out of the room.

use super::Then;
use crate::room_task::{Leavetaking, RoomTask};

impl RoomTask {
    /// A room without a queue keeps nothing of anybody.
    pub(crate) fn gather_erasure(&mut self, leaving: Leavetaking) {
        let Leavetaking { principals, answer } = leaving;
        for principal in principals {
            self.gather(room::Command::Erase { principal }, Then::Nothing);
        }
        // It is settled with them, or not at all.
        match &self.following {
            Some(_) => self.gather(room::Command::Tick, Then::Erased(answer)),
            None => drop(answer.send(())),
        }
    }
}
