//! The client's network address, held only long enough to make a key of it.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Entropy, Timestamp};

/// Where a request came from. It has no Debug, Display or Serialize, so it cannot be written anywhere.
#[derive(Clone, Copy)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// Wraps the address of a connection or of a trusted proxy's header.
    #[must_use]
    pub const fn new(address: IpAddr) -> Self {
        Self(address)
    }

    /// What one customer of a network usually holds: an IPv4 address, or an IPv6 network of 64 bits.
    fn network(self) -> [u8; 16] {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => {
                let mut octets = address.octets();
                octets[8..].fill(0);
                octets
            }
        }
    }
}

/// A stand-in for an address: equal for equal networks within a day of one process, meaningless beyond.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientKey([u8; 16]);

impl ClientKey {
    /// A number below `count` (1 to 256), the same for this key each time and spread evenly over keys.
    #[must_use]
    pub fn spread(self, count: usize) -> usize {
        usize::from(self.0[0]) % count
    }
}

/// Makes [`ClientKey`]s under a random key that lives in memory and is replaced every day.
pub struct AddressKeys {
    current: Mutex<DayKey>,
}

struct DayKey {
    key: [u8; 32],
    since: Timestamp,
}

impl AddressKeys {
    const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

    /// Draws the first key.
    pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
        Self {
            current: Mutex::new(DayKey {
                key: entropy.bytes32(),
                since: now,
            }),
        }
    }

    /// The key that stands for `address` today.
    pub fn key(&self, address: ClientAddress, now: Timestamp, entropy: &dyn Entropy) -> ClientKey {
        let mut current = self
            .current
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if now.since(current.since) >= Self::LIFE {
            *current = DayKey {
                key: entropy.bytes32(),
                since: now,
            };
        }
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&current.key).expect("HMAC takes a key of any length");
        mac.update(&address.network());
        let digest = mac.finalize().into_bytes();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        ClientKey(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsEntropy;

    fn key(keys: &AddressKeys, address: &str, hours: u64) -> ClientKey {
        let now = Timestamp::default().after(Duration::from_secs(hours * 3600));
        keys.key(
            ClientAddress::new(address.parse().unwrap()),
            now,
            &OsEntropy,
        )
    }

    #[test]
    fn one_network_has_one_key_for_a_day() {
        let keys = AddressKeys::new(Timestamp::default(), &OsEntropy);
        let first = key(&keys, "192.0.2.7", 0);
        assert!(first == key(&keys, "192.0.2.7", 23));
        assert!(first == key(&keys, "::ffff:192.0.2.7", 23));
        assert!(first != key(&keys, "192.0.2.8", 23));
        assert!(key(&keys, "2001:db8::1", 23) == key(&keys, "2001:db8::2", 23));
        assert!(key(&keys, "2001:db8::1", 23) != key(&keys, "2001:db8:0:1::1", 23));
        assert!(first != key(&keys, "192.0.2.7", 24));
    }
}
