//! What the server may say.

use base::{MemberId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::room::{Answer, CommandId, Mine, Reaction, RoomEvent, Snapshot};
use crate::{FreeSession, IceServer, Member, Sdp, Welcome};

/// Why a member is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Goodbye {
    /// It went.
    Left,
    /// The caster's socket is gone; it may return until the time given.
    Away,
    /// The caster removed it.
    Removed,
    /// The caster did not approve.
    Refused,
    /// The caster ended the room.
    Ended,
    /// Nobody used the room for too long.
    Expired,
    /// The free session of whoever opened the room is over; the next may begin at the time given.
    SessionOver,
}

/// Why a wish was not granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The message does not parse or breaks a bound.
    Invalid,
    /// The page speaks another version.
    Version,
    /// No open room answers to this code, or its password is another.
    NoSuchRoom,
    /// The room was closed.
    Ended,
    /// The room has all the listeners it takes.
    Full,
    /// Another device casts in this room.
    CasterPresent,
    /// This member may not do that.
    Forbidden,
    /// The room lets in nobody new but by invite.
    Locked,
    /// This person was sent away: for as long as `retry_after_s` says, or for good where it says nothing.
    Banned,
    /// Only those who are in the room hear its cast: come in with `follow`.
    Follow,
    /// The member named is not here.
    Gone,
    /// Too many wrong codes.
    TooManyTries,
    /// A bound of the server is reached.
    Busy,
    /// The room has as many devices as the plan of whoever opened it allows.
    DeviceLimit,
    /// A free session is over, and the next may not begin before `retry_after_s`. Where that says nothing, the room waits
    /// for whoever opened it.
    Resting,
    /// The plan does not allow this saved room to be opened.
    Asleep,
    /// The resume token is not valid for this room.
    Resume,
    /// The server failed.
    Server,
}

/// An answer that says no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// Why, for programs.
    pub code: ErrorCode,
    /// Why, in English, for logs and developers; pages have their own words.
    pub message: String,
    /// Seconds until another try makes sense.
    pub retry_after_s: Option<u32>,
    /// Where the server failed: the same reference is in its log.
    pub reference: Option<String>,
}

impl Failure {
    /// A refusal without more to say than its reason.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after_s: None,
            reference: None,
        }
    }
}

/// What the server may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ServerMessage {
    /// The room is open.
    Created {
        /// All the caster needs.
        welcome: Box<Welcome>,
    },
    /// This member waits for the caster's approval.
    Join {
        /// Who waits.
        member: Member,
    },
    /// This member is in.
    Joined {
        /// Who came.
        member: Member,
        /// For the member itself: all it needs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        welcome: Option<Box<Welcome>>,
    },
    /// The caster's description.
    Offer {
        /// The caster.
        #[schema(value_type = String)]
        from: MemberId,
        /// The description.
        sdp: Sdp,
    },
    /// The listener's description.
    Answer {
        /// The listener.
        #[schema(value_type = String)]
        from: MemberId,
        /// The description.
        sdp: Sdp,
    },
    /// A way to reach the other peer.
    Candidate {
        /// The other peer.
        #[schema(value_type = String)]
        from: MemberId,
        /// The candidate attribute.
        candidate: Sdp,
        /// The m-line it belongs to.
        #[serde(default)]
        mid: Option<String>,
    },
    /// No more candidates follow.
    EndOfCandidates {
        /// The other peer.
        #[schema(value_type = String)]
        from: MemberId,
    },
    /// ICE is to be restarted, with fresh relay credentials.
    Restart {
        /// Who asked.
        #[schema(value_type = String)]
        from: MemberId,
        /// Where to ask for candidates now.
        ice_servers: Vec<IceServer>,
    },
    /// A member is gone.
    Leave {
        /// Who.
        #[schema(value_type = String)]
        member: MemberId,
        /// Why.
        reason: Goodbye,
        /// With `away`: until when it may return. With `session-over`: when the next free session may begin. Unix ms.
        #[schema(value_type = Option<i64>)]
        until: Option<Timestamp>,
    },
    /// The state of the room that this seat follows: at first, and whenever it has missed too much.
    Snapshot(Box<Snapshot>),
    /// What happened in the room since, in order and without holes.
    Events {
        /// Which numbering.
        epoch: u64,
        /// What.
        events: Vec<RoomEvent>,
    },
    /// Somebody in the room reacts. No event: it has no number, and who was away does not hear of it.
    Reaction {
        /// Who.
        #[schema(value_type = String)]
        by: PersonId,
        /// How.
        reaction: Reaction,
    },
    /// Whoever runs the room changed how people come in.
    Doors {
        /// A password is asked of those who type the code.
        has_password: bool,
    },
    /// What is so for this person only, whenever it is another.
    Mine(Box<Mine>),
    /// The answer to a `command`.
    Answered {
        /// The command's name.
        #[schema(value_type = String)]
        cmd_id: CommandId,
        /// The answer.
        #[serde(flatten)]
        answer: Answer,
    },
    /// How long the room's free session lasts has changed, or is announced: five minutes before it ends, and one.
    Session {
        /// The session; none where the room has no end any more.
        session: Option<FreeSession>,
        /// With an announcement: whole minutes that are left.
        minutes_left: Option<u32>,
    },
    /// A wish was not granted.
    Error(Failure),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_server_read_as_documented() {
        let from: MemberId = "m_0000000000001".parse().unwrap();
        let leave = ServerMessage::Leave {
            member: from,
            reason: Goodbye::Away,
            until: Some(Timestamp::from_unix_ms(5)),
        };
        insta::assert_json_snapshot!(leave, @r#"
        {
          "kind": "leave",
          "member": "m_0000000000001",
          "reason": "away",
          "until": 5
        }
        "#);
        let error = ServerMessage::Error(Failure::new(ErrorCode::NoSuchRoom, "no such room"));
        insta::assert_json_snapshot!(error, @r#"
        {
          "kind": "error",
          "code": "no-such-room",
          "message": "no such room",
          "retry_after_s": null,
          "reference": null
        }
        "#);
    }
}
