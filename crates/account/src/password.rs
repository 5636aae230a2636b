//! Passwords: which are refused, and what is kept of the others.

mod hash;

use base::Secret;
use zxcvbn::Score;
use zxcvbn::matching::patterns::MatchPattern;

pub use hash::{BadPasswordHash, PasswordHash};

/// NIST SP 800-63B-4, section 3.1.1.2.
const CHARS_MIN: usize = 8;
/// Longer ones only cost time.
const CHARS_MAX: usize = 256;
/// Context words of fewer letters are parts of too many other words.
const CONTEXT_CHARS_MIN: usize = 4;
/// Of a password that holds a context word, this much has to be something else.
const BEYOND_CONTEXT_CHARS_MIN: usize = 8;
/// What the estimator is given at once: its time grows with the cube of the length, and by signs that stand for letters.
const ESTIMATED_CHARS_MAX: usize = 32;
/// What nobody's password here may be made of.
const OUR_WORDS: [&str; 1] = ["unisono"];

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than eight letters.
    #[error("the password has fewer than 8 letters")]
    TooShort,
    /// More than 256 letters.
    #[error("the password has more than 256 letters")]
    TooLong,
    /// It is on the list of common passwords, names and words.
    #[error("the password is a common one")]
    Common,
    /// It is little more than the name, the address, or the name of this service.
    #[error("the password is made of a name that goes with the account")]
    NamesYou,
    /// Few guesses find it.
    #[error("the password is easy to guess")]
    TooGuessable,
}

impl WeakPassword {
    /// As said to pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Common => "common",
            Self::NamesYou => "names-you",
            Self::TooGuessable => "too-guessable",
        }
    }
}

/// Whether a new password is good enough. `context` are words that whoever knows the person would try first:
/// user name, address, the parts of it.
pub fn check_password(password: &Secret<String>, context: &[&str]) -> Result<(), WeakPassword> {
    let password = password.expose().as_str();
    match password.chars().count() {
        ..CHARS_MIN => return Err(WeakPassword::TooShort),
        CHARS_MIN..=CHARS_MAX => {}
        _ => return Err(WeakPassword::TooLong),
    }
    let words = context_words(context);
    if names_you(password, &words) {
        return Err(WeakPassword::NamesYou);
    }
    estimate(password, &words)
}

/// The words of `context` and ours, lower-cased, whole and in parts, the longest first.
fn context_words(context: &[&str]) -> Vec<String> {
    let parts = |text: &str| -> Vec<String> {
        let text = text.to_lowercase();
        let parts = text.split(|character: char| !character.is_alphanumeric());
        parts.chain([text.as_str()]).map(str::to_owned).collect()
    };
    let mut words: Vec<String> = OUR_WORDS
        .iter()
        .chain(context)
        .flat_map(|text| parts(text))
        .filter(|word| word.chars().count() >= CONTEXT_CHARS_MIN)
        .collect();
    words.sort_unstable_by(|one, other| (other.len(), other).cmp(&(one.len(), one)));
    words.dedup();
    words
}

/// Whether too little is left of the password without the words that go with the account, forwards or backwards.
fn names_you(password: &str, words: &[String]) -> bool {
    let lower = password.to_lowercase();
    let mut rest = lower.clone();
    for word in words {
        let backwards: String = word.chars().rev().collect();
        // A control character keeps what was apart from growing together into another word.
        rest = rest.replace(word, "\0").replace(&backwards, "\0");
    }
    let left = rest.chars().filter(|&character| character != '\0').count();
    rest != lower && left < BEYOND_CONTEXT_CHARS_MIN
}

/// Refuses what is on a list as a whole, and what fewer than a million guesses find. Of a long password either end may
/// be the strong one.
fn estimate(password: &str, words: &[String]) -> Result<(), WeakPassword> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let start: String = password.chars().take(ESTIMATED_CHARS_MAX).collect();
    let estimated = estimate_part(&start, &words);
    if estimated.is_ok() || start.len() == password.len() {
        return estimated;
    }
    let end: Vec<char> = password.chars().rev().take(ESTIMATED_CHARS_MAX).collect();
    estimate_part(&end.into_iter().rev().collect::<String>(), &words)
}

fn estimate_part(part: &str, words: &[&str]) -> Result<(), WeakPassword> {
    let estimate = zxcvbn::zxcvbn(part, words);
    if let [only] = estimate.sequence()
        && matches!(only.pattern, MatchPattern::Dictionary(_))
    {
        return Err(WeakPassword::Common);
    }
    if estimate.score() < Score::Two {
        return Err(WeakPassword::TooGuessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(password: &str, context: &[&str]) -> Result<(), WeakPassword> {
        check_password(&Secret::new(password.to_owned()), context)
    }

    #[test]
    fn lengths_are_counted_in_letters() {
        assert_eq!(check("tQ9#mz2", &[]), Err(WeakPassword::TooShort));
        assert_eq!(check("tQ9#mz2w", &[]), Ok(()));
        assert_eq!(check("ключ7ёЪ", &[]), Err(WeakPassword::TooShort));
        assert_eq!(check("ключ7ёЪя", &[]), Ok(()));
        let long: String = ('!'..='~').cycle().step_by(7).take(256).collect();
        assert_eq!(check(&long, &[]), Ok(()));
        assert_eq!(check(&format!("{long}x"), &[]), Err(WeakPassword::TooLong));
    }

    #[test]
    fn common_passwords_are_refused() {
        for password in [
            "password",
            "PASSWORD",
            "p@ssw0rd",
            "drowssap",
            "iloveyou",
            "sunshine",
            "trustno1",
            "baseball",
            "starwars",
            "football",
            "whatever",
            "qwertyuiop",
            "1q2w3e4r5t",
            "zaq12wsx",
            "jennifer",
            "samantha",
        ] {
            assert!(
                matches!(
                    check(password, &[]),
                    Err(WeakPassword::Common | WeakPassword::TooGuessable)
                ),
                "{password}"
            );
        }
        assert_eq!(check("password", &[]), Err(WeakPassword::Common));
    }

    #[test]
    fn what_few_guesses_find_is_refused() {
        for password in [
            "password1",
            "12345678",
            "11111111",
            "abcdefgh",
            "aaaaaaaaaaaaaaaa",
            "19871987",
        ] {
            assert!(check(password, &[]).is_err(), "{password}");
        }
        assert_eq!(check("abcdefghijkl", &[]), Err(WeakPassword::TooGuessable));
    }

    #[test]
    fn a_long_password_is_as_strong_as_its_stronger_end() {
        let dull = "password".repeat(6);
        assert_eq!(check(&dull, &[]), Err(WeakPassword::TooGuessable));
        assert_eq!(check(&format!("{dull}tQ9#mz2w"), &[]), Ok(()));
        assert_eq!(check(&format!("tQ9#mz2w{dull}"), &[]), Ok(()));
    }

    #[test]
    fn a_password_made_of_a_known_name_is_refused() {
        for password in [
            "unisono2026",
            "Unisono!",
            "UNISONOunisono",
            "2026onosinu",
            "unisonounisono2026",
        ] {
            assert_eq!(
                check(password, &[]),
                Err(WeakPassword::NamesYou),
                "{password}"
            );
        }
        let context = ["ada.lovelace@engine.example", "Countess Ada"];
        for password in [
            "lovelace1815",
            "Lovelace-Engine",
            "countess!",
            "ada.lovelace@engine.example1",
        ] {
            assert_eq!(
                check(password, &context),
                Err(WeakPassword::NamesYou),
                "{password}"
            );
        }
    }

    #[test]
    fn a_known_name_inside_a_long_password_is_fine() {
        let context = ["ada.lovelace@engine.example"];
        assert_eq!(check("lovelace wove numbers on a loom", &context), Ok(()));
        assert_eq!(check("unisono plays while it rains", &[]), Ok(()));
    }

    #[test]
    fn any_letters_will_do_and_no_mixture_is_asked_for() {
        for password in [
            "correct horse battery staple",
            "дождь стучит по крыше",
            "مطر على سقف البيت",
            "🎧🎻🥁🎷🎺🪕🎹🪗",
        ] {
            assert_eq!(check(password, &[]), Ok(()), "{password}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_password_has_an_answer(password in "\\PC{0,40}", name in "\\PC{0,12}") {
            let _ = check(&password, &[&name]);
        }
    }
}
