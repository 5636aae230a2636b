//! What is said on the socket: one versioned vocabulary for browsers, native peers and the server.
//!
//! `docs/signalling.md` explains the messages in the order in which they come; this crate holds their shape and
//! their bounds, and parses them once, at the edge.
//!
//! This crate does not know who may say what, nor anything of connections.

mod candidate;
mod client;
mod code;
pub mod frame;
mod hue;
pub mod room;
mod sdp;
mod server;
mod view;

pub use candidate::{Candidate, CandidateKind};
pub use client::{
    BadMessage, CANDIDATE_BYTES_MAX, ClientMessage, Create, CreateQueue, Join, MESSAGE_BYTES_MAX,
    NAME_CHARS_MAX, PASSWORD_BYTES_MAX,
};
pub use code::{BadCode, RoomCode};
pub use hue::Hue;
pub use sdp::{Sdp, candidates, only_relayed};
pub use server::{ErrorCode, Failure, Goodbye, ServerMessage};
pub use view::{Device, Form, FreeSession, IceServer, Member, Role, RoomView, Welcome};

/// The version that `create` and `join` name. A page of another version is told to reload.
pub const VERSION: u32 = 1;
