//! Reading one STUN message.

use std::net::SocketAddr;

use super::attribute::{self, Masked};
use super::{COOKIE, HEADER, integrity};

/// What kind of message it is (RFC 8489, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Request,
    Indication,
    Success,
    Error,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Binding,
    Allocate,
    Refresh,
    Send,
    Data,
    CreatePermission,
    ChannelBind,
}

impl Method {
    pub(crate) const fn number(self) -> u16 {
        match self {
            Self::Binding => 1,
            Self::Allocate => 3,
            Self::Refresh => 4,
            Self::Send => 6,
            Self::Data => 7,
            Self::CreatePermission => 8,
            Self::ChannelBind => 9,
        }
    }

    const fn from_number(number: u16) -> Option<Self> {
        Some(match number {
            1 => Self::Binding,
            3 => Self::Allocate,
            4 => Self::Refresh,
            6 => Self::Send,
            7 => Self::Data,
            8 => Self::CreatePermission,
            9 => Self::ChannelBind,
            _ => return None,
        })
    }
}

/// What ties an answer to its request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct TransactionId(pub(crate) [u8; 12]);

/// A well-formed message. Whatever follows its MESSAGE-INTEGRITY, except FINGERPRINT, is not part of it.
pub(crate) struct Message<'a> {
    pub(crate) class: Class,
    pub(crate) method: Method,
    pub(crate) transaction: TransactionId,
    bytes: &'a [u8],
    /// Where the attributes that count end.
    end: usize,
    integrity: Option<Integrity>,
}

/// A MESSAGE-INTEGRITY attribute and where it stands.
#[derive(Clone, Copy)]
struct Integrity {
    at: usize,
    code: [u8; 20],
}

impl<'a> Message<'a> {
    /// Reads `bytes`, which must hold one message and nothing else; a wrong FINGERPRINT fails.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (header, body) = bytes.split_first_chunk::<HEADER>()?;
        let [t0, t1, l0, l1, c0, c1, c2, c3, transaction @ ..] = *header;
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        if u32::from_be_bytes([c0, c1, c2, c3]) != COOKIE || length != body.len() || length % 4 != 0
        {
            return None;
        }
        let (class, method) = class_and_method(u16::from_be_bytes([t0, t1]))?;
        let mut message = Self {
            class,
            method,
            transaction: TransactionId(transaction),
            bytes,
            end: bytes.len(),
            integrity: None,
        };
        message.survey().then_some(message)
    }

    /// Walks over all attributes once: are they whole, and where is the one that signs?
    fn survey(&mut self) -> bool {
        let mut at = HEADER;
        while at < self.bytes.len() {
            let Some((kind, value)) = attribute_at(self.bytes, at) else {
                return false;
            };
            let next = at + 4 + value.len().next_multiple_of(4);
            match kind {
                attribute::MESSAGE_INTEGRITY if self.integrity.is_none() => {
                    let Ok(code) = value.try_into() else {
                        return false;
                    };
                    self.integrity = Some(Integrity { at, code });
                    self.end = at;
                }
                attribute::FINGERPRINT => {
                    let expected = integrity::fingerprint(self.bytes, at).to_be_bytes();
                    return next == self.bytes.len() && value == expected;
                }
                _ => {}
            }
            at = next;
        }
        at == self.bytes.len()
    }

    /// The attributes that count, in order.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (u16, &'a [u8])> {
        let mut at = HEADER;
        let bytes = &self.bytes[..self.end];
        std::iter::from_fn(move || {
            let (kind, value) = attribute_at(bytes, at)?;
            at += 4 + value.len().next_multiple_of(4);
            Some((kind, value))
        })
    }

    /// The first attribute of `kind`; further ones are to be ignored (RFC 8489, section 14).
    pub(crate) fn value(&self, kind: u16) -> Option<&'a [u8]> {
        self.attributes()
            .find_map(|(found, value)| (found == kind).then_some(value))
    }

    /// The first attribute of `kind` as text.
    pub(crate) fn text(&self, kind: u16) -> Option<&'a str> {
        std::str::from_utf8(self.value(kind)?).ok()
    }

    /// The first attribute of `kind` as a number of 32 bits.
    pub(crate) fn number(&self, kind: u16) -> Option<u32> {
        Some(u32::from_be_bytes(self.value(kind)?.try_into().ok()?))
    }

    /// Every peer address of the message, or nothing if one is malformed.
    pub(crate) fn peers(&self) -> impl Iterator<Item = Option<SocketAddr>> {
        let transaction = self.transaction;
        self.attributes()
            .filter(|(kind, _)| *kind == attribute::XOR_PEER_ADDRESS)
            .map(move |(_, value)| Masked::read(value, transaction))
    }

    /// Whether the message is signed at all.
    pub(crate) const fn is_signed(&self) -> bool {
        self.integrity.is_some()
    }

    /// Whether the message is signed with `key`.
    pub(crate) fn is_signed_with(&self, key: &[u8]) -> bool {
        self.integrity.is_some_and(|signed| {
            let expected = integrity::integrity(key, self.bytes, signed.at);
            integrity::same(&expected, &signed.code)
        })
    }
}

/// The attribute that starts at `at`, if it lies in `bytes` with its padding.
fn attribute_at(bytes: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let (&[k0, k1, l0, l1], rest) = bytes.get(at..)?.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    if length.next_multiple_of(4) > rest.len() {
        return None;
    }
    Some((u16::from_be_bytes([k0, k1]), &rest[..length]))
}

/// The two bits of the class lie between those of the method (RFC 8489, figure 3).
fn class_and_method(kind: u16) -> Option<(Class, Method)> {
    if kind & 0xC000 != 0 {
        return None;
    }
    let class = match (kind & 0x0100 != 0, kind & 0x0010 != 0) {
        (false, false) => Class::Request,
        (false, true) => Class::Indication,
        (true, false) => Class::Success,
        (true, true) => Class::Error,
    };
    let number = kind & 0x000F | (kind & 0x00E0) >> 1 | (kind & 0x3E00) >> 2;
    Some((class, Method::from_number(number)?))
}
