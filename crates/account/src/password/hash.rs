//! What is kept of a password: bcrypt, and for what bcrypt would cut off, bcrypt over a keyed digest.

use base::Secret;
use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// bcrypt reads no more of a password.
const BCRYPT_BYTES_MAX: usize = 72;
const PLAIN_PREFIX: &str = "$2b$";
const DIGESTED_PREFIX: &str = "$bcrypt-sha256$v=2,t=2b,r=";
/// Salts are written in 22 letters, digests in 31.
const SALT_LETTERS: usize = 22;
const DIGEST_LETTERS: usize = 31;
const LETTERS: GeneralPurpose = GeneralPurpose::new(&BCRYPT, NO_PAD);

/// Text that is no password hash of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a password hash")]
pub struct BadPasswordHash;

/// What is kept of a password: `$2b$12$...` up to 72 bytes, beyond it `$bcrypt-sha256$v=2,t=2b,r=12$...`, the
/// published format of Python's passlib: bcrypt over the HMAC-SHA-256, in base64, that is keyed by the salt's text.
#[derive(Clone, Debug)]
pub struct PasswordHash {
    text: Secret<String>,
    scheme: Scheme,
    cost: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Plain,
    Digested,
}

impl Scheme {
    /// A zero byte ends or repeats a password inside bcrypt, so such a password is digested as well.
    fn of(password: &str) -> Self {
        if password.len() > BCRYPT_BYTES_MAX || password.contains('\0') {
            Self::Digested
        } else {
            Self::Plain
        }
    }
}

impl PasswordHash {
    /// bcrypt knows no lower cost.
    pub const COST_MIN: u32 = 4;
    /// A check at this cost takes about twenty seconds.
    pub const COST_MAX: u32 = 16;

    /// The hash to keep of `password`. A cost out of bounds is taken as the nearest within.
    #[must_use]
    pub fn make(password: &Secret<String>, cost: u32, salt: [u8; 16]) -> Self {
        let cost = cost.clamp(Self::COST_MIN, Self::COST_MAX);
        let password = password.expose();
        let scheme = Scheme::of(password);
        let salt_text = LETTERS.encode(salt);
        let input = match scheme {
            Scheme::Plain => password.clone(),
            Scheme::Digested => digested(password, &salt_text),
        };
        let parts = bcrypt::hash_with_salt(input, cost, salt).expect("the cost is within bounds");
        let plain = parts.to_string();
        let text = match scheme {
            Scheme::Plain => plain,
            Scheme::Digested => {
                let (_, digest) = plain.split_at(plain.len() - DIGEST_LETTERS);
                format!("{DIGESTED_PREFIX}{cost}${salt_text}${digest}")
            }
        };
        Self {
            text: Secret::new(text),
            scheme,
            cost,
        }
    }

    /// A hash that was kept.
    pub fn read(text: String) -> Result<Self, BadPasswordHash> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix(PLAIN_PREFIX) {
            (Scheme::Plain, rest)
        } else {
            let rest = text.strip_prefix(DIGESTED_PREFIX).ok_or(BadPasswordHash)?;
            (Scheme::Digested, rest)
        };
        let (cost, rest) = rest.split_once('$').ok_or(BadPasswordHash)?;
        let cost: u32 = cost.parse().map_err(|_| BadPasswordHash)?;
        let (salt, digest) = match scheme {
            Scheme::Plain => rest.split_at_checked(SALT_LETTERS),
            Scheme::Digested => rest.split_once('$'),
        }
        .ok_or(BadPasswordHash)?;
        let is_written_well =
            |text: &str, letters| text.len() == letters && LETTERS.decode(text).is_ok();
        if !(Self::COST_MIN..=Self::COST_MAX).contains(&cost)
            || !is_written_well(salt, SALT_LETTERS)
            || !is_written_well(digest, DIGEST_LETTERS)
        {
            return Err(BadPasswordHash);
        }
        Ok(Self {
            text: Secret::new(text),
            scheme,
            cost,
        })
    }

    /// As kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.expose()
    }

    /// Whether this was made of `password`. Takes equally long whatever the password and the answer.
    #[must_use]
    pub fn verify(&self, password: &Secret<String>) -> bool {
        let password = password.expose();
        let text = self.as_str();
        let (_, digest) = text.split_at(text.len() - DIGEST_LETTERS);
        let (before, _) = text
            .split_at(text.len() - DIGEST_LETTERS - usize::from(self.scheme == Scheme::Digested));
        let (_, salt) = before.split_at(before.len() - SALT_LETTERS);
        let plain = format!("{PLAIN_PREFIX}{:02}${salt}{digest}", self.cost);
        let own = Scheme::of(password);
        let input = match (self.scheme, own) {
            (Scheme::Plain, Scheme::Plain) => password.clone(),
            _ => digested(password, salt),
        };
        let fits = bcrypt::verify(input, &plain).unwrap_or(false);
        // What bcrypt would have cut off never fits a hash that was made without a digest.
        fits && !(self.scheme == Scheme::Plain && own == Scheme::Digested)
    }

    /// What it was made at: one more is twice the work.
    #[must_use]
    pub const fn cost(&self) -> u32 {
        self.cost
    }

    /// Whether it should be made anew at the next sign-in: it was made at another cost.
    #[must_use]
    pub const fn is_outdated(&self, cost: u32) -> bool {
        self.cost != cost
    }

    /// A hash that no password fits, to check against where there is no account: it takes as long.
    #[must_use]
    pub fn dummy(cost: u32) -> Self {
        let cost = cost.clamp(Self::COST_MIN, Self::COST_MAX);
        let (salt, digest) = (".".repeat(SALT_LETTERS), ".".repeat(DIGEST_LETTERS));
        Self {
            text: Secret::new(format!("{PLAIN_PREFIX}{cost:02}${salt}{digest}")),
            scheme: Scheme::Plain,
            cost,
        }
    }
}

fn digested(password: &str, salt: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(salt.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(password.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests show which hash is made, not how slow it is; one below pays the real cost.
    const COST: u32 = PasswordHash::COST_MIN;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    fn made(text: &str) -> PasswordHash {
        PasswordHash::make(&secret(text), COST, [7; 16])
    }

    fn fits(hash: &PasswordHash, text: &str) -> bool {
        let kept = PasswordHash::read(hash.as_str().to_owned()).unwrap();
        kept.verify(&secret(text))
    }

    /// Promise S43.
    #[test]
    fn the_default_is_bcrypt_at_cost_12_in_its_common_form() {
        let hash = PasswordHash::make(&secret("дождь стучит"), 12, [7; 16]);
        assert!(hash.as_str().starts_with("$2b$12$") && hash.as_str().len() == 60);
        assert!(fits(&hash, "дождь стучит"));
        assert!(!hash.is_outdated(12) && hash.is_outdated(13));
    }

    /// Made with passlib 1.7.4: `bcrypt_sha256.using(salt="LQv3c1yqBWVHxkd0LHAkCO", rounds=..., ident="2b").hash(...)`
    /// and the same of `bcrypt`.
    #[test]
    fn hashes_are_those_of_the_published_formats() {
        let long = format!("{}y{}", "x".repeat(89), "x".repeat(10));
        for (password, hash) in [
            (
                long,
                "$bcrypt-sha256$v=2,t=2b,r=4$LQv3c1yqBWVHxkd0LHAkCO$u3S4PHxwyi2WJCdoh.AOXK38RfvtU2C",
            ),
            (
                "Ёлка ".repeat(20),
                "$bcrypt-sha256$v=2,t=2b,r=5$LQv3c1yqBWVHxkd0LHAkCO$UAjQgRmPyQDqdr4qXb207gHtLH6vNey",
            ),
            (
                "correct horse".to_owned(),
                "$2b$04$LQv3c1yqBWVHxkd0LHAkCOj/Sn8/OmmFdoMGJ0RtjtThTQjDdcHr6",
            ),
        ] {
            let salt = LETTERS.decode("LQv3c1yqBWVHxkd0LHAkCO").unwrap();
            let kept = PasswordHash::read(hash.to_owned()).unwrap();
            assert!(kept.verify(&secret(&password)), "{hash}");
            let made = PasswordHash::make(&secret(&password), kept.cost, salt.try_into().unwrap());
            assert_eq!(made.as_str(), hash);
        }
    }

    #[test]
    fn two_long_passwords_that_differ_at_the_90th_letter_are_told_apart() {
        let one = "x".repeat(100);
        let other = format!("{}y{}", "x".repeat(89), "x".repeat(10));
        let hash = made(&one);
        assert!(hash.as_str().starts_with("$bcrypt-sha256$v=2,t=2b,r=4$"));
        assert!(fits(&hash, &one));
        assert!(!fits(&hash, &other));
        assert!(!fits(&hash, &one[..99]));
    }

    #[test]
    fn nothing_is_cut_at_the_border_of_72_bytes() {
        let at = "b".repeat(72);
        let beyond = "b".repeat(73);
        assert!(fits(&made(&at), &at) && !fits(&made(&at), &beyond));
        assert!(fits(&made(&beyond), &beyond) && !fits(&made(&beyond), &at));
    }

    #[test]
    fn a_zero_byte_neither_ends_nor_repeats_a_password() {
        assert!(!fits(&made("echo"), "echo\0echo"));
        assert!(!fits(&made("echo\0echo"), "echo"));
        assert!(!fits(&made("echo\0one"), "echo\0two"));
        assert!(fits(&made("echo\0one"), "echo\0one"));
    }

    #[test]
    fn a_dummy_takes_every_password_and_fits_none() {
        let dummy = PasswordHash::dummy(COST);
        assert!(!fits(&dummy, "") && !fits(&dummy, "password") && !fits(&dummy, &"x".repeat(100)));
    }

    #[test]
    fn text_that_is_no_hash_of_ours_is_refused() {
        let plain = made("one").as_str().to_owned();
        let digested = made(&"x".repeat(80)).as_str().to_owned();
        let bad = [
            String::new(),
            "password".to_owned(),
            plain.replace("$2b$", "$2a$"),
            plain.replace("$04$", "$31$"),
            plain.replace("$04$", "$$"),
            plain[..59].to_owned(),
            format!("{plain}."),
            format!("{}é", &plain[..58]),
            digested.replace("v=2", "v=1"),
            digested.replace("r=4", "r=-4"),
            digested[..digested.len() - 1].to_owned(),
        ];
        for text in bad {
            assert_eq!(
                PasswordHash::read(text.clone()).err(),
                Some(BadPasswordHash),
                "{text}"
            );
        }
    }

    #[test]
    fn a_hash_never_prints() {
        assert!(!format!("{:?}", made("one")).contains("$2b$"));
    }
}
