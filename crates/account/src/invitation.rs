//! Who may make an account, and what lets somebody in where only the invited may.
//!
//! An invitation holds no address: it is signed for one, so that it fits whoever types that address, and nothing about
//! them is kept before they prove it.

use std::time::Duration;

use base::{Entropy, Secret, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{EmailAddress, SpentProof};

/// How long an invitation is good for.
pub const INVITATION_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

const ENDS_BYTES: usize = 8;
const NONCE_BYTES: usize = 16;
const SIGNED_BYTES: usize = ENDS_BYTES + NONCE_BYTES;
const SIGNATURE_BYTES: usize = 32;

/// Who may make an account here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegistrationRule {
    /// Everybody.
    #[default]
    Open,
    /// Whoever has an invitation of the operator's.
    Invited,
    /// Nobody: only those that there are can sign in.
    Closed,
}

/// Why an invitation does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadInvitation {
    /// It is none of this server's, or for another address.
    #[error("not an invitation of this server for this address")]
    Foreign,
    /// It was one, and is too old.
    #[error("the invitation has expired")]
    Expired,
}

/// What signs invitations.
#[derive(Clone, Debug)]
pub struct InvitationKey(Secret<[u8; 32]>);

impl InvitationKey {
    /// The key that every node makes of the same secret.
    #[must_use]
    pub const fn new(secret: Secret<[u8; 32]>) -> Self {
        Self(secret)
    }

    /// An invitation for whoever has this address, as it stands in a link.
    #[must_use]
    pub fn invite(
        &self,
        email: &EmailAddress,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Secret<String> {
        let ends_s = now.after(INVITATION_LIFE).unix_s();
        let mut bytes = ends_s.to_be_bytes().to_vec();
        bytes.extend(entropy.bytes16());
        let signature = self.signing(&bytes, email).finalize().into_bytes();
        bytes.extend(signature);
        Secret::new(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads an invitation that somebody with this address brings. What counts must be remembered, so that it counts once.
    pub fn check(
        &self,
        text: &Secret<String>,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<SpentProof, BadInvitation> {
        let bytes = URL_SAFE_NO_PAD.decode(text.expose());
        let bytes = bytes.map_err(|_| BadInvitation::Foreign)?;
        if bytes.len() != SIGNED_BYTES + SIGNATURE_BYTES {
            return Err(BadInvitation::Foreign);
        }
        let (signed, signature) = bytes.split_at(SIGNED_BYTES);
        self.signing(signed, email)
            .verify_slice(signature)
            .map_err(|_| BadInvitation::Foreign)?;
        let mut ends_s = [0; ENDS_BYTES];
        ends_s.copy_from_slice(&signed[..ENDS_BYTES]);
        let ends_s = i64::from_be_bytes(ends_s);
        if ends_s <= now.unix_s() {
            return Err(BadInvitation::Expired);
        }
        Ok(SpentProof {
            hash: Sha256::new()
                .chain_update(b"unisono/1 invitation\0")
                .chain_update(signed)
                .finalize()
                .into(),
            ends: Timestamp::from_unix_ms(ends_s.saturating_mul(1_000)),
        })
    }

    fn signing(&self, signed: &[u8], email: &EmailAddress) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose())
            .expect("HMAC takes a key of any length");
        mac.update(b"unisono/1 invitation\0");
        // Of a fixed length, so that no address can pass for a part of it.
        mac.update(signed);
        mac.update(email.folded().as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use base::OsEntropy;

    use super::*;

    const DAY_S: i64 = 24 * 60 * 60;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1_000)
    }

    fn key(byte: u8) -> InvitationKey {
        InvitationKey::new(Secret::new([byte; 32]))
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn an_invitation_fits_its_address_however_it_is_typed_and_no_other() {
        let invitation = key(1).invite(&address("ada@example.org"), at(0), &OsEntropy);
        let check = |email: &str| key(1).check(&invitation, &address(email), at(60));
        let spent = check("ada@example.org").unwrap();
        assert_eq!(
            check("Ada@EXAMPLE.org"),
            Ok(spent),
            "the same, so it counts once"
        );
        for other in ["eve@example.org", "ada@example.com", "da@example.org"] {
            assert_eq!(check(other), Err(BadInvitation::Foreign), "{other}");
        }
        let by_other = key(2).check(&invitation, &address("ada@example.org"), at(60));
        assert_eq!(by_other, Err(BadInvitation::Foreign), "of another server");
    }

    #[test]
    fn an_invitation_lasts_seven_days() {
        let ada = address("ada@example.org");
        let invitation = key(1).invite(&ada, at(0), &OsEntropy);
        let spent = key(1).check(&invitation, &ada, at(7 * DAY_S - 1)).unwrap();
        assert_eq!(spent.ends, at(7 * DAY_S));
        let late = key(1).check(&invitation, &ada, at(7 * DAY_S));
        assert_eq!(late, Err(BadInvitation::Expired));
    }

    #[test]
    fn what_was_changed_anywhere_is_none_of_ours() {
        let ada = address("ada@example.org");
        let invitation = key(1).invite(&ada, at(0), &OsEntropy);
        let text = invitation.expose();
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = Secret::new(String::from_utf8(changed).unwrap());
            let checked = key(1).check(&changed, &ada, at(60));
            assert_eq!(checked, Err(BadInvitation::Foreign), "{place}");
        }
        for other in ["", "?", "AAAA", &format!("{text}AAAA"), &"A".repeat(10_000)] {
            let checked = key(1).check(&Secret::new((*other).to_owned()), &ada, at(60));
            assert_eq!(checked, Err(BadInvitation::Foreign), "{other:.20}");
        }
    }

    #[test]
    fn an_invitation_needs_no_escaping_and_says_nothing_of_the_address() {
        let ada = address("canary@example.org");
        let one = key(1).invite(&ada, at(0), &OsEntropy);
        let two = key(1).invite(&ada, at(0), &OsEntropy);
        assert_ne!(one, two);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        assert!(one.expose().len() == 75 && one.expose().bytes().all(is_plain));
        let bytes = URL_SAFE_NO_PAD.decode(one.expose()).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"canary"));
        let first = key(1).check(&one, &ada, at(0)).unwrap();
        assert_ne!(first.hash, key(1).check(&two, &ada, at(0)).unwrap().hash);
    }
}
