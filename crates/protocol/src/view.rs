//! How rooms and members look from inside a room.

use base::{MemberId, Personal, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Hue, RoomCode};

/// The kind of device, as coarse as it is useful in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A telephone.
    Phone,
    /// A tablet.
    Tablet,
    /// A laptop or desktop computer.
    Computer,
    /// Something that plays without a person in front of it.
    Speaker,
    /// It did not say.
    #[default]
    #[serde(other)]
    Unknown,
}

/// What a device says about itself when it comes in.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct Device {
    /// The kind of device.
    #[serde(default)]
    pub form: Form,
    /// A name its person chose, at most 40 characters. Kept in memory while the member is here.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub name: Option<Personal<String>>,
}

/// What a seat is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The device that sends audio.
    Caster,
    /// A device that plays it.
    Listener,
    /// A seat that follows the room's queue. It may exchange files with other peers.
    Peer,
}

/// A member, as others see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Member {
    /// Random, and meaningless outside this room.
    #[schema(value_type = String)]
    pub id: MemberId,
    /// What it is there for.
    pub role: Role,
    /// The kind of device.
    pub form: Form,
    /// The name its person chose.
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
    /// It asked that nobody learns its network address: only relayed candidates pass.
    pub hide_address: bool,
}

/// A room, as its members see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoomView {
    /// What others type.
    #[schema(value_type = String)]
    pub code: RoomCode,
    /// 0 to 11: the page's colour, name and glyph for this room.
    #[schema(value_type = u8, maximum = 11)]
    pub hue: Hue,
    /// A password is asked of those who type the code.
    pub has_password: bool,
    /// The caster approves each listener.
    pub ask_first: bool,
    /// The room has a queue: a page that joins with `follow` hears of it.
    pub has_queue: bool,
    /// When the room closes if nobody casts until then, Unix ms.
    #[schema(value_type = i64)]
    pub expires_at: Timestamp,
    /// How many listeners fit.
    pub listeners_max: u16,
    /// The address to share, without its fragment.
    pub link: String,
}

/// The free session that a room belongs to: the one of whoever opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FreeSession {
    /// When it ends for everybody in the room, Unix ms.
    #[schema(value_type = i64)]
    pub ends_at: Timestamp,
    /// When the next may begin, Unix ms.
    #[schema(value_type = i64)]
    pub free_again_at: Timestamp,
}

/// A STUN or TURN server for `RTCPeerConnection`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IceServer {
    /// `stun:` and `turn:` addresses (RFC 7064, RFC 7065).
    pub urls: Vec<String>,
    /// For TURN: expiry in Unix seconds, a colon and a random name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// For TURN: the password that goes with it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "reveal",
        default
    )]
    #[schema(value_type = Option<String>)]
    pub credential: Option<Secret<String>>,
}

/// Everything a member needs to know when it comes in or comes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Welcome {
    /// The version of this vocabulary.
    pub version: u32,
    /// The room.
    pub room: RoomView,
    /// The member itself.
    pub you: Member,
    /// Brings this member back under the same id, in this room only.
    #[serde(serialize_with = "reveal_always")]
    #[schema(value_type = String)]
    pub resume: Secret<String>,
    /// The others this member may signal to.
    pub members: Vec<Member>,
    /// Where to ask for candidates.
    pub ice_servers: Vec<IceServer>,
    /// The server's time, Unix ms.
    #[schema(value_type = i64)]
    pub now: Timestamp,
    /// The free session that the room belongs to; none where it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<FreeSession>,
}

pub(crate) fn reveal<S: serde::Serializer>(
    secret: &Option<Secret<String>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

fn reveal_always<S: serde::Serializer>(
    secret: &Secret<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.expose().serialize(serializer)
}
