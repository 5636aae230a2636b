//! The relay: STUN and TURN for members of live rooms, and nobody else.
//!
//! [`Server`] is a state machine: datagrams and the time go in, at most one datagram comes out of each.
//! [`Directory`] holds who may use it, [`Credentials`] what proves it, and [`Settings`] the limits.
//!
//! This crate does not know users, rooms' content or sockets.

mod budget;
mod counters;
mod credentials;
mod directory;
mod network;
mod nonce;
mod settings;
mod stun;

pub use counters::{Counters, Refusal};
pub use credentials::{Credentials, Issued, new_name};
pub use directory::Directory;
pub use network::{BadNetwork, Network};
pub use settings::{Allowance, Settings};
pub use stun::{Frame, MESSAGE_MAX, first_frame};
