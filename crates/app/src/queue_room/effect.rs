//! What became of one command.

use protocol::room::{Answer, RejectCode, RoomEvent};
use protocol::{ErrorCode, Failure};
use room::{Done, Rejected};

use crate::room_task::following::no_such_room;

/// What became of one command.
#[derive(Debug)]
pub(crate) struct Effect {
    pub(crate) done: Done,
}

impl Effect {
    pub(super) fn new(result: Result<Done, Rejected>) -> Self {
        let refused = |rejected: Rejected| Done {
            is_to_stranger: rejected.is_to_stranger,
            answer: Some(rejected.into()),
            ..Done::default()
        };
        Self {
            done: result.unwrap_or_else(refused),
        }
    }

    /// What everybody is to hear.
    pub(crate) fn events(&self) -> &[RoomEvent] {
        &self.done.events
    }

    /// Whether anything of it must outlive this process. Reports that change nothing for others need not.
    pub(super) fn is_lasting(&self) -> bool {
        let Done {
            events,
            mine_changed,
            dismissed,
            must_last,
            ..
        } = &self.done;
        *must_last || !(events.is_empty() && mine_changed.is_empty() && dismissed.is_empty())
    }

    /// Whether nothing that was told so far may be told again.
    pub(super) fn is_unsaid(&self) -> bool {
        self.done.is_unsaid
    }

    /// Whether the wish itself was granted just now.
    pub(crate) fn is_granted(&self) -> bool {
        matches!(self.done.answer, Some(Answer::Ok { .. })) && !self.done.is_repeat
    }

    /// Why somebody may not come in.
    pub(crate) fn refusal(&self) -> Option<Failure> {
        if self.done.is_to_stranger {
            return Some(no_such_room());
        }
        let Some(Answer::Reject {
            code,
            message,
            retry_after_ms,
            ..
        }) = &self.done.answer
        else {
            return None;
        };
        let code = match code {
            RejectCode::Limit => ErrorCode::Full,
            RejectCode::Invalid | RejectCode::Stale | RejectCode::Duplicate => ErrorCode::Invalid,
            RejectCode::Ended => ErrorCode::Ended,
            RejectCode::Server => ErrorCode::Server,
            // A newcomer is forbidden nothing but to pass a lock.
            RejectCode::Forbidden => ErrorCode::Locked,
            RejectCode::Banned => ErrorCode::Banned,
        };
        let in_s = |ms: u64| u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX);
        Some(Failure {
            retry_after_s: retry_after_ms.map(in_s),
            ..Failure::new(code, message.clone())
        })
    }
}
