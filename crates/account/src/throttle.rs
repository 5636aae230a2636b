//! How often somebody may try, so that guessing does not pay and no owner is locked out by a stranger.
//!
//! A try counts when it begins, so that many at once count as many; a success gives it back.

mod act;
mod debts;

use std::time::Duration;

use base::{AccountId, Bucket, ClientKey, Entropy, Rate, Secret, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::EmailAddress;
use crate::proof_of_work::Difficulty;

pub use act::Act;
pub(crate) use debts::Debts;

/// Accounts and clients that are remembered; beyond it those that owe least are forgotten first.
const KEYS_MAX: usize = 50_000;
/// Tries of a whole node, beyond which everybody is asked for work: 600 at once, then 10 a second.
const NODE: Rate = Rate::per(600, Duration::from_secs(60));

/// Why a try may not be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hold {
    /// It may be made after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// It may be made with a proof of work.
    #[error("a proof of work is needed")]
    Work,
}

/// A stand-in for an address or an account, whether or not there is one: equal within one process, meaningless beyond.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey([u8; 16]);

/// What was tried of late, in the memory of one node.
pub struct Throttles {
    key: Secret<[u8; 32]>,
    accounts: Debts<(act::Family, AccountKey)>,
    clients: Debts<(act::Family, ClientKey)>,
    node: Bucket,
}

impl Throttles {
    /// Nothing was tried yet.
    #[must_use]
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self {
            key: Secret::new(entropy.bytes32()),
            accounts: Debts::new(KEYS_MAX),
            clients: Debts::new(KEYS_MAX),
            node: Bucket::default(),
        }
    }

    /// The key of an address.
    #[must_use]
    pub fn of_address(&self, address: &EmailAddress) -> AccountKey {
        self.key_of("address", &address.folded())
    }

    /// The key of an account.
    #[must_use]
    pub fn of_account(&self, account: AccountId) -> AccountKey {
        self.key_of("account", &account.to_string())
    }

    /// Counts a try of `client`, or says why it may not be made. `has_worked`: a proof of work came with it.
    ///
    /// A try that is refused costs nothing, so waiting always helps.
    pub fn may_try(
        &mut self,
        act: Act,
        client: ClientKey,
        has_worked: bool,
        now: Timestamp,
    ) -> Result<(), Hold> {
        let limits = act.limits();
        let account = act.account().zip(limits.account);
        let of_account = account.map_or(Duration::ZERO, |(key, rate)| {
            self.accounts.wait((act.family(), key), rate, now)
        });
        let of_client = self
            .clients
            .wait((act.family(), client), limits.client, now);
        let wait = of_account.max(of_client);
        if wait > Duration::ZERO {
            return Err(Hold::Wait(wait));
        }
        if !has_worked && self.needs_work(act, client, now) {
            return Err(Hold::Work);
        }
        if let Some((key, rate)) = account {
            self.accounts.take((act.family(), key), rate, now);
        }
        self.clients
            .take((act.family(), client), limits.client, now);
        // Full or not, it only says how hard the work is.
        let _ = self.node.take(NODE, now);
        Ok(())
    }

    /// Whether a try without a proof of work would be refused for the want of it.
    #[must_use]
    pub fn needs_work(&self, act: Act, client: ClientKey, now: Timestamp) -> bool {
        let limits = act.limits();
        let Some(free) = limits.free_of_work else {
            return false;
        };
        let of_account = act.account().zip(limits.account).map_or(0, |(key, rate)| {
            self.accounts.taken((act.family(), key), rate, now)
        });
        let of_client = self
            .clients
            .taken((act.family(), client), limits.client, now);
        of_account >= free.account || of_client >= free.client || self.is_pressed(now)
    }

    /// The try went well: what it cost comes back, and the account's failures are forgiven.
    pub fn count_success(&mut self, act: Act, client: ClientKey) {
        if act.is_forgiven()
            && let Some(key) = act.account()
        {
            self.accounts.forget((act.family(), key));
        }
        let rate = act.limits().client;
        self.clients.give_back((act.family(), client), rate);
        self.node.give_back(NODE);
    }

    /// How hard proofs of work should be now: twice `calm` once half of the node's allowance is used, four times once
    /// all of it is.
    #[must_use]
    pub fn difficulty(&self, calm: Difficulty, now: Timestamp) -> Difficulty {
        let full = NODE.every * NODE.burst;
        match self.node.debt(NODE, now) {
            debt if debt + NODE.every > full => calm.times(4),
            debt if debt > full / 2 => calm.times(2),
            _ => calm,
        }
    }

    fn is_pressed(&self, now: Timestamp) -> bool {
        self.node.wait(NODE, now) > Duration::ZERO
    }

    fn key_of(&self, kind: &str, name: &str) -> AccountKey {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose())
            .expect("HMAC takes a key of any length");
        for part in [kind, "\0", name] {
            mac.update(part.as_bytes());
        }
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        AccountKey(key)
    }
}

#[cfg(test)]
mod tests;
