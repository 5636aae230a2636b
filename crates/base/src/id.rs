//! Names of things: rooms, link pages and accounts in the database, seats, persons and items inside a room.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Entropy, Timestamp};

/// Text that is not an identifier of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct BadId;

/// A UUID of version 7 (RFC 9562, section 5.7), so rows sort by age.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// A new name, made at `now`.
            pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                Self(uuid_bits(now, entropy))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_uuid(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                read_uuid(text).map(Self)
            }
        }
    };
}

fn uuid_bits(now: Timestamp, entropy: &dyn Entropy) -> u128 {
    let random = u128::from_be_bytes(entropy.bytes16());
    let time = u128::from(u64::try_from(now.unix_ms()).unwrap_or(0)) << 80;
    let version_and_variant = (0x7 << 76) | (0b10 << 62);
    let random_bits = random & !(u128::MAX << 80) & !(0xf << 76) & !(0b11 << 62);
    time | version_and_variant | random_bits
}

fn write_uuid(bits: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let hex = format!("{bits:032x}");
    let (a, b, c, d, e) = (
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    );
    write!(f, "{a}-{b}-{c}-{d}-{e}")
}

fn read_uuid(text: &str) -> Result<u128, BadId> {
    let dashes_fit =
        text.len() == 36 && [8, 13, 18, 23].iter().all(|&i| text.as_bytes()[i] == b'-');
    let hex = text.replace('-', "");
    if !dashes_fit || hex.len() != 32 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(BadId);
    }
    u128::from_str_radix(&hex, 16).map_err(|_| BadId)
}

uuid_id! {
    /// A room's permanent name.
    RoomId
}

uuid_id! {
    /// An account's permanent name. It is shown to its owner only.
    AccountId
}

uuid_id! {
    /// What an erasure is called in the ledger and on its receipt. It names nobody.
    ReceiptId
}

uuid_id! {
    /// What somebody asked for and must be answered.
    RequestId
}

uuid_id! {
    /// Something that was allowed or refused once.
    ConsentId
}

uuid_id! {
    /// A breach of personal data in the register.
    BreachId
}

uuid_id! {
    /// What an authority has asked for.
    LegalRequestId
}

uuid_id! {
    /// Letters that go to every member.
    AnnouncementId
}

/// A random name of 128 bits: a prefix that says of what, an underscore and 32 hexadecimal digits. It can't be guessed.
macro_rules! unguessable_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// A new random name.
            pub fn new(entropy: &dyn Entropy) -> Self {
                Self(u128::from_be_bytes(entropy.bytes16()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{:032x}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Whoever knows such a name may use it.
                f.write_str(concat!(stringify!($name), "([secret])"))
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let digits = text.strip_prefix($prefix).ok_or(BadId)?;
                let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                if digits.len() != 32 || !digits.bytes().all(is_hex) {
                    return Err(BadId);
                }
                u128::from_str_radix(digits, 16).map(Self).map_err(|_| BadId)
            }
        }
    };
}

unguessable_id! {
    /// A signed-in browser.
    SessionId, "s_"
}

unguessable_id! {
    /// A step that was begun and must be finished in time. Who knows its name began it.
    TicketId, "t_"
}

unguessable_id! {
    /// A passkey of an account.
    PasskeyId, "k_"
}

unguessable_id! {
    /// Who an account is at an upstream.
    IdentityId, "u_"
}

unguessable_id! {
    /// A picture of an account; another one for each picture.
    AvatarId, "a_"
}

unguessable_id! {
    /// A row that only its own account asks for: a mail, a notice, something that happened.
    EntryId, "e_"
}

/// A random name of 64 bits: a prefix that says of what, an underscore and 13 lower-case Crockford digits.
macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// 13 digits hold 64 bits.
            const LENGTH: usize = 13;

            /// A new random name.
            pub fn new(entropy: &dyn Entropy) -> Self {
                let mut bytes = [0; 8];
                entropy.fill(&mut bytes);
                Self(u64::from_be_bytes(bytes))
            }

            /// The name made of these bits, which whoever calls has drawn.
            #[must_use]
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                write_digits(self.0, Self::LENGTH, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let digits = text.strip_prefix($prefix).ok_or(BadId)?;
                read_digits(digits, Self::LENGTH).map(Self)
            }
        }
    };
}

random_id! {
    /// A seat's name inside one room: one socket, and the peer behind it. Random, meaningless elsewhere, gone with the room.
    MemberId, "m_"
}

random_id! {
    /// A person's name inside one room, whatever number of devices and tabs they have there. Meaningless elsewhere.
    PersonId, "p_"
}

random_id! {
    /// The name of an item in a room's queue.
    ItemId, "i_"
}

random_id! {
    /// The name of an invite to a room. It is no secret; the token that goes with it is.
    InviteId, "v_"
}

/// The name of a link page, as in `/l/{id}`: 50 random bits, ten lower-case Crockford digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(u64);

impl PageId {
    const LENGTH: usize = 10;
    const MASK: u64 = (1 << 50) - 1;

    /// A new random name.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 8];
        entropy.fill(&mut bytes);
        Self(u64::from_be_bytes(bytes) & Self::MASK)
    }

    /// A number below `count`, the same for this page each time and spread evenly over pages.
    #[must_use]
    pub fn spread(self, count: usize) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX) % count
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(self.0, Self::LENGTH, f)
    }
}

impl fmt::Debug for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PageId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        read_digits(text, Self::LENGTH).map(Self)
    }
}

/// Lower-case Crockford base32, most significant digit first.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn write_digits(value: u64, length: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // In one piece: who escapes what is written, as JSON does, begins anew with each.
    let digit = |place| usize::try_from((value >> (place * 5)) & 31).unwrap_or(0);
    let places = (0..length).rev();
    let digits: String = places
        .map(|place| char::from(DIGITS[digit(place)]))
        .collect();
    f.write_str(&digits)
}

fn read_digits(text: &str, length: usize) -> Result<u64, BadId> {
    if text.len() != length {
        return Err(BadId);
    }
    let mut value: u128 = 0;
    for byte in text.bytes() {
        let digit = DIGITS.iter().position(|&d| d == byte).ok_or(BadId)?;
        value = (value << 5) | digit as u128;
    }
    u64::try_from(value).map_err(|_| BadId)
}

macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_text!(PageId);
serde_as_text!(RoomId);
serde_as_text!(MemberId);
serde_as_text!(PersonId);
serde_as_text!(ItemId);
serde_as_text!(InviteId);
serde_as_text!(AccountId);
serde_as_text!(SessionId);
serde_as_text!(TicketId);
serde_as_text!(PasskeyId);
serde_as_text!(IdentityId);
serde_as_text!(AvatarId);
serde_as_text!(EntryId);
serde_as_text!(ReceiptId);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Fixed(u8);
    impl Entropy for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn a_room_id_is_a_uuid_of_version_7() {
        let id = RoomId::new(Timestamp::from_unix_ms(0x0192_3456_789a), &Fixed(0xff)).to_string();
        assert_eq!(id, "01923456-789a-7fff-bfff-ffffffffffff");
    }

    #[test]
    fn ids_of_another_shape_are_refused() {
        for text in [
            "",
            "m_",
            "m_0123",
            "m_zzzzzzzzzzzzz",
            "m_000000000000u",
            "x_0000000000000",
        ] {
            assert_eq!(text.parse::<MemberId>(), Err(BadId), "{text}");
        }
        for text in [
            "",
            "01923456789a7fffbfffffffffffffff",
            "+1923456-789a-7fff-bfff-ffffffffffff",
        ] {
            assert_eq!(text.parse::<RoomId>(), Err(BadId), "{text}");
        }
    }

    proptest! {
        #[test]
        fn ids_read_back_as_written(member: u64, room: u128) {
            let page = PageId(member & PageId::MASK);
            prop_assert_eq!(page.to_string().parse(), Ok(page));
            prop_assert_eq!(MemberId(member).to_string().parse(), Ok(MemberId(member)));
            prop_assert_eq!(RoomId(room).to_string().parse(), Ok(RoomId(room)));
            prop_assert_eq!(SessionId(room).to_string().parse(), Ok(SessionId(room)));
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = text.parse::<MemberId>();
            let _ = text.parse::<RoomId>();
            let _ = text.parse::<SessionId>();
        }
    }
}
