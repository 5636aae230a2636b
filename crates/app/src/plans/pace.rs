//! How often one member may ask for what is costly: slow hashes here, or what the payment service allows all together.

use std::time::Duration;

use base::{AccountId, Rate, SharedThrottle, Timestamp};

/// Passwords that one member gives saved rooms: each is hashed slowly.
const PASSWORDS: Rate = Rate::per(10, Duration::from_secs(60));
/// Steps of buying and managing that one member takes: each may ask the payment service several times.
const STEPS: Rate = Rate::per(20, Duration::from_secs(60));
/// Members whose haste is remembered, of each kind.
const MEMBERS_MAX: usize = 10_000;

/// Who asked how often of late, in the memory of one node.
pub(crate) struct Pace {
    passwords: SharedThrottle<AccountId>,
    steps: SharedThrottle<AccountId>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            passwords: SharedThrottle::new(PASSWORDS, MEMBERS_MAX),
            steps: SharedThrottle::new(STEPS, MEMBERS_MAX),
        }
    }
}

impl Pace {
    /// Counts a password that is to be hashed, or says how long to wait.
    pub(super) fn take_password(&self, account: AccountId, now: Timestamp) -> Result<(), Duration> {
        self.passwords.take(account, now)
    }

    /// Counts a step for which the payment service is asked, or says how long to wait.
    pub(super) fn take_step(&self, account: AccountId, now: Timestamp) -> Result<(), Duration> {
        self.steps.take(account, now)
    }
}
