//! Attribute numbers, and the one value that needs more than reading: a masked address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{COOKIE, TransactionId};

pub(crate) const USERNAME: u16 = 0x0006;
pub(crate) const MESSAGE_INTEGRITY: u16 = 0x0008;
pub(crate) const ERROR_CODE: u16 = 0x0009;
pub(crate) const UNKNOWN_ATTRIBUTES: u16 = 0x000A;
pub(crate) const CHANNEL_NUMBER: u16 = 0x000C;
pub(crate) const LIFETIME: u16 = 0x000D;
pub(crate) const XOR_PEER_ADDRESS: u16 = 0x0012;
pub(crate) const DATA: u16 = 0x0013;
pub(crate) const REALM: u16 = 0x0014;
pub(crate) const NONCE: u16 = 0x0015;
pub(crate) const XOR_RELAYED_ADDRESS: u16 = 0x0016;
pub(crate) const REQUESTED_ADDRESS_FAMILY: u16 = 0x0017;
pub(crate) const EVEN_PORT: u16 = 0x0018;
pub(crate) const REQUESTED_TRANSPORT: u16 = 0x0019;
pub(crate) const XOR_MAPPED_ADDRESS: u16 = 0x0020;
pub(crate) const RESERVATION_TOKEN: u16 = 0x0022;
pub(crate) const FINGERPRINT: u16 = 0x8028;

/// Whether a receiver that does not know `kind` must refuse the message (RFC 8489, section 14).
pub(crate) const fn must_be_understood(kind: u16) -> bool {
    kind < 0x8000
}

/// An address as it is written in an attribute, at most 20 bytes long.
pub(crate) struct Masked {
    bytes: [u8; 20],
    length: usize,
}

impl Masked {
    /// Masks `address` with the header of the message it will be in (RFC 8489, section 14.2).
    pub(crate) fn new(address: SocketAddr, transaction: TransactionId) -> Self {
        let mut bytes = [0; 20];
        let port = address.port() ^ (COOKIE >> 16) as u16;
        bytes[2..4].copy_from_slice(&port.to_be_bytes());
        let length = match address.ip() {
            IpAddr::V4(address) => {
                bytes[1] = 1;
                bytes[4..8].copy_from_slice(&(address.to_bits() ^ COOKIE).to_be_bytes());
                8
            }
            IpAddr::V6(address) => {
                bytes[1] = 2;
                let masked = address.to_bits() ^ mask(transaction);
                bytes[4..20].copy_from_slice(&masked.to_be_bytes());
                20
            }
        };
        Self { bytes, length }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The address behind `value`.
    pub(crate) fn read(value: &[u8], transaction: TransactionId) -> Option<SocketAddr> {
        let (&[_, family, high, low], address) = value.split_first_chunk()?;
        let port = u16::from_be_bytes([high, low]) ^ (COOKIE >> 16) as u16;
        let address: IpAddr = match family {
            1 => Ipv4Addr::from_bits(u32::from_be_bytes(address.try_into().ok()?) ^ COOKIE).into(),
            2 => {
                let bits = u128::from_be_bytes(address.try_into().ok()?);
                Ipv6Addr::from_bits(bits ^ mask(transaction)).into()
            }
            _ => return None,
        };
        Some(SocketAddr::new(address, port))
    }
}

fn mask(transaction: TransactionId) -> u128 {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = transaction.0;
    let low = u128::from_be_bytes([0, 0, 0, 0, a, b, c, d, e, f, g, h, i, j, k, l]);
    u128::from(COOKIE) << 96 | low
}
