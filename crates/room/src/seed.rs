//! Chance inside the rules: everything random follows from the seed that a command brings, so that a replay is the same.

use base::{InviteId, ItemId, PersonId};
use sha2::{Digest, Sha256};

/// Randomness for one command, drawn by whoever drives the room. It must be unpredictable and used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

/// What follows from a seed: SHA-256 over it and a counter. What was drawn and shown, such as a name, says nothing of
/// what was drawn and kept secret, such as the token of an invite.
#[derive(Clone, Debug)]
pub struct Chance {
    seed: Seed,
    drawn: u64,
}

impl Chance {
    /// The beginning of what follows from `seed`.
    #[must_use]
    pub const fn new(seed: Seed) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The next 32 bytes.
    fn block(&mut self) -> [u8; 32] {
        let mut input = [0; 16];
        input[..8].copy_from_slice(&self.seed.0.to_be_bytes());
        input[8..].copy_from_slice(&self.drawn.to_be_bytes());
        self.drawn += 1;
        Sha256::digest(input).into()
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.block();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// The next 128 bits.
    pub fn bytes16(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.block()[..16]);
        bytes
    }

    /// A number below `count`, which is not 0. With 64 bits the bias is nothing anybody could measure.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.bits() % count.max(1) as u64).unwrap_or(0)
    }

    /// A person's name.
    pub fn person(&mut self) -> PersonId {
        PersonId::from_bits(self.bits())
    }

    /// An item's name.
    pub fn item(&mut self) -> ItemId {
        ItemId::from_bits(self.bits())
    }

    /// An invite's name.
    pub fn invite(&mut self) -> InviteId {
        InviteId::from_bits(self.bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_names_and_another_gives_others() {
        let drawn = |seed| {
            let mut chance = Chance::new(Seed(seed));
            (chance.person(), chance.item(), chance.bytes16())
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }

    #[test]
    fn a_number_below_stays_below() {
        let mut chance = Chance::new(Seed(9));
        let mut seen = [false; 3];
        for _ in 0..100 {
            seen[chance.below(3)] = true;
        }
        assert_eq!(seen, [true; 3]);
        assert_eq!(chance.below(1), 0);
    }
}
