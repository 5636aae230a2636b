//! Chance inside the rules: everything random follows from the seed that a command brings, so that a replay is the same.

use base::{InviteId, ItemId, PersonId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Randomness for one command, drawn by whoever drives the room: 64 bits for names and orders, then 128 bits for what
/// must stay secret. It must be unpredictable and used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub [u64; 3]);

/// What follows from a seed. What is shown, such as a name, comes of other bits than what is kept secret, such as the
/// token of an invite, and says nothing of it.
#[derive(Clone, Debug)]
pub struct Chance {
    /// The state of a SplitMix64, which is fast and has no secrets.
    shown: u64,
    secret: [u64; 2],
    secrets_drawn: u64,
}

impl Chance {
    /// The beginning of what follows from `seed`.
    #[must_use]
    pub const fn new(seed: Seed) -> Self {
        let Seed([shown, one, other]) = seed;
        Self {
            shown,
            secret: [one, other],
            secrets_drawn: 0,
        }
    }

    /// The next 64 bits for what is shown. Whoever sees them can tell those that follow.
    pub const fn bits(&mut self) -> u64 {
        // Constants and shifts of SplitMix64 (Steele, Lea and Flood, 2014).
        self.shown = self.shown.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.shown ^ (self.shown >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next 128 bits that nobody can tell from anything shown: SHA-256 over the secret bits and a counter.
    pub fn secret(&mut self) -> [u8; 16] {
        let [one, other] = self.secret;
        let mut hash = Sha256::new();
        for word in [one, other, self.secrets_drawn] {
            hash.update(word.to_be_bytes());
        }
        self.secrets_drawn += 1;
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
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
            let mut chance = Chance::new(Seed([seed; 3]));
            (chance.person(), chance.item(), chance.secret())
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }

    #[test]
    fn the_bits_are_those_of_splitmix64() {
        let mut chance = Chance::new(Seed([1_234_567, 0, 0]));
        let drawn = [chance.bits(), chance.bits(), chance.bits()];
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(drawn, published);
    }

    #[test]
    fn a_secret_comes_of_all_secret_bits_and_of_nothing_that_is_shown() {
        let secret = |seed| Chance::new(Seed(seed)).secret();
        let one = secret([1, 2, 3]);
        assert_eq!(one, secret([9, 2, 3]));
        assert_ne!(one, secret([1, 9, 3]));
        assert_ne!(one, secret([1, 2, 9]));
        let mut chance = Chance::new(Seed([1, 2, 3]));
        chance.bits();
        assert_eq!(chance.secret(), one);
        assert_ne!(chance.secret(), one);
    }

    #[test]
    fn a_number_below_stays_below() {
        let mut chance = Chance::new(Seed([9; 3]));
        let mut seen = [false; 3];
        for _ in 0..100 {
            seen[chance.below(3)] = true;
        }
        assert_eq!(seen, [true; 3]);
        assert_eq!(chance.below(1), 0);
    }
}
