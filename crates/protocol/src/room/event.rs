//! What happened in a room.

use base::{ItemId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::command::RemovedFor;
use super::item::ItemView;
use super::people::{LeftBecause, PersonView};
use super::playback::Playback;
use super::settings::RoomSettings;
use super::snapshot::{CastView, ChatLine, SkipVotes};

/// One event, numbered without holes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoomEvent {
    /// Its number.
    pub seq: u64,
    /// When, Unix ms.
    #[schema(value_type = i64)]
    pub at: Timestamp,
    /// Who did it, unless it came by itself.
    #[schema(value_type = Option<String>)]
    pub by: Option<PersonId>,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A person came, came back, or is otherwise now.
    Person {
        /// All of them.
        person: PersonView,
    },
    /// A person is not in the room any more.
    PersonLeft {
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
        /// Why.
        because: LeftBecause,
    },
    /// What plays is another, or moves otherwise.
    Playback {
        /// What plays.
        playback: Playback,
        /// The item that is on now, when it is another than before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        current: Option<Box<ItemView>>,
    },
    /// Items came into the queue.
    Added {
        /// Which, in order.
        items: Vec<ItemView>,
        /// Before which other; at the end without.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        before: Option<ItemId>,
    },
    /// Items left the queue, or the suggestions.
    Removed {
        /// Which.
        #[schema(value_type = Vec<String>)]
        items: Vec<ItemId>,
        /// Why.
        why: RemovedFor,
    },
    /// An item's place, votes or length is another.
    Changed {
        /// The item, in the queue, among the suggestions, or on.
        item: ItemView,
    },
    /// The queue stands in another order.
    Order {
        /// All of it.
        #[schema(value_type = Vec<String>)]
        items: Vec<ItemId>,
    },
    /// Somebody suggests an item.
    Suggested {
        /// Which.
        item: ItemView,
    },
    /// Votes to skip what is on.
    SkipVotes {
        /// How many, of how many.
        votes: SkipVotes,
    },
    /// A line of the chat.
    Chat {
        /// The line. Its `seq` is this event's.
        line: ChatLine,
    },
    /// A line was taken back.
    Unsaid {
        /// The event that said it.
        line: u64,
    },
    /// The room is run otherwise.
    Settings {
        /// All settings.
        settings: Box<RoomSettings>,
    },
    /// A live cast began or ended.
    Cast {
        /// The cast that is on.
        cast: Option<CastView>,
    },
    /// An earlier event was undone; the events that did it follow.
    Undone {
        /// Which.
        undone: u64,
    },
    /// The room is over.
    Archived,
}
