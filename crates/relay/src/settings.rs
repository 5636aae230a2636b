//! What an operator may choose about the relay.

use std::time::Duration;

use ipnet::IpNet;

/// A steady allowance with room for a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How much comes back each second.
    pub per_second: u64,
    /// How much may be used at once after a pause.
    pub burst: u64,
}

/// The relay's limits and rules. `Settings::default()` suits a small public server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The realm of the long-term credentials (RFC 8489, section 9.2). Default `unisono`.
    pub realm: String,
    /// How long a nonce is good for. Default 1 hour.
    pub nonce_life: Duration,
    /// Life of an allocation whose client asks for none. Default 10 minutes, the least there is.
    pub lifetime_default: Duration,
    /// The longest life an allocation is given at once. Default 1 hour.
    pub lifetime_max: Duration,
    /// Allocations of the whole relay. Default 4096.
    pub allocations_max: usize,
    /// Allocations of one room. Default 256.
    pub allocations_per_room_max: usize,
    /// Allocations of one name. Default 64: a browser allocates for every connection, transport and
    /// network interface, and a caster has a connection to each of up to 16 listeners.
    pub allocations_per_name_max: usize,
    /// Permissions of one allocation. Default 32.
    pub permissions_max: usize,
    /// Channels of one allocation. Default 32.
    pub channels_max: usize,
    /// Bytes through one allocation, both ways. Default 192 kB a second, four times what Opus at
    /// 256 kbit/s takes with headers and redundancy; burst 1 MB.
    pub bytes: Allowance,
    /// Packets through one allocation, both ways. Default 1000 a second, burst 4000.
    pub packets: Allowance,
    /// Whether members may be reached in private networks, which opens the operator's own. Default no.
    pub private_networks: bool,
    /// Networks that the operator opens whatever the rules say, except for our own ports. Default none.
    pub allowed: Vec<IpNet>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            realm: "unisono".to_owned(),
            nonce_life: Duration::from_secs(60 * 60),
            lifetime_default: Duration::from_secs(10 * 60),
            lifetime_max: Duration::from_secs(60 * 60),
            allocations_max: 4096,
            allocations_per_room_max: 256,
            allocations_per_name_max: 64,
            permissions_max: 32,
            channels_max: 32,
            bytes: Allowance {
                per_second: 192_000,
                burst: 1_000_000,
            },
            packets: Allowance {
                per_second: 1_000,
                burst: 4_000,
            },
            private_networks: false,
            allowed: Vec::new(),
        }
    }
}
