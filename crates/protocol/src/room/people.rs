//! People in a room: what they may do, and what their devices report.

use base::{InviteId, ItemId, MemberId, PersonId, Personal, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Form;

/// The longest name of a service in characters.
pub const SERVICE_CHARS_MAX: usize = 32;

/// Where a person stands in a room, the lowest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Came by the code.
    Guest,
    /// Is known here: was invited, or given this.
    Listener,
    /// May fill the queue and steer what plays.
    Dj,
    /// Keeps order.
    Moderator,
    /// Decides while the owner is away.
    Host,
    /// Opened the room, or was given it.
    Owner,
}

/// One thing that a person may do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// Play, pause and seek.
    Control,
    /// Skip, go back, and play an item now.
    Skip,
    /// Vote to skip.
    VoteSkip,
    /// Add items.
    Add,
    /// Suggest items where the queue is curated.
    Suggest,
    /// Accept or refuse suggestions.
    Approve,
    /// Move, shuffle and clear, and remove what others added.
    Arrange,
    /// Vote for items.
    Vote,
    /// Write in the chat.
    Chat,
    /// React.
    React,
    /// Take back other people's lines.
    Moderate,
    /// Kick and ban those of a lower rank.
    Kick,
    /// Make invites.
    Invite,
    /// Give ranks below their own, and grants that they have.
    Promote,
    /// Change the room's settings.
    Configure,
    /// Put a live cast on.
    Cast,
}

/// How closely a player can follow the room; see the `sync` crate for what each may claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlayerClass {
    /// Decoded and clocked by the page itself.
    OwnAudio,
    /// An audio element.
    MediaElement,
    /// The embedded player of YouTube.
    Youtube,
    /// A service's player that is steered from afar.
    Remote,
}

/// What a device says of its player.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlayerReport {
    /// The class of the player in use.
    pub class: PlayerClass,
    /// The service it plays from, if it is one; at most 32 characters.
    #[serde(default)]
    pub service: Option<String>,
    /// How far from the room it is, as measured there: p95 in ms.
    #[serde(default)]
    pub error_ms: Option<u32>,
}

/// A person, as others in the room see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonView {
    /// Their name in this room's messages.
    #[schema(value_type = String)]
    pub id: PersonId,
    /// What they want to be called, at most 40 characters.
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
    /// Where they stand.
    pub rank: Rank,
    /// What they may do beyond their rank.
    pub extra: Vec<Grant>,
    /// The kind of their latest device.
    pub form: Form,
    /// Their seats that are connected: whom to signal to.
    #[schema(value_type = Vec<String>)]
    pub seats: Vec<MemberId>,
    /// The others do not wait for them: they missed the start twice.
    pub is_soft: bool,
    /// What their latest device said of its player.
    pub player: Option<PlayerReport>,
}

/// Why a person is not in the room any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftBecause {
    /// They went.
    Left,
    /// They did not come back in time.
    Away,
    /// They were kicked.
    Kicked,
    /// They were banned.
    Banned,
}

/// An invite, as those who may make them see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InviteView {
    /// Its name.
    #[schema(value_type = String)]
    pub id: InviteId,
    /// What those who come by it become.
    pub rank: Rank,
    /// How many may still come by it.
    pub uses_left: u32,
    /// When it ends, Unix ms.
    #[schema(value_type = i64)]
    pub expires_at: Timestamp,
}

/// What differs from person to person, and so is not part of the room's broadcasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mine {
    /// Who this person is.
    #[schema(value_type = String)]
    pub person: PersonId,
    /// All they may do, rank and settings taken together.
    pub grants: Vec<Grant>,
    /// Items they voted for.
    #[schema(value_type = Vec<String>)]
    pub votes: Vec<ItemId>,
    /// They voted to skip what is on.
    pub has_voted_skip: bool,
    /// The open invites, for those who may make them.
    pub invites: Vec<InviteView>,
}
