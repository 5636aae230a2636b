//! The colour, name and glyph by which two people see that they are in the same room.

use serde::{Deserialize, Serialize};

use crate::RoomCode;

/// One of twelve hues, 30 degrees apart. Pages turn it into a colour, a name and a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hue(u8);

impl Hue {
    /// How many there are.
    pub const COUNT: u8 = 12;

    /// The hue of `code`: always the same, spread evenly over codes.
    #[must_use]
    pub fn of(code: RoomCode) -> Self {
        // FNV-1a, 32 bits: any fixed mixing of the digits does, and this one is a line.
        let mixed = code.as_bytes().iter().fold(0x811c_9dc5_u32, |hash, &byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        Self((mixed % u32::from(Self::COUNT)) as u8)
    }

    /// 0 to 11.
    #[must_use]
    pub const fn index(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    #[test]
    fn codes_spread_over_all_hues() {
        let mut seen = [0_u32; Hue::COUNT as usize];
        for _ in 0..12_000 {
            seen[usize::from(Hue::of(RoomCode::random(6, &OsEntropy)).index())] += 1;
        }
        assert!(
            seen.iter().all(|&count| (700..1300).contains(&count)),
            "{seen:?}"
        );
    }
}
