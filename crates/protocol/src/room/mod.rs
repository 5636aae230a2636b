//! What is said in a room with a queue: commands, answers, events and the state that a snapshot carries.
//!
//! Times are Unix milliseconds of the room's clock, which clients follow by time frames; positions and durations are
//! whole milliseconds.

mod answer;
pub(crate) mod check;
mod command;
mod event;
mod item;
mod people;
mod playback;
mod settings;
mod snapshot;
mod text;

pub use answer::{Answer, CommandId, RejectCode};
pub use check::{DURATION_MS_MAX, FILE_BYTES_MAX, settings as check_settings};
pub use command::{
    ADD_MAX, CHAT_CHARS_MAX, GRANTS_MAX, Reaction, RemovedFor, RoomCommand, RoomSaid,
};
pub use event::{Event, RoomEvent};
pub use item::{
    ItemView, NewItem, SERVICE_LINKS_MAX, ServiceLink, Source, TITLE_CHARS_MAX, URL_BYTES_MAX,
};
pub use people::{
    Grant, InviteView, LeftBecause, Mine, PersonView, PlayerClass, PlayerReport, Rank,
    SERVICE_CHARS_MAX,
};
pub use playback::{PausedBecause, Playback};
pub use settings::{
    Preset, QueueMode, ROOM_TITLE_CHARS_MAX, Repeat, RoomSettings, SettingsChange, WaitFor,
    WhenEmpty,
};
pub use snapshot::{CastView, ChatLine, Position, RoomState, SkipVotes, Snapshot};
pub use text::clean;
