//! What a person may wish for in a room.

use base::{InviteId, ItemId, PersonId, Personal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::CommandId;
use super::item::NewItem;
use super::people::{Grant, PlayerReport, Rank};
use super::settings::SettingsChange;

/// Items that one command adds or removes at most.
pub const ADD_MAX: usize = 100;
/// The longest line of the chat in characters.
pub const CHAT_CHARS_MAX: usize = 500;
/// Grants in one list at most: more than there are would be repetitions.
pub const GRANTS_MAX: usize = 32;

/// A reaction: a small fixed set, so that nobody can write with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reaction {
    /// A heart.
    Heart,
    /// A flame.
    Fire,
    /// Clapping hands.
    Clap,
    /// Laughter.
    Laugh,
    /// Astonishment.
    Wow,
    /// Sadness.
    Sad,
    /// A thumb up.
    Up,
    /// A thumb down.
    Down,
}

/// Why an item left the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RemovedFor {
    /// Somebody removed it.
    Removed,
    /// It is on now.
    Played,
    /// The queue was cleared.
    Cleared,
    /// The suggestion was refused.
    Refused,
    /// The suggestion was accepted.
    Approved,
}

/// A command with what makes it safe to say twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoomSaid {
    /// The sender's own name for it, at most 32 characters: said again, it has one effect and the same answer.
    #[schema(value_type = String, max_length = 32)]
    pub cmd_id: CommandId,
    /// Only if this is what is on; else the answer is `stale`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub if_item: Option<ItemId>,
    /// Only if nothing happened after this event; else the answer is `stale`.
    #[serde(default)]
    pub if_seq: Option<u64>,
    /// The wish.
    pub command: RoomCommand,
}

/// What a person may wish for. Always ids, never indexes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum RoomCommand {
    /// This device has loaded the item and can start at once.
    Ready {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
        /// Of which start.
        generation: u64,
        /// Its round trip to the server in ms: starts lie far enough ahead for the slowest.
        #[serde(default)]
        rtt_ms: Option<u32>,
    },
    /// This device ran dry.
    Buffering {
        /// On which item.
        #[schema(value_type = String)]
        item: ItemId,
    },
    /// What this device plays with, and how closely.
    Report {
        /// The report.
        player: PlayerReport,
    },
    /// How long an item turned out to be. The first who knows is believed: who added it, or who may control.
    Measured {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
        /// Its length, at most 24 h.
        duration_ms: u64,
    },
    /// Play, or go on.
    Play,
    /// Stand still.
    Pause,
    /// Go on elsewhere in the item; clamped to its length.
    Seek {
        /// Where, in ms.
        position_ms: f64,
    },
    /// Go to the next item.
    Skip,
    /// Go back: to the start of this item, or to the one before in its first 3 s.
    Previous,
    /// Play this item of the queue now.
    PlayNow {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
    },
    /// Add 1 to 100 items.
    Add {
        /// What.
        items: Vec<NewItem>,
        /// Before all others, where the order is free.
        #[serde(default)]
        next: bool,
    },
    /// Take items out.
    Remove {
        /// Which.
        #[schema(value_type = Vec<String>)]
        items: Vec<ItemId>,
    },
    /// Put an item elsewhere.
    Move {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
        /// Before which other; at the end without.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        before: Option<ItemId>,
    },
    /// Empty the queue.
    Clear,
    /// Mix the queue.
    Shuffle,
    /// Vote for an item: once, however many tabs.
    Vote {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
    },
    /// Take the vote back.
    Unvote {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
    },
    /// Vote to skip what is on.
    VoteSkip {
        /// What is thought to be on.
        #[schema(value_type = String)]
        item: ItemId,
    },
    /// Suggest an item.
    Suggest {
        /// What.
        item: NewItem,
    },
    /// Accept or refuse a suggestion.
    Approve {
        /// Which.
        #[schema(value_type = String)]
        item: ItemId,
        /// Whether it goes into the queue.
        allow: bool,
    },
    /// React. It is shown at once to those who are here and kept nowhere, so it makes no event: everybody who follows
    /// hears a `reaction`.
    React {
        /// How.
        reaction: Reaction,
    },
    /// Write in the chat.
    Chat {
        /// 1 to 500 characters.
        #[schema(value_type = String, max_length = 500)]
        text: Personal<String>,
    },
    /// Take a line of the chat back: one's own, or anybody's for those who moderate.
    Unsay {
        /// The event that said it.
        seq: u64,
    },
    /// Undo one's own latest change of the queue, named by its event.
    Undo {
        /// Which event.
        seq: u64,
    },
    /// Change what one is called; empty takes the name away.
    Rename {
        /// At most 40 characters.
        #[schema(value_type = String, max_length = 40)]
        name: Personal<String>,
    },
    /// Change what a person may do.
    Grant {
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
        /// Their new rank, below one's own.
        #[serde(default)]
        rank: Option<Rank>,
        /// What they may do beyond it; replaces the earlier list.
        #[serde(default)]
        extra: Option<Vec<Grant>>,
    },
    /// Send a person of a lower rank away for ten minutes.
    Kick {
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// Send a person of a lower rank away for good, and end the invites that raised them.
    Ban {
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// Let all banned persons come again.
    Pardon,
    /// Give the room away.
    Transfer {
        /// To whom.
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// Make an invite.
    Invite {
        /// What those who come by it become, below one's own rank.
        rank: Rank,
        /// How many may come by it, 1 to 1,000.
        uses: u32,
        /// For how long, 60 s to 30 days.
        expires_in_s: u32,
    },
    /// End an invite.
    Revoke {
        /// Which.
        #[schema(value_type = String)]
        invite: InviteId,
    },
    /// Change how the room is run.
    Configure {
        /// What.
        change: Box<SettingsChange>,
    },
    /// Go for good: place, rank and votes are given up. A closed socket alone keeps
    /// the place for two minutes, and the rank for a day.
    Leave,
    /// End the room.
    Archive,
}
