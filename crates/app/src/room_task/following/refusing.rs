//! Saying that something did not happen: the store failed, or it made no sense before it came to the room.

use std::ops::ControlFlow;

use base::MemberId;
use protocol::room::{Answer, CommandId, RejectCode};
use protocol::{Failure, ServerMessage};
use store::StoreError;

use super::{Following, Gathered, Then};
use crate::queue_room::Pending;
use crate::room_task::{RoomTask, Unread};

impl RoomTask {
    /// The store failed: nothing happened, and everybody who waits is told so.
    pub(super) async fn refuse(
        &mut self,
        gathered: Vec<Gathered>,
        error: &StoreError,
    ) -> ControlFlow<()> {
        let failure = self.app.failure(error);
        for Gathered { pending, then } in gathered {
            match then {
                Then::Nothing => self.owe(pending),
                // Whoever asked hears nothing, and asks again.
                Then::Erased(_) => {}
                Then::Answer { seat, cmd_id, .. } => {
                    let answer = self.not_kept(&failure);
                    self.seats
                        .say(seat, &ServerMessage::Answered { cmd_id, answer });
                }
                Then::Seat(newcomer) => self.turn_away(*newcomer, failure.clone()).await?,
            }
        }
        ControlFlow::Continue(())
    }

    /// What nobody waits for must be known to the room all the same, once the store works again.
    fn owe(&mut self, pending: Pending) {
        if let Some(following) = &mut self.following
            && pending.command != room::Command::Tick
        {
            let then = Then::Nothing;
            following.gathered.push(Gathered { pending, then });
        }
    }

    fn not_kept(&self, failure: &Failure) -> Answer {
        let position = |following: &Following| following.queue.room().position().seq;
        let reference = failure.reference.as_deref().unwrap_or_default();
        Answer::Reject {
            code: RejectCode::Server,
            message: format!("{} ({reference})", failure.message),
            seq: self.following.as_deref().map_or(0, position),
            retry_after_ms: Some(1_000),
        }
    }

    /// Refuses what was found to make no sense before it came here.
    pub(in crate::room_task) fn refuse_said(
        &mut self,
        seat: MemberId,
        cmd_id: CommandId,
        reason: String,
    ) {
        let position = |following: &Following| following.queue.room().position().seq;
        let answer = Answer::Reject {
            code: RejectCode::Invalid,
            message: reason,
            seq: self.following.as_deref().map_or(0, position),
            retry_after_ms: None,
        };
        self.seats
            .say(seat, &ServerMessage::Answered { cmd_id, answer });
    }

    /// Refuses what could be read as far as its name. Without a queue no command has an answer.
    pub(in crate::room_task) fn refuse_unread(&mut self, unread: Unread) {
        let Unread {
            from, cmd_id, why, ..
        } = unread;
        if self.following.is_some() {
            self.refuse_said(from, cmd_id, why.message);
        } else {
            self.seats.say(from, &ServerMessage::Error(why));
        }
    }
}
