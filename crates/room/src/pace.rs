//! How fast one person may say things.

use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

/// `burst` at once, then one each `every_ms`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pacing {
    pub burst: i64,
    pub every_ms: i64,
}

/// How much of a pacing is used (the generic cell rate algorithm): when all of it is free again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Pace(pub Timestamp);

impl Pace {
    /// Takes one, or says how long to wait for it.
    pub(crate) fn take(&mut self, pacing: Pacing, now: Timestamp) -> Result<(), Duration> {
        let ahead_ms = (self.0.unix_ms() - now.unix_ms()).max(0);
        let wait_ms = ahead_ms - (pacing.burst - 1) * pacing.every_ms;
        if let Ok(wait_ms @ 1..) = u64::try_from(wait_ms) {
            return Err(Duration::from_millis(wait_ms));
        }
        self.0 = Timestamp::from_unix_ms(now.unix_ms() + ahead_ms + pacing.every_ms);
        Ok(())
    }
}
