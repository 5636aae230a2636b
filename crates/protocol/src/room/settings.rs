//! How a room is run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::{Grant, Rank};

/// The longest title of a room in characters.
pub const ROOM_TITLE_CHARS_MAX: usize = 80;

/// How the next item is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QueueMode {
    /// In the order in which they were added, or put.
    Fifo,
    /// The most votes first; equal votes, the earlier first.
    Votes,
    /// Those who added take turns, one item each.
    Turns,
    /// Guests suggest, somebody approves.
    Curated,
}

/// What follows the end of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Repeat {
    /// The next one; silence after the last.
    None,
    /// The same again.
    One,
    /// The next one; what has played goes to the end of the queue.
    All,
}

/// For whom a start waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaitFor {
    /// For nobody.
    Never,
    /// For everybody, 3 s at most.
    Soft,
    /// For everybody, also for who comes late or runs dry, 30 s at most.
    Strict,
}

/// What happens when nobody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhenEmpty {
    /// It stands still until somebody comes.
    Freeze,
    /// It plays on.
    Run,
}

/// A set of rules to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Everybody adds and votes.
    #[default]
    Party,
    /// DJs play, the others listen, chat and suggest.
    Radio,
    /// One decides; the others listen and may ask.
    Classroom,
}

/// How a room is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoomSettings {
    /// What the room is called; at most 80 characters.
    pub title: Option<String>,
    /// How the next item is chosen.
    pub mode: QueueMode,
    /// What follows the end of an item.
    pub repeat: Repeat,
    /// For whom a start waits.
    pub wait_for: WaitFor,
    /// What happens when nobody is there.
    pub when_empty: WhenEmpty,
    /// The share of those present, in percent (1 to 100), whose votes skip an item.
    pub skip_percent: u8,
    /// Whether the same source may be in the queue twice.
    pub allow_duplicates: bool,
    /// Items that one person may have in the queue (1 to 500).
    pub items_per_person_max: u16,
    /// The longest item in minutes (1 to 1,440).
    pub item_minutes_max: u16,
    /// Seconds between two lines of one person in the chat (0 to 3,600).
    pub slow_mode_s: u16,
    /// Nobody new comes in, but by invite.
    pub is_locked: bool,
    /// The room is in this server's public directory.
    pub is_listed: bool,
    /// What each rank may do. Owners and hosts may do everything, whatever stands here.
    #[schema(value_type = BTreeMap<String, Vec<Grant>>)]
    pub grants: BTreeMap<Rank, Vec<Grant>>,
}

/// Settings that are to change; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettingsChange {
    /// Start from this set of rules; the other fields come on top.
    #[serde(default)]
    pub preset: Option<Preset>,
    /// See [`RoomSettings::title`]; empty takes it away.
    #[serde(default)]
    pub title: Option<String>,
    /// See [`RoomSettings::mode`].
    #[serde(default)]
    pub mode: Option<QueueMode>,
    /// See [`RoomSettings::repeat`].
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// See [`RoomSettings::wait_for`].
    #[serde(default)]
    pub wait_for: Option<WaitFor>,
    /// See [`RoomSettings::when_empty`].
    #[serde(default)]
    pub when_empty: Option<WhenEmpty>,
    /// See [`RoomSettings::skip_percent`].
    #[serde(default)]
    pub skip_percent: Option<u8>,
    /// See [`RoomSettings::allow_duplicates`].
    #[serde(default)]
    pub allow_duplicates: Option<bool>,
    /// See [`RoomSettings::items_per_person_max`].
    #[serde(default)]
    pub items_per_person_max: Option<u16>,
    /// See [`RoomSettings::item_minutes_max`].
    #[serde(default)]
    pub item_minutes_max: Option<u16>,
    /// See [`RoomSettings::slow_mode_s`].
    #[serde(default)]
    pub slow_mode_s: Option<u16>,
    /// See [`RoomSettings::is_locked`].
    #[serde(default)]
    pub is_locked: Option<bool>,
    /// See [`RoomSettings::is_listed`].
    #[serde(default)]
    pub is_listed: Option<bool>,
    /// Replaces what these ranks may do.
    #[serde(default)]
    #[schema(value_type = Option<BTreeMap<String, Vec<Grant>>>)]
    pub grants: Option<BTreeMap<Rank, Vec<Grant>>>,
}
