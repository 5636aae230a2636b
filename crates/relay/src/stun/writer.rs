//! Writing one STUN message into a buffer that is used again and again.

use std::net::SocketAddr;

use super::attribute::{self, Masked};
use super::{COOKIE, Class, HEADER, Method, TransactionId, integrity};

/// A message being written.
pub(crate) struct Writer<'a> {
    buffer: &'a mut Vec<u8>,
    transaction: TransactionId,
}

impl<'a> Writer<'a> {
    /// Starts over in `buffer`.
    pub(crate) fn new(
        buffer: &'a mut Vec<u8>,
        class: Class,
        method: Method,
        transaction: TransactionId,
    ) -> Self {
        let class_bits = match class {
            Class::Request => 0,
            Class::Indication => 0x0010,
            Class::Success => 0x0100,
            Class::Error => 0x0110,
        };
        buffer.clear();
        // Every method here is below 16, so its bits lie together.
        buffer.extend_from_slice(&(method.number() | class_bits).to_be_bytes());
        buffer.extend_from_slice(&[0, 0]);
        buffer.extend_from_slice(&COOKIE.to_be_bytes());
        buffer.extend_from_slice(&transaction.0);
        Self {
            buffer,
            transaction,
        }
    }

    /// Adds an attribute.
    pub(crate) fn value(self, kind: u16, value: &[u8]) -> Self {
        let length = u16::try_from(value.len()).expect("a value fits a datagram");
        self.buffer.extend_from_slice(&kind.to_be_bytes());
        self.buffer.extend_from_slice(&length.to_be_bytes());
        self.buffer.extend_from_slice(value);
        let padded = self.buffer.len().next_multiple_of(4);
        self.buffer.resize(padded, 0);
        self
    }

    /// Adds a number of 32 bits.
    pub(crate) fn number(self, kind: u16, value: u32) -> Self {
        self.value(kind, &value.to_be_bytes())
    }

    /// Adds a masked address.
    pub(crate) fn address(self, kind: u16, address: SocketAddr) -> Self {
        let masked = Masked::new(address, self.transaction);
        self.value(kind, masked.as_bytes())
    }

    /// Adds the attribute that says what went wrong.
    pub(crate) fn error(self, code: u16, reason: &str) -> Self {
        let hundreds = u8::try_from(code / 100).expect("codes have three digits");
        let rest = u8::try_from(code % 100).expect("a remainder of 100 fits a byte");
        let mut value = [0; 64];
        value[2..4].copy_from_slice(&[hundreds, rest]);
        let length = 4 + reason.len().min(60);
        value[4..length].copy_from_slice(&reason.as_bytes()[..length - 4]);
        self.value(attribute::ERROR_CODE, &value[..length])
    }

    /// Signs the message with `key`. Only a fingerprint may follow.
    pub(crate) fn sign(self, key: &[u8]) -> Self {
        let code = integrity::integrity(key, self.buffer, self.buffer.len());
        self.value(attribute::MESSAGE_INTEGRITY, &code)
    }

    /// Adds the checksum. Nothing may follow.
    pub(crate) fn fingerprint(self) -> Self {
        let checksum = integrity::fingerprint(self.buffer, self.buffer.len());
        self.number(attribute::FINGERPRINT, checksum)
    }

    /// Completes the header.
    pub(crate) fn finish(self) -> &'a [u8] {
        let length = u16::try_from(self.buffer.len() - HEADER).expect("a message fits a datagram");
        self.buffer[2..4].copy_from_slice(&length.to_be_bytes());
        self.buffer
    }
}
