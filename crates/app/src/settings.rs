//! What an operator can set about rooms, with the defaults.

use serde::{Deserialize, Serialize};

/// Settings of the use cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// bcrypt cost of room passwords, 4 to 16. Each step doubles the time of a check.
    pub password_cost: u32,
    /// Bounds on what clients may take up.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            password_cost: 12,
            limits: Limits::default(),
        }
    }
}

/// Bounds on what clients may take up. A client is an IPv4 address or an IPv6 network of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Open sockets of the whole server.
    pub sockets: usize,
    /// Open sockets of one client.
    pub sockets_per_client: usize,
    /// Sockets of one client that have neither created nor joined a room yet.
    pub half_open_per_client: usize,
    /// Rooms that may be live at once.
    pub rooms: u64,
    /// Rooms that one client may open in an hour.
    pub rooms_per_client_hour: u32,
    /// Wrong codes or passwords of one client in a minute.
    pub wrong_joins_per_client_minute: u32,
    /// Times that one client may come into rooms with a queue in a minute.
    pub followers_per_client_minute: u32,
    /// Listeners in one room.
    pub listeners_per_room: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sockets: 19_000,
            sockets_per_client: 128,
            half_open_per_client: 16,
            rooms: 10_000,
            rooms_per_client_hour: 30,
            wrong_joins_per_client_minute: 10,
            followers_per_client_minute: 120,
            listeners_per_room: room::switchboard::LISTENERS_MAX,
        }
    }
}
