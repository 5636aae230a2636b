//! Somebody takes all that is theirs out of the room. What they wished for stays, as a former member's.

use protocol::room::Event;

use super::{Principal, Room, Turn};

impl Room {
    /// Forgets all of `principal`: their place, their lines, their votes, and what was told of them.
    pub(super) fn erase(&mut self, principal: &Principal, turn: &mut Turn) {
        let (persons, changes) = self.people.erase(principal);
        for line in self.chat.erase(principal, &persons) {
            turn.tell(&mut self.seq, Event::Unsaid { line });
        }
        for person in &persons {
            self.forget_person(*person, turn);
        }
        self.tell_people(changes, turn);
        turn.done.must_last = true;
        turn.done.is_unsaid = true;
    }
}
