//! How often one member may ask for what is costly: slow hashes here, or what the payment service allows all together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::{AccountId, Rate, Throttle, Timestamp};

/// Passwords that one member gives saved rooms: each is hashed slowly.
const PASSWORDS: Rate = Rate::per(10, Duration::from_secs(60));
/// Steps of buying and managing that one member takes: each may ask the payment service several times.
const STEPS: Rate = Rate::per(20, Duration::from_secs(60));
/// Members whose haste is remembered, of each kind.
const MEMBERS_MAX: usize = 10_000;

/// Who asked how often of late, in the memory of one node.
pub(crate) struct Pace {
    passwords: Mutex<Throttle<AccountId>>,
    steps: Mutex<Throttle<AccountId>>,
}

impl Default for Pace {
    fn default() -> Self {
        let throttle = |rate| Mutex::new(Throttle::new(rate, MEMBERS_MAX));
        Self {
            passwords: throttle(PASSWORDS),
            steps: throttle(STEPS),
        }
    }
}

impl Pace {
    /// Counts a password that is to be hashed, or says how long to wait.
    pub(super) fn take_password(&self, account: AccountId, now: Timestamp) -> Result<(), Duration> {
        take(&self.passwords, account, now)
    }

    /// Counts a step for which the payment service is asked, or says how long to wait.
    pub(super) fn take_step(&self, account: AccountId, now: Timestamp) -> Result<(), Duration> {
        take(&self.steps, account, now)
    }
}

fn take(
    throttle: &Mutex<Throttle<AccountId>>,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Duration> {
    let mut throttle = throttle.lock().unwrap_or_else(PoisonError::into_inner);
    throttle.take(account, now)
}
