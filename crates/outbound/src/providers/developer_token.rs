//! Apple's developer token: ready-made, or signed here with the operator's key (ES256, RFC 7518, section 3.4).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::{Secret, Timestamp};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

use crate::Failure;
use crate::settings::AppleMusicSettings;

/// How long a token made here is good. Six months are allowed.
const LIFE: Duration = Duration::from_secs(3_600);
/// A token is replaced so long before its end.
const MARGIN: Duration = Duration::from_secs(300);

pub(super) enum DeveloperToken {
    Ready(Secret<String>),
    Signed(Box<Signer>),
}

pub(super) struct Signer {
    team: String,
    key_id: String,
    key: EcdsaKeyPair,
    random: SystemRandom,
    last: Mutex<Option<(Secret<String>, Timestamp)>>,
}

impl DeveloperToken {
    /// Nothing when the settings hold neither a token nor a usable key.
    pub(super) fn new(settings: &AppleMusicSettings) -> Option<Self> {
        if let Some(ready) = &settings.developer_token {
            return Some(Self::Ready(ready.clone()));
        }
        let random = SystemRandom::new();
        let der = pem(settings.private_key.as_ref()?.expose())?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der, &random).ok()?;
        Some(Self::Signed(Box::new(Signer {
            team: settings.team_id.clone()?,
            key_id: settings.key_id.clone()?,
            key,
            random,
            last: Mutex::new(None),
        })))
    }

    /// A token that is good at `now`.
    pub(super) fn at(&self, now: Timestamp) -> Result<Secret<String>, Failure> {
        match self {
            Self::Ready(token) => Ok(token.clone()),
            Self::Signed(signer) => signer.token(now),
        }
    }
}

impl Signer {
    fn token(&self, now: Timestamp) -> Result<Secret<String>, Failure> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((token, until)) = last
            .as_ref()
            .filter(|(_, until)| *until > now.after(MARGIN))
        {
            debug_assert!(*until > now);
            return Ok(token.clone());
        }
        let until = now.after(LIFE);
        let header = serde_json::json!({"alg": "ES256", "kid": self.key_id});
        let claims =
            serde_json::json!({"iss": self.team, "iat": now.unix_s(), "exp": until.unix_s()});
        let encode = |json: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", encode(header), encode(claims));
        // Signing fails only when the machine has no randomness.
        let signature = self
            .key
            .sign(&self.random, signed.as_bytes())
            .map_err(|_| Failure::Off)?;
        let token = Secret::new(format!(
            "{signed}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref())
        ));
        *last = Some((token.clone(), until));
        Ok(token)
    }
}

/// The bytes between the lines of a PEM file; line breaks may have become spaces in the environment.
fn pem(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let body: String = body.replace("\\n", "").split_whitespace().collect();
    BASE64_STANDARD.decode(body).ok()
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, KeyPair, UnparsedPublicKey};

    use super::*;

    fn settings() -> AppleMusicSettings {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .unwrap();
        let body = BASE64_STANDARD.encode(document.as_ref());
        AppleMusicSettings {
            team_id: Some("TEAM".to_owned()),
            key_id: Some("KEY".to_owned()),
            private_key: Some(Secret::new(format!(
                "-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"
            ))),
            ..AppleMusicSettings::default()
        }
    }

    #[test]
    fn a_token_is_signed_for_an_hour_and_used_again_until_shortly_before_its_end() {
        let token = DeveloperToken::new(&settings()).unwrap();
        let now = Timestamp::from_unix_ms(1_700_000_000_000);
        let first = token.at(now).unwrap();
        let parts: Vec<&str> = first.expose().split('.').collect();
        let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap();
        assert_eq!(decode(parts[0]), br#"{"alg":"ES256","kid":"KEY"}"#);
        assert_eq!(
            decode(parts[1]),
            br#"{"exp":1700003600,"iat":1700000000,"iss":"TEAM"}"#
        );
        let DeveloperToken::Signed(signer) = &token else {
            panic!("it was to be signed");
        };
        let public =
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, signer.key.public_key().as_ref());
        public
            .verify(
                format!("{}.{}", parts[0], parts[1]).as_bytes(),
                &decode(parts[2]),
            )
            .unwrap();
        assert!(token.at(now.after(Duration::from_secs(3_000))).unwrap() == first);
        assert!(token.at(now.after(Duration::from_secs(3_400))).unwrap() != first);
    }

    #[test]
    fn a_key_of_another_form_is_no_key() {
        for wrong in [
            "",
            "key",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        ] {
            let private_key = Some(Secret::new(wrong.to_owned()));
            let settings = AppleMusicSettings {
                private_key,
                ..settings()
            };
            assert!(DeveloperToken::new(&settings).is_none(), "{wrong}");
        }
    }
}
