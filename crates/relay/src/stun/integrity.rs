//! MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489, sections 14.5 and 14.7).

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// HMAC-SHA1 over `parts` one after the other.
pub(crate) fn hmac_sha1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// What messages under a long-term credential are signed with (RFC 8489, section 9.2.2).
#[derive(Clone)]
pub(crate) struct LongTermKey([u8; 16]);

impl LongTermKey {
    pub(crate) fn new(username: &str, realm: &str, password: &str) -> Self {
        let mut digest = Md5::new();
        for part in [username, ":", realm, ":", password] {
            digest.update(part.as_bytes());
        }
        Self(digest.finalize().into())
    }

    pub(crate) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The code over `message` up to its MESSAGE-INTEGRITY attribute, as if that one were the last.
pub(super) fn integrity(key: &[u8], message: &[u8], attribute_at: usize) -> [u8; 20] {
    let length = length_field(attribute_at + 24);
    hmac_sha1(key, &[&message[..2], &length, &message[4..attribute_at]])
}

/// Compares in constant time.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// The checksum over `message` up to its FINGERPRINT attribute, as if that one were the last.
pub(super) fn fingerprint(message: &[u8], attribute_at: usize) -> u32 {
    let length = length_field(attribute_at + 8);
    let mut crc = u32::MAX;
    for part in [&message[..2], &length, &message[4..attribute_at]] {
        crc = part.iter().fold(crc, |crc, &byte| {
            (crc >> 8) ^ CRC_TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)]
        });
    }
    !crc ^ 0x5354_554e
}

/// The header's length field for a message of `size` bytes.
fn length_field(size: usize) -> [u8; 2] {
    u16::try_from(size - super::HEADER)
        .expect("a message fits a datagram")
        .to_be_bytes()
}

/// CRC-32 as in ITU-T V.42, reflected.
const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 {
                (value >> 1) ^ 0xedb8_8320
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};
