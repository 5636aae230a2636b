//! What a room plays, and since when.

use base::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why nothing moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PausedBecause {
    /// Somebody pressed pause.
    Asked,
    /// Nobody was there to hear it. It goes on by itself when somebody comes.
    Empty,
    /// The policy is to wait for everybody, and somebody is not ready. It goes on by itself.
    Waiting,
}

/// What a room plays. While it plays, `position(t) = position_ms + max(0, t - start_at)`, at most the duration, so
/// that members agree without messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "phase", rename_all = "kebab-case")]
pub enum Playback {
    /// Nothing is on.
    Idle,
    /// The item is being loaded by everybody; it starts at `deadline` at the latest.
    Preparing {
        /// What is about to play.
        #[schema(value_type = String)]
        item: ItemId,
        /// Counts starts, so that a report about an earlier one is known as late.
        generation: u64,
        /// Where in it, in ms.
        position_ms: u64,
        /// When it starts without those who are not ready, Unix ms.
        #[schema(value_type = i64)]
        deadline: Timestamp,
    },
    /// It plays, or will from `start_at` on.
    Playing {
        /// What plays.
        #[schema(value_type = String)]
        item: ItemId,
        /// Counts starts.
        generation: u64,
        /// Where in it at `start_at`, in ms.
        position_ms: u64,
        /// Since when, Unix ms; it may lie ahead.
        #[schema(value_type = i64)]
        start_at: Timestamp,
        /// What follows without a gap: announced 20 s ahead, so that it can be loaded.
        #[schema(value_type = Option<String>)]
        next: Option<ItemId>,
    },
    /// It stands still.
    Paused {
        /// What is on.
        #[schema(value_type = String)]
        item: ItemId,
        /// Counts starts.
        generation: u64,
        /// Where in it, in ms.
        position_ms: u64,
        /// Why.
        because: PausedBecause,
    },
}

impl Playback {
    /// What is on.
    #[must_use]
    pub const fn item(&self) -> Option<ItemId> {
        match self {
            Self::Idle => None,
            Self::Preparing { item, .. }
            | Self::Playing { item, .. }
            | Self::Paused { item, .. } => Some(*item),
        }
    }
}
