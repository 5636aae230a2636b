//! Being in time: what o'clock it is in the room, where in the item everybody is, and how a player gets there.
//!
//! A device asks for the time in small binary frames ([`TimeRequest`], [`TimeAnswer`]), when [`RoomClock`] says so,
//! and gives it the answers. The clock then turns moments of the device into moments of the room, each with what is
//! known about its error. [`Law`] says where in the item the room is at such a moment, [`Ladder`] what a player that
//! is elsewhere should do about it, and [`Readout`] what may be said on the page.
//!
//! `frontend/src/sync` is the same in TypeScript. Both do the same arithmetic in the same order and agree to the
//! microsecond on `tests/data/golden.json`.
//!
//! This crate does not know rooms, sockets or players, and it does not know what time it is: it is told.

mod clock;
mod filter;
mod frame;
mod ladder;
mod law;
mod measurement;
mod player;
mod readout;
mod schedule;
mod time;

pub use clock::RoomClock;
pub use filter::Reading;
pub use frame::{BadFrame, FRAME_BYTES, TimeAnswer, TimeRequest};
pub use ladder::{Correction, Ladder, Playing};
pub use law::Law;
pub use player::PlayerClass;
pub use readout::{Readout, Shown};
pub use schedule::Cause;
pub use time::{LocalTime, RoomTime};
