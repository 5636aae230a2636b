//! Recovery codes: ten secrets on paper, each good once, for whoever lost the second factor.

use base::{AccountId, Entropy, Secret};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::digits;

/// How many an account has at a time.
pub const COUNT: usize = 10;
/// 24 Crockford digits are 120 bits. From 112 on a plain hash is enough (OWASP ASVS 5.0, 6.5.2), so that checking
/// one costs no time.
const LETTERS: usize = 24;
const GROUP: usize = 4;
/// Crockford base32: no letter looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Ten new codes, as shown: six groups of four with dashes between.
#[must_use]
pub fn draw(entropy: &dyn Entropy) -> [Secret<String>; COUNT] {
    std::array::from_fn(|_| draw_one(entropy))
}

fn draw_one(entropy: &dyn Entropy) -> Secret<String> {
    let bits = u128::from_be_bytes(entropy.bytes16());
    let mut code = String::with_capacity(LETTERS + LETTERS / GROUP);
    for place in 0..LETTERS {
        if place > 0 && place % GROUP == 0 {
            code.push('-');
        }
        let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
        code.push(char::from(ALPHABET[digit]));
    }
    Secret::new(code)
}

/// What is kept of a code, for this account only; none when what was typed is no such code.
#[must_use]
pub fn hash(account: &AccountId, typed: &str) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(account.to_string().as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(tidy(typed)?.as_bytes());
    Some(mac.finalize().into_bytes().into())
}

/// The code without dashes and spaces, in small letters, with what looks like a digit taken as one.
fn tidy(typed: &str) -> Option<String> {
    let letters = typed
        .chars()
        .filter(|&character| !digits::separates(character));
    let mut code = String::with_capacity(LETTERS);
    for letter in letters {
        let letter = match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let is_ours = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
        if !is_ours || code.len() == LETTERS {
            return None;
        }
        code.push(letter);
    }
    (code.len() == LETTERS).then_some(code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use base::{OsEntropy, Timestamp};

    fn account() -> AccountId {
        AccountId::new(Timestamp::default(), &OsEntropy)
    }

    #[test]
    fn ten_codes_are_ten_different_ones_in_groups_of_four() {
        let codes = draw(&OsEntropy);
        let texts: HashSet<&String> = codes.iter().map(Secret::expose).collect();
        assert_eq!(texts.len(), COUNT);
        for text in texts {
            let groups: Vec<usize> = text.split('-').map(str::len).collect();
            assert_eq!(groups, [4; 6], "{text}");
        }
    }

    #[test]
    fn every_letter_is_as_likely_as_every_other() {
        let mut counts = [0_u32; 32];
        for code in (0..200).flat_map(|_| draw(&OsEntropy)) {
            for byte in code.expose().bytes().filter(|&byte| byte != b'-') {
                counts[ALPHABET.iter().position(|&letter| letter == byte).unwrap()] += 1;
            }
        }
        let expected = 200.0 * 10.0 * 24.0 / 32.0;
        let squares = counts.map(|count| (f64::from(count) - expected).powi(2) / expected);
        // 31 degrees of freedom: a fair draw is beyond 110 once in a billion.
        assert!(squares.iter().sum::<f64>() < 110.0, "{counts:?}");
    }

    #[test]
    fn a_code_is_found_however_it_was_typed() {
        let account = account();
        let code = "0123-4567-89ab-cdef-ghjk-mnpq";
        let kept = hash(&account, code).unwrap();
        for typed in [
            code,
            "O123 4567 89AB CDEF GHJK MNPQ",
            "oI234567 89abcdefghjkmnpq",
            "0l23\u{2013}4567\u{2013}89ab\u{2013}cdef\u{2013}ghjk\u{2013}mnpq",
        ] {
            assert_eq!(hash(&account, typed), Some(kept), "{typed}");
        }
        for typed in [
            "",
            "0123",
            "0123-4567-89ab-cdef-ghjk-mnpr",
            "0123-4567-89ab-cdef-ghjk-mnpq-r",
            "u123-4567-89ab-cdef-ghjk-mnpq",
        ] {
            assert_ne!(hash(&account, typed), Some(kept), "{typed}");
        }
    }

    #[test]
    fn a_code_fits_its_own_account_only() {
        let code = draw(&OsEntropy);
        let [one, other] = [account(), account()].map(|account| hash(&account, code[9].expose()));
        assert!(one.is_some() && other.is_some());
        assert_ne!(one, other);
    }
}
