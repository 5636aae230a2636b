//! The rules of a room: what it plays and for whom, and who may signal to whom.
//!
//! [`Switchboard`] knows seats: who is connected, who casts, who may signal to whom. Both it and the room with a queue
//! take a command and the time, change themselves, and say what follows. Waiting is a deadline, never polling.
//!
//! This crate does not know sockets, clocks, SQL, passwords or tokens: whoever lets somebody enter has checked them.

mod chat;
mod codes;
mod grants;
mod invites;
mod pace;
mod people;
mod refusal;
mod room;
mod seed;
mod settings;
pub mod switchboard;

pub use codes::{GUESSES_A_MINUTE, code_length};
pub use invites::fingerprint as invite_fingerprint;
pub use refusal::Refusal;
pub use room::tape;
pub use room::{
    ANNOUNCED_AHEAD, ANSWERS_MAX, BARRIER_SOFT, BARRIER_STRICT, BadPrincipal, Command,
    DURATION_MS_MAX, DURATION_MS_MIN, Done, EMPTY_GRACE, HISTORY_MAX, Listing, Part, Principal,
    QUEUE_MAX, Rejected, Room, SUGGESTIONS_MAX, SongList, UNDO_MAX,
};
pub use seed::{Chance, Seed};
pub use switchboard::Switchboard;
