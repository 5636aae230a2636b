//! How often one account does what is written down for its owner each time, so that nobody fills that list or a mailbox.

use std::time::Duration;

use base::{AccountId, Rate, SharedThrottle, Timestamp};

use super::AccountRefusal;

/// How often one account may do each of them.
const EACH: Rate = Rate::per(10, Duration::from_secs(60 * 60));
/// Accounts that are remembered, once for each of them.
const REMEMBERED_MAX: usize = 10_000;

/// What is written down each time. To take a restriction or a plan back is not among it: that comes once after each of them,
/// and nobody waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Written {
    CopyTaken,
    Restricted,
    ErasurePlanned,
}

/// Who did which of them how often.
pub(crate) struct Pace(SharedThrottle<(AccountId, Written)>);

impl Default for Pace {
    fn default() -> Self {
        Self(SharedThrottle::new(EACH, REMEMBERED_MAX))
    }
}

impl Pace {
    /// Counts one more, or says how long to wait.
    pub(crate) fn take(
        &self,
        account: AccountId,
        written: Written,
        now: Timestamp,
    ) -> Result<(), AccountRefusal> {
        let counted = self.0.take((account, written), now);
        counted.map_err(|wait| AccountRefusal::TooManyTries { wait })
    }
}
