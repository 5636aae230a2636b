//! The relay: STUN and TURN for members of live rooms, and nobody else.
//!
//! [`Server`] is a state machine: datagrams and the time go in, at most one datagram comes out of each.
//! [`Directory`] holds who may use it, [`Credentials`] what proves it, and [`Settings`] the limits.
//!
//! This crate does not know users, rooms' content or sockets.

mod address;
mod allocation;
mod budget;
mod counters;
mod credentials;
mod directory;
mod nonce;
mod policy;
mod server;
mod settings;
mod stun;

pub use allocation::{AllocationId, Client, Family, Opening, Transport};
pub use counters::{Counters, Refusal};
pub use credentials::{Credentials, Issued, new_name};
pub use directory::Directory;
pub use policy::Host;
pub use server::{NoPort, Output, Server};
pub use settings::{Allowance, Settings};
pub use stun::{Frame, MESSAGE_MAX, first_frame};
