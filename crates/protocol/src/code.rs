//! The room code: what a person reads out and another types.

use std::fmt;
use std::str::FromStr;

use base::Entropy;
use serde::{Deserialize, Serialize, Serializer};

/// Text that is no room code, with the first thing that is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Fewer than six or more than twelve characters.
    #[error("a room code has 6 to 12 characters")]
    Length,
    /// A character that no code contains.
    #[error("a room code has only digits and letters, without U")]
    Character,
}

/// Six to twelve Crockford base32 digits in their canonical form, such as `K7M4QX`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomCode {
    digits: [u8; Self::LENGTH_MAX],
    length: u8,
}

impl RoomCode {
    /// The shortest code.
    pub const LENGTH_MIN: usize = 6;
    /// The longest code that is read.
    pub const LENGTH_MAX: usize = 12;
    const ALPHABET: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// A new random code of `length` digits, brought into 6..=12.
    pub fn random(length: usize, entropy: &dyn Entropy) -> Self {
        let length = length.clamp(Self::LENGTH_MIN, Self::LENGTH_MAX);
        let mut random = [0; Self::LENGTH_MAX];
        entropy.fill(&mut random);
        let mut digits = [0; Self::LENGTH_MAX];
        for (digit, byte) in digits.iter_mut().zip(random).take(length) {
            *digit = Self::ALPHABET[usize::from(byte % 32)];
        }
        Self {
            digits,
            length: length as u8,
        }
    }

    /// The canonical digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.digits[..usize::from(self.length)]
    }
}

impl FromStr for RoomCode {
    type Err = BadCode;

    /// Reads a code as people type it: any case, spaces and hyphens anywhere, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let mut code = Self {
            digits: [0; Self::LENGTH_MAX],
            length: 0,
        };
        for character in text.chars() {
            let digit = match character.to_ascii_uppercase() {
                ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2015}' => continue,
                'O' => b'0',
                'I' | 'L' => b'1',
                c if c.is_ascii() && Self::ALPHABET.contains(&(c as u8)) => c as u8,
                _ => return Err(BadCode::Character),
            };
            let place = code
                .digits
                .get_mut(usize::from(code.length))
                .ok_or(BadCode::Length)?;
            *place = digit;
            code.length += 1;
        }
        if usize::from(code.length) < Self::LENGTH_MIN {
            return Err(BadCode::Length);
        }
        Ok(code)
    }
}

impl fmt::Display for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// A code opens a room, so a debug print of a message must not carry it into a log.
impl fmt::Debug for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[room code]")
    }
}

impl Serialize for RoomCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RoomCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code: RoomCode = "K7M4QX".parse().unwrap();
        for typed in ["k7m-4qx", " K7M 4QX ", "k7m\u{2011}4qx", "K-7-M-4-Q-X"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        assert_eq!("oil-oil".parse(), "011011".parse::<RoomCode>());
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!("K7M4Q".parse::<RoomCode>(), Err(BadCode::Length));
        assert_eq!("K7M4QXK7M4QXK".parse::<RoomCode>(), Err(BadCode::Length));
        assert_eq!("K7M4QU".parse::<RoomCode>(), Err(BadCode::Character));
        assert_eq!("https://x".parse::<RoomCode>(), Err(BadCode::Character));
    }

    proptest! {
        #[test]
        fn a_random_code_reads_back(length in 0usize..20) {
            let code = RoomCode::random(length, &OsEntropy);
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
            prop_assert_eq!(code.as_str().len(), length.clamp(6, 12));
        }

        #[test]
        fn reading_never_panics(text: String) {
            let _ = text.parse::<RoomCode>();
        }
    }
}
