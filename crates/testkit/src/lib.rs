//! What tests need: a clock moved by hand, whole nodes, sockets to talk to them, and databases of their own.
//!
//! This crate does not know how anything works inside: it uses the doors that everybody uses.

pub mod authenticator;
pub mod browser;
mod clock;
pub mod command;
pub mod files;
pub mod http;
pub mod issuer;
pub mod loader;
mod loopback;
mod node;
pub mod payments;
pub mod postgres;
pub mod providers;
pub mod python;
mod room_client;
mod socket;
pub mod turnstile;

pub use browser::TestBrowser;
pub use clock::{ForwardClock, TestClock};
pub use node::{Remains, TestApp, letters_in};
pub use room_client::{Follow, Gone, RoomClient, device_key};
pub use socket::{Closed, TestSocket, create, join};
