//! Nonces that need no memory: the time they end, and a code that only we can make.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use base::{Entropy, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Bytes of a nonce as text: 16 digits of time, 32 of code.
const LENGTH: usize = 48;

/// Makes and checks nonces under a random key that lives as long as the server.
pub(crate) struct Nonces {
    key: [u8; 32],
    life: Duration,
}

impl Nonces {
    /// Draws the key.
    pub(crate) fn new(life: Duration, entropy: &dyn Entropy) -> Self {
        Self {
            key: entropy.bytes32(),
            life,
        }
    }

    /// A nonce for the client at `address`.
    pub(crate) fn issue(&self, address: SocketAddr, now: Timestamp) -> [u8; LENGTH] {
        self.at(now.after(self.life).unix_ms(), address)
    }

    /// Whether `nonce` was given to the client at `address` and is still good.
    pub(crate) fn is_good(&self, nonce: &[u8], address: SocketAddr, now: Timestamp) -> bool {
        let ends_ms = nonce
            .get(..16)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| i64::from_str_radix(digits, 16).ok());
        ends_ms.is_some_and(|ends_ms| {
            now.unix_ms() < ends_ms && bool::from(self.at(ends_ms, address).ct_eq(nonce))
        })
    }

    fn at(&self, ends_ms: i64, address: SocketAddr) -> [u8; LENGTH] {
        let octets = match address.ip() {
            IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
            IpAddr::V6(v6) => v6.octets(),
        };
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(&ends_ms.to_be_bytes());
        mac.update(&octets);
        mac.update(&address.port().to_be_bytes());
        let code = mac.finalize().into_bytes();
        let mut nonce = [0; LENGTH];
        let bytes = ends_ms.to_be_bytes().into_iter().chain(code);
        for (digits, byte) in nonce.chunks_exact_mut(2).zip(bytes) {
            digits.copy_from_slice(&[hex(byte >> 4), hex(byte & 15)]);
        }
        nonce
    }
}

/// The digit for a value below 16.
const fn hex(value: u8) -> u8 {
    match value {
        0..=9 => b'0' + value,
        _ => b'a' + value - 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1000)
    }

    fn nonces() -> Nonces {
        Nonces::new(Duration::from_secs(60), &OsEntropy)
    }

    #[test]
    fn a_nonce_is_good_for_its_client_until_it_ends() {
        let nonces = nonces();
        let client = "192.0.2.1:1000".parse().unwrap();
        let nonce = nonces.issue(client, at(100));
        assert!(nonces.is_good(&nonce, client, at(159)));
        assert!(!nonces.is_good(&nonce, client, at(160)));
        assert!(!nonces.is_good(&nonce, "192.0.2.1:1001".parse().unwrap(), at(100)));
        assert!(!self::nonces().is_good(&nonce, client, at(100)));
    }

    #[test]
    fn a_nonce_with_another_end_is_forged() {
        let nonces = nonces();
        let client = "192.0.2.1:1000".parse().unwrap();
        let mut nonce = nonces.issue(client, at(100));
        nonce[0] = b'7';
        assert!(!nonces.is_good(&nonce, client, at(100)));
    }

    proptest! {
        #[test]
        fn other_bytes_are_never_good(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let client = "192.0.2.1:1000".parse().unwrap();
            prop_assert!(!nonces().is_good(&bytes, client, at(0)));
        }
    }
}
