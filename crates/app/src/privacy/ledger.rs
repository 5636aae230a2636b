//! What the ledger of erasures keeps of somebody: a digest that only whoever has the name can ask about.

use base::{Entropy, Secret};
use hmac::{Hmac, KeyInit, Mac};
use privacy::Subject;
use sha2::Sha256;
use store::{Store, StoreError};

use crate::App;

/// Name of the key in the store under which the ledger keeps digests.
const KEY_NAME: &str = "erasure-ledger";

/// The key of the ledger, made where there is none. A backup must hold it: by another key nobody would be found again.
pub async fn ledger_key(
    store: &Store,
    entropy: &dyn Entropy,
) -> Result<Secret<[u8; 32]>, StoreError> {
    let fresh = Secret::new(entropy.bytes32());
    store.node_secret(KEY_NAME, fresh).await
}

/// What the ledger in `store` keeps of `subject`.
pub async fn ledger_digest(
    store: &Store,
    subject: &Subject,
    entropy: &dyn Entropy,
) -> Result<[u8; 32], StoreError> {
    let key = ledger_key(store, entropy).await?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.expose()).expect("HMAC takes a key of any length");
    mac.update(b"unisono/1 erased\0");
    mac.update(&subject.distinction());
    Ok(mac.finalize().into_bytes().into())
}

impl App {
    /// What the ledger keeps of `subject`.
    pub(super) async fn ledger_digest(&self, subject: &Subject) -> Result<[u8; 32], StoreError> {
        ledger_digest(&self.inner.store, subject, self.entropy()).await
    }

    /// What the ledger keeps of each name of `subject` but the first.
    pub(super) async fn further_digests(
        &self,
        subject: &Subject,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut digests = Vec::new();
        for name in subject.apart().iter().skip(1) {
            digests.push(self.ledger_digest(name).await?);
        }
        Ok(digests)
    }

    /// The same of a guest, by whose names something is held: the ledger knows who was erased, not whoever invents keys.
    pub(super) async fn further_digests_of_guest(
        &self,
        subject: &Subject,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut digests = Vec::new();
        for name in subject.apart().iter().skip(1) {
            if !self.inner.store.counts_of(name).await?.is_empty() {
                digests.push(self.ledger_digest(name).await?);
            }
        }
        Ok(digests)
    }
}
