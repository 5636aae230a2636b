//! What opens a room: its password, or the host's device key.

use base::{AccountId, Secret};
use room::Principal;
use sha2::{Digest, Sha256};

use crate::turns::Turns;

/// Password checks that may run at once; the rest wait, so that the other threads stay free.
const CHECKS_AT_ONCE: usize = 2;

/// Hashes and checks room passwords with bcrypt, off the async threads.
pub(crate) struct Passwords {
    cost: u32,
    turns: Turns,
}

impl Passwords {
    pub(crate) fn new(cost: u32) -> Self {
        Self {
            cost,
            turns: Turns::new(CHECKS_AT_ONCE),
        }
    }

    /// The hash to store.
    pub(crate) async fn hash(&self, password: Secret<String>) -> String {
        let cost = self.cost;
        self.run(move || bcrypt::hash(password.expose(), cost))
            .await
            .expect("the cost is in range and the length was checked when the message was read")
    }

    /// Whether `password` fits `hash`. Without a hash it takes as long and says no.
    pub(crate) async fn fits(&self, password: Secret<String>, hash: Option<String>) -> bool {
        let cost = self.cost;
        self.run(move || match hash {
            Some(hash) => bcrypt::verify(password.expose(), &hash),
            None => bcrypt::hash(password.expose(), cost).map(|_| false),
        })
        .await
        .unwrap_or(false)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let ran = self.turns.run(work).await;
        ran.expect("bcrypt does not panic")
    }
}

/// What is stored of a device key. It holds 128 random bits, so a plain digest gives nothing away.
pub(crate) fn device_key_hash(key: &Secret<String>) -> Secret<[u8; 32]> {
    Secret::new(Sha256::digest(key.expose().as_bytes()).into())
}

/// Who a device is in rooms. Another digest than [`device_key_hash`], so that the two cannot be matched in the store.
pub(crate) fn person_of_device(key: &Secret<String>) -> Principal {
    let digest = Sha256::new()
        .chain_update(b"unisono/1 person\0")
        .chain_update(key.expose().as_bytes());
    Principal(digest.finalize().into())
}

/// Who a member is in rooms with a queue.
pub(crate) fn person_of_account(account: AccountId) -> Principal {
    let digest = Sha256::new()
        .chain_update(b"unisono/1 account\0")
        .chain_update(account.to_string().as_bytes());
    Principal(digest.finalize().into())
}
