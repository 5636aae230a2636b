//! How everybody is sent away: for good, or until whoever opened the room may go on.

use base::{MemberId, Timestamp};
use protocol::{Goodbye, ServerMessage};

use super::command::leave;
use super::{Cast, Output, Switchboard};

impl Switchboard {
    pub(super) fn close(&mut self, reason: Goodbye) -> Vec<Output> {
        self.is_closed = true;
        let mut outputs = self.send_all_away(|member| leave(member, reason));
        outputs.push(Output::Close);
        outputs
    }

    pub(super) fn rest(&mut self, free_again: Timestamp) -> Vec<Output> {
        self.send_all_away(|member| ServerMessage::Leave {
            member,
            reason: Goodbye::SessionOver,
            until: Some(free_again),
        })
    }

    fn send_all_away(&mut self, goodbye: impl Fn(MemberId) -> ServerMessage) -> Vec<Output> {
        self.cast = Cast::Waiting;
        let members = self.roster.take_all().map(|occupant| occupant.member.id);
        let away = members.flat_map(|member| {
            let message = goodbye(member);
            let send = Output::Send {
                to: member,
                message,
            };
            [send, Output::Dismiss { member }]
        });
        away.collect()
    }
}
