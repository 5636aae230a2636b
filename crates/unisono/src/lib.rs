//! Wiring: settings, start-up and shutdown of one Unisono node, and the relay's sockets.
//!
//! This crate does not know how rooms, relaying or pages work: it gives each its settings and its sockets.

pub mod account_command;
pub mod backup;
pub mod banner;
pub mod doctor;
mod draft;
pub mod errors_command;
mod failures_part;
pub mod link_command;
pub mod log;
pub mod mail_command;
mod music_part;
mod network;
pub mod plan_command;
pub mod ports;
pub mod privacy_command;
mod private_folder;
mod relay_part;
pub mod relay_sockets;
mod server;
pub mod settings;
pub mod store_part;
mod stun_check;
pub mod support_command;

pub use server::{Server, StartError};
pub use settings::Settings;
