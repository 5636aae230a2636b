//! What a room is told, what it asks its driver to do, and why it says no.

use std::net::SocketAddr;

use base::{MemberId, Timestamp};
use protocol::{ClientMessage, ErrorCode, Failure, Goodbye, Member, ServerMessage};

/// By what right a member comes in. The driver has checked it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It opened the room just now.
    Created,
    /// It knows the code and the password.
    Code,
    /// It holds a device key that lets it cast.
    HostKey,
    /// It holds a resume token for this member.
    Resume,
}

/// What a room is told.
#[derive(Clone, Debug)]
pub enum Command {
    /// A member comes in, or comes back.
    Enter {
        /// Who.
        member: Member,
        /// By what right.
        entry: Entry,
    },
    /// A member says something.
    Said {
        /// Who.
        from: MemberId,
        /// What. `create` and `join` are entries, not this.
        message: ClientMessage,
    },
    /// A member's socket is gone.
    Dropped {
        /// Whose.
        member: MemberId,
    },
    /// The room sends somebody away, or they left for good.
    Dismiss {
        /// Whom.
        member: MemberId,
    },
    /// The room is over.
    End,
    /// The free session of whoever opened the room is over: everybody goes, and may come back with the next.
    Rest {
        /// When that may begin.
        free_again: Timestamp,
    },
    /// A deadline may have passed.
    Tick,
}

/// What a room asks its driver to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send `to` its welcome, with credentials.
    Welcome {
        /// The member that came in.
        to: MemberId,
        /// It opened the room.
        is_new_room: bool,
    },
    /// Send `to` this message.
    Send {
        /// The receiver.
        to: MemberId,
        /// The message.
        message: ServerMessage,
    },
    /// Send `to` a `restart` with fresh relay credentials.
    Restart {
        /// The receiver.
        to: MemberId,
        /// The peer that the connection leads to.
        from: MemberId,
    },
    /// Tell the relay that `member` may be reached at `address`.
    Reachable {
        /// Who.
        member: MemberId,
        /// Where, as signalling saw it.
        address: SocketAddr,
    },
    /// The member is gone for good: close its socket and its relay allocations.
    Dismiss {
        /// Who.
        member: MemberId,
    },
    /// Remember whom the caster removed, also after a restart.
    Remember {
        /// All of them, the oldest first.
        removed: Vec<MemberId>,
    },
    /// Keep the room until then.
    Prolong {
        /// The new end of the room's life.
        until: Timestamp,
    },
    /// The room is closed for good; nothing follows.
    Close,
}

/// Why a room says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reject {
    /// It has all the listeners it takes.
    #[error("the room is full")]
    Full,
    /// Too many wait for approval.
    #[error("too many are waiting to be let in; try again in a minute")]
    WaitingRoomFull,
    /// Another device casts here.
    #[error("another device casts in this room; stop there first, or open another room")]
    CasterPresent,
    /// This member may not do that.
    #[error("this member may not do that")]
    Forbidden,
    /// The member named is not here.
    #[error("that member is not here")]
    Gone,
    /// The resume token's member was removed.
    #[error("this member cannot come back; join anew")]
    CannotResume,
    /// The room is closed.
    #[error("the room is closed")]
    Ended,
    /// The room has no queue to follow.
    #[error("this room has no queue")]
    NoQueue,
    /// A candidate line that is none.
    #[error("not a candidate attribute")]
    NotACandidate,
    /// `create` and `join` come first and once.
    #[error("already in a room")]
    AlreadyIn,
}

impl From<Reject> for Failure {
    fn from(reject: Reject) -> Self {
        let code = match reject {
            Reject::Full => ErrorCode::Full,
            Reject::WaitingRoomFull => ErrorCode::Busy,
            Reject::CasterPresent => ErrorCode::CasterPresent,
            Reject::Forbidden => ErrorCode::Forbidden,
            Reject::Gone => ErrorCode::Gone,
            Reject::CannotResume => ErrorCode::Resume,
            Reject::Ended => ErrorCode::Ended,
            Reject::AlreadyIn | Reject::NotACandidate | Reject::NoQueue => ErrorCode::Invalid,
        };
        let retry_after_s = matches!(reject, Reject::WaitingRoomFull).then_some(60);
        Self {
            retry_after_s,
            ..Self::new(code, reject.to_string())
        }
    }
}

/// A goodbye about `member`.
pub(crate) fn leave(member: MemberId, reason: Goodbye) -> ServerMessage {
    ServerMessage::Leave {
        member,
        reason,
        until: None,
    }
}
