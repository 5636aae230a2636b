//! The rules of a room: who is in it, who casts, and who may signal to whom.
//!
//! A [`Room`] takes a [`Command`] and the time, changes itself, and returns [`Output`]s for the task that drives it.
//! Waiting is a deadline ([`Room::next_deadline`]), never polling.
//!
//! This crate does not know sockets, clocks, SQL, passwords or tokens: whoever sends [`Command::Enter`] has checked them.

mod cast;
mod codes;
mod command;
mod roster;
mod signalling;
mod state;
#[cfg(test)]
mod tests;

pub use cast::{CASTER_GRACE, Cast};
pub use codes::{GUESSES_A_MINUTE, code_length};
pub use command::{Command, Entry, Output, Reject};
pub use roster::{LISTENER_GRACE, REMOVED_MAX, WAITING_MAX};
pub use state::{LISTENERS_MAX, ROOM_LIFE, Room, Rules};
