//! Credentials that expire by themselves: `expiry:name`, and a password anyone with the secret can derive.
//!
//! The scheme is the one that coturn knows as `use-auth-secret`, so coturn can stand beside us.

use std::time::Duration;

use base::{Entropy, Secret, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::stun::{LongTermKey, hmac_sha1};

/// What a member needs to use the relay.
#[derive(Clone, Debug)]
pub struct Issued {
    /// `expiry:name`, where expiry is in Unix seconds.
    pub username: String,
    /// The password that belongs to it.
    pub password: Secret<String>,
}

/// A username that cannot be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadUsername {
    /// It is not `expiry:name`.
    #[error("malformed username")]
    Malformed,
    /// Its time is over.
    #[error("expired username")]
    Expired,
}

/// Issues and checks credentials under one secret.
#[derive(Clone, Debug)]
pub struct Credentials {
    secret: Secret<Vec<u8>>,
    life: Duration,
}

impl Credentials {
    /// How long a credential is good for unless told otherwise.
    pub const LIFE: Duration = Duration::from_secs(12 * 60 * 60);

    /// Credentials under `secret`, which coturn must share if it serves the same rooms.
    #[must_use]
    pub const fn new(secret: Secret<Vec<u8>>) -> Self {
        Self {
            secret,
            life: Self::LIFE,
        }
    }

    /// The same with another `life`.
    #[must_use]
    pub fn with_life(self, life: Duration) -> Self {
        Self { life, ..self }
    }

    /// The credential of `name` from `now` on.
    #[must_use]
    pub fn issue(&self, name: &str, now: Timestamp) -> Issued {
        let username = format!("{}:{name}", now.after(self.life).unix_s());
        let password = Secret::new(self.password(&username));
        Issued { username, password }
    }

    /// The name inside `username`, if it is still good.
    pub(crate) fn name(username: &str, now: Timestamp) -> Result<&str, BadUsername> {
        let (expiry, name) = username.split_once(':').ok_or(BadUsername::Malformed)?;
        let digits_only = expiry.bytes().all(|byte| byte.is_ascii_digit());
        let expiry_s: i64 = expiry.parse().map_err(|_| BadUsername::Malformed)?;
        if !digits_only || name.is_empty() {
            return Err(BadUsername::Malformed);
        }
        if expiry_s <= now.unix_s() {
            return Err(BadUsername::Expired);
        }
        Ok(name)
    }

    /// What `username` signs its messages with.
    pub(crate) fn key(&self, username: &str, realm: &str) -> LongTermKey {
        LongTermKey::new(username, realm, &self.password(username))
    }

    fn password(&self, username: &str) -> String {
        STANDARD.encode(hmac_sha1(self.secret.expose(), &[username.as_bytes()]))
    }
}

/// A random name for a credential: 128 bits, tied to no account.
#[must_use]
pub fn new_name(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(entropy.bytes16())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1000)
    }

    #[test]
    fn a_credential_holds_its_name_until_it_expires() {
        let issued = Credentials::new(Secret::new(b"secret".to_vec())).issue("name", at(1_000));
        assert_eq!(issued.username, "44200:name");
        assert_eq!(Credentials::name(&issued.username, at(44_199)), Ok("name"));
        assert_eq!(
            Credentials::name(&issued.username, at(44_200)),
            Err(BadUsername::Expired)
        );
    }

    /// Made with `printf 44200:name | openssl dgst -sha1 -hmac secret -binary | base64`.
    #[test]
    fn the_password_is_the_one_coturn_derives() {
        let issued = Credentials::new(Secret::new(b"secret".to_vec())).issue("name", at(1_000));
        assert_eq!(issued.password.expose(), "c/WUEVPa7Hv2aHBdh86wX0aDxQA=");
    }

    #[test]
    fn usernames_of_another_shape_are_malformed() {
        for username in ["", ":", "name", "99:", "+99:name", "-1:name", "9x:name"] {
            assert_eq!(
                Credentials::name(username, at(0)),
                Err(BadUsername::Malformed),
                "{username}"
            );
        }
    }

    #[test]
    fn names_are_random_and_fit_a_username() {
        let (one, other) = (new_name(&base::OsEntropy), new_name(&base::OsEntropy));
        assert_ne!(one, other);
        assert_eq!(one.len(), 22);
        assert!(!one.contains(':'));
    }
}
