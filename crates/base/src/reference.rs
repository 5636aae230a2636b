//! The reference that a person reads out and that the log line also holds.

use std::fmt;

use crate::Entropy;

/// A random name for one failure, such as `UNI-7F3K-92QD-MX0A-V5RT`: 80 bits, tied to nobody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReferenceId([u8; 10]);

impl ReferenceId {
    /// A new random reference.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 10];
        entropy.fill(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Display for ReferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = self
            .0
            .iter()
            .fold(0_u128, |bits, &byte| (bits << 8) | u128::from(byte));
        f.write_str("UNI")?;
        for place in 0..16 {
            if place % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = (bits >> (75 - place * 5)) & 31;
            write!(
                f,
                "{}",
                char::from(DIGITS[usize::try_from(digit).unwrap_or(0)])
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            for (byte, value) in buffer.iter_mut().zip(0..) {
                *byte = value;
            }
        }
    }

    #[test]
    fn a_reference_reads_in_groups_of_four() {
        assert_eq!(
            ReferenceId::new(&Counting).to_string(),
            "UNI-000G-40R4-0M30-E209"
        );
    }
}
