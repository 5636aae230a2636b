//! How alike two strings are.

/// Longest string that is compared by edits; one bit of a machine word for each character.
const EDIT_CHARACTERS_MAX: usize = 64;

/// 1 for equal strings, 0 for strings with nothing in common: edits for names, shared pairs of letters for long texts.
pub(crate) fn likeness(left: &str, right: &str) -> f64 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    if left == right {
        return 1.0;
    }
    if left.is_ascii() && right.is_ascii() {
        return alike(left.as_bytes(), right.as_bytes(), |pattern| {
            ByteBits::of(pattern)
        });
    }
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    alike(&left, &right, |pattern| pattern)
}

fn alike<'a, L: Copy + Ord, B: Bits<L>>(
    left: &'a [L],
    right: &'a [L],
    bits: impl Fn(&'a [L]) -> B,
) -> f64 {
    let (short, long) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if short.len() > EDIT_CHARACTERS_MAX {
        return pairs(left, right);
    }
    1.0 - edits(&bits(short), short.len(), long) as f64 / long.len() as f64
}

/// Shared neighbouring letters of two texts of any length, where order at large does not matter.
pub(crate) fn pairs_likeness(left: &str, right: &str) -> f64 {
    if left == right {
        return if left.is_empty() { 0.0 } else { 1.0 };
    }
    if left.is_ascii() && right.is_ascii() {
        return pairs(left.as_bytes(), right.as_bytes());
    }
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    pairs(&left, &right)
}

/// Where a letter stands in a pattern: one bit for each place.
trait Bits<L> {
    fn places(&self, letter: L) -> u64;
}

impl Bits<char> for &[char] {
    fn places(&self, letter: char) -> u64 {
        let places = self.iter().enumerate();
        places.fold(0, |bits, (at, other)| {
            bits | u64::from(*other == letter) << at
        })
    }
}

/// The places of each letter of an ASCII pattern, by letter.
struct ByteBits([u64; 128]);

impl ByteBits {
    fn of(pattern: &[u8]) -> Self {
        let mut bits = [0; 128];
        for (at, letter) in pattern.iter().enumerate() {
            bits[usize::from(letter & 0x7f)] |= 1 << at;
        }
        Self(bits)
    }
}

impl Bits<u8> for ByteBits {
    fn places(&self, letter: u8) -> u64 {
        self.0[usize::from(letter & 0x7f)]
    }
}

/// Edits by bit vectors, where two exchanged neighbours are one edit (optimal string alignment):
/// G. Myers, J. ACM 46(3), 1999, in the form of H. Hyyrö, 2003.
fn edits<L: Copy>(pattern: &impl Bits<L>, length: usize, text: &[L]) -> usize {
    let mut distance = length;
    let last = 1u64 << (length - 1);
    let (mut plus, mut minus) = (u64::MAX, 0u64);
    let (mut diagonal, mut equal_before) = (0u64, 0u64);
    for letter in text {
        let equal = pattern.places(*letter);
        let exchanged = ((!diagonal & equal) << 1) & equal_before;
        diagonal = (((equal & plus).wrapping_add(plus)) ^ plus) | equal | minus | exchanged;
        equal_before = equal;
        let mut up = minus | !(diagonal | plus);
        let mut down = plus & diagonal;
        if up & last != 0 {
            distance += 1;
        } else if down & last != 0 {
            distance -= 1;
        }
        up = (up << 1) | 1;
        down <<= 1;
        plus = down | !(diagonal | up);
        minus = up & diagonal;
    }
    distance
}

/// Sørensen-Dice coefficient of neighbouring letters, each counted as often as it comes.
fn pairs<L: Copy + Ord>(left: &[L], right: &[L]) -> f64 {
    let sorted = |text: &[L]| {
        let mut pairs: Vec<(L, L)> = text.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (left, right) = (sorted(left), sorted(right));
    let (mut at, mut shared) = (0, 0);
    for pair in &left {
        while right.get(at).is_some_and(|other| other < pair) {
            at += 1;
        }
        if right.get(at) == Some(pair) {
            shared += 1;
            at += 1;
        }
    }
    2.0 * f64::from(shared) / (left.len() + right.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_slip_in_ten_letters_costs_a_tenth() {
        assert!((likeness("wonderwall", "wonderwell") - 0.9).abs() < 1e-9);
        assert!((likeness("wonderwall", "wodnerwall") - 0.9).abs() < 1e-9);
        assert!((likeness("wonderwall", "wonderwal") - 0.9).abs() < 1e-9);
        assert!(likeness("abc", "xyz").abs() < 1e-9);
    }

    /// The textbook table, to hold the bit vectors against.
    fn table(left: &[char], right: &[char]) -> usize {
        let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
        for (at, letter) in left.iter().enumerate() {
            let mut row = vec![at + 1];
            for (index, other) in right.iter().enumerate() {
                let replaced = rows[at][index] + usize::from(letter != other);
                let mut least = replaced.min(row[index] + 1).min(rows[at][index + 1] + 1);
                let is_exchanged =
                    at > 0 && index > 0 && *letter == right[index - 1] && left[at - 1] == *other;
                if is_exchanged {
                    least = least.min(rows[at - 1][index - 1] + 1);
                }
                row.push(least);
            }
            rows.push(row);
        }
        rows[left.len()][right.len()]
    }

    proptest! {
        #[test]
        fn edits_agree_with_the_textbook(left in "[a-d]{1,64}", right in "[a-d]{1,80}") {
            let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
            prop_assert_eq!(edits(&left.as_slice(), left.len(), &right), table(&left, &right));
            let bytes = |text: &[char]| text.iter().map(|letter| *letter as u8).collect::<Vec<u8>>();
            prop_assert_eq!(edits(&ByteBits::of(&bytes(&left)), left.len(), &bytes(&right)), table(&left, &right));
        }

        #[test]
        fn likeness_is_symmetric_and_between_zero_and_one(left in "\\PC{0,90}", right in "\\PC{0,90}") {
            let found = likeness(&left, &right);
            prop_assert!((0.0..=1.0).contains(&found));
            prop_assert!((found - likeness(&right, &left)).abs() < 1e-12);
        }
    }
}
