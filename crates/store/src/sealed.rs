//! Sealing: what a copy of the database must not give away is encrypted under a key that lies elsewhere.
//!
//! ChaCha20-Poly1305 (RFC 8439). Each row has a key of its own, made from the installation's, so that nonces drawn at
//! random can meet only among versions of the same row.

use std::sync::Arc;

use base::{Entropy, OsEntropy, Secret};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

use crate::StoreError;

/// The first byte of what is sealed: how.
const FORM: u8 = 1;

/// Where something sealed lies: it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// `table.column`.
    pub(crate) column: &'static str,
    /// The row's own name.
    pub(crate) row: &'a str,
}

impl Place<'_> {
    fn text(self) -> String {
        format!("{}:{}", self.column, self.row)
    }
}

/// Seals and opens.
#[derive(Clone)]
pub(crate) struct Sealer(Option<Arc<hmac::Key>>);

impl Sealer {
    pub(crate) fn new(key: Option<&Secret<[u8; 32]>>) -> Self {
        Self(key.map(|key| Arc::new(hmac::Key::new(hmac::HMAC_SHA256, key.expose()))))
    }

    /// Tells two keys apart without telling either.
    pub(crate) fn fingerprint(&self) -> Option<Secret<[u8; 32]>> {
        let key = self.0.as_deref()?;
        Some(Secret::new(derived(key, "unisono/1 sealing key")))
    }

    pub(crate) fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE_LEN];
        OsEntropy.fill(&mut nonce);
        let (key, place) = (self.key_of(place)?, place.text());
        let mut text = plain.to_vec();
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place),
            &mut text,
        )
        .map_err(|_| StoreError::Other("a value is too long to seal".to_owned()))?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
        sealed.push(FORM);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut text);
        Ok(sealed)
    }

    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::Corrupt(format!("{} can't be opened", place.column));
        let key = self.key_of(place)?;
        let rest = sealed.strip_prefix(&[FORM]).ok_or_else(damaged)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or_else(damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut text = text.to_vec();
        let plain = key
            .open_in_place(nonce, Aad::from(place.text()), &mut text)
            .map_err(|_| damaged())?;
        Ok(plain.to_vec())
    }

    fn key_of(&self, place: Place<'_>) -> Result<LessSafeKey, StoreError> {
        let key = self.0.as_deref().ok_or(StoreError::NoSealingKey)?;
        let of_row = derived(key, &place.text());
        let of_row = UnboundKey::new(&CHACHA20_POLY1305, &of_row)
            .expect("HMAC-SHA-256 gives the 32 bytes that the cipher takes");
        Ok(LessSafeKey::new(of_row))
    }
}

fn derived(key: &hmac::Key, what: &str) -> [u8; 32] {
    let tag = hmac::sign(key, what.as_bytes());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<'static> = Place {
        column: "mails.sealed_letter",
        row: "e_1",
    };

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(Some(&Secret::new([byte; 32])))
    }

    #[test]
    fn what_is_sealed_opens_at_its_place_alone() {
        let sealed = sealer(1).seal(HERE, b"canary").unwrap();
        assert_eq!(sealer(1).open(HERE, &sealed).unwrap(), b"canary");
        let elsewhere = [
            Place { row: "e_2", ..HERE },
            Place {
                column: "tickets.sealed_state",
                ..HERE
            },
        ];
        for place in elsewhere {
            assert!(sealer(1).open(place, &sealed).is_err(), "{place:?}");
        }
        assert!(sealer(2).open(HERE, &sealed).is_err());
    }

    #[test]
    fn sealed_bytes_show_nothing_and_never_repeat() {
        let sealed = sealer(1).seal(HERE, b"canary").unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"canary"));
        assert_ne!(sealed, sealer(1).seal(HERE, b"canary").unwrap());
    }

    #[test]
    fn a_changed_byte_is_noticed_wherever_it_is() {
        let sealed = sealer(1).seal(HERE, b"canary").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(sealer(1).open(HERE, &changed).is_err(), "byte {index}");
            assert!(sealer(1).open(HERE, &sealed[..index]).is_err(), "{index}");
        }
    }

    #[test]
    fn without_a_key_nothing_is_sealed() {
        let none = Sealer::new(None);
        assert!(matches!(
            none.seal(HERE, b""),
            Err(StoreError::NoSealingKey)
        ));
        assert!(none.fingerprint().is_none());
    }

    #[test]
    fn fingerprints_tell_keys_apart() {
        assert_eq!(sealer(1).fingerprint(), sealer(1).fingerprint());
        assert_ne!(sealer(1).fingerprint(), sealer(2).fingerprint());
    }
}
