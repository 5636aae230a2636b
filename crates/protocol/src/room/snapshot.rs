//! The whole state of a room, as a client gets it when it comes in or has missed too much.

use base::{MemberId, PersonId, Personal, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::item::ItemView;
use super::people::PersonView;
use super::playback::Playback;
use super::settings::RoomSettings;

/// How far a client has heard a room's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Which numbering. Another one means that events were lost, and a snapshot comes.
    pub epoch: u64,
    /// The last event heard.
    pub seq: u64,
}

/// Votes to skip what is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkipVotes {
    /// How many there are.
    pub votes: u32,
    /// How many it takes.
    pub needed: u32,
}

/// A line of the chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatLine {
    /// The event that said it.
    pub seq: u64,
    /// When, Unix ms.
    #[schema(value_type = i64)]
    pub at: Timestamp,
    /// Who.
    #[schema(value_type = String)]
    pub by: PersonId,
    /// What they were called then.
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
    /// What.
    #[schema(value_type = String)]
    pub text: Personal<String>,
}

/// A live cast in this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CastView {
    /// The seat that casts.
    #[schema(value_type = String)]
    pub seat: MemberId,
    /// Since when, Unix ms.
    #[schema(value_type = i64)]
    pub since: Timestamp,
}

/// Everything that all members of a room may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoomState {
    /// How the room is run.
    pub settings: RoomSettings,
    /// What plays.
    pub playback: Playback,
    /// The item that is on.
    pub current: Option<ItemView>,
    /// What follows, in order.
    pub queue: Vec<ItemView>,
    /// What was suggested, the oldest first.
    pub suggestions: Vec<ItemView>,
    /// What has played, the latest first; at most 50.
    pub history: Vec<ItemView>,
    /// Votes to skip.
    pub skip: SkipVotes,
    /// Who is here.
    pub people: Vec<PersonView>,
    /// The latest lines of the chat, the oldest first; at most 100.
    pub chat: Vec<ChatLine>,
    /// The live cast that is on.
    pub cast: Option<CastView>,
    /// How many are banned.
    pub banned: u32,
}

/// A room's state at one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Snapshot {
    /// The event up to which it holds.
    pub position: Position,
    /// A fingerprint of the whole state, also of what is not shown: 16 hexadecimal digits. Equal states have equal ones.
    pub hash: String,
    /// The state.
    pub state: RoomState,
}
