//! What waits for whoever runs an installation.

use base::Timestamp;
use privacy::Breach;

use crate::db::fetch_one;
use crate::{Store, StoreError};

/// Breaches that are looked through for those that wait: more than an installation writes down in its life.
const BREACHES_MAX: u32 = 1_000;

/// So much of one kind waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How much.
    pub count: u64,
    /// Since when the oldest of it does.
    pub since: Option<Timestamp>,
}

/// What waits for whoever runs an installation: how much, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InTray {
    /// Requests about data without an answer, since they were made.
    pub requests: Waiting,
    /// Breaches that the authority is still to be told of, since somebody became aware of them.
    pub breaches: Waiting,
    /// What authorities ask for and nobody has decided, since it was written down.
    pub legal_requests: Waiting,
    /// What people wrote and nobody has answered, since the thread was opened.
    pub threads: Waiting,
}

type Columns = (i64, Option<i64>);

fn waiting((count, since): Columns) -> Waiting {
    Waiting {
        count: count.unsigned_abs(),
        since: since.map(Timestamp::from_unix_ms),
    }
}

impl Store {
    /// What waits for whoever runs the installation.
    pub async fn in_tray(&self) -> Result<InTray, StoreError> {
        let requests = fetch_one!(
            self.db,
            Columns,
            "SELECT COUNT(*), MIN(asked_at) FROM requests WHERE answered_at IS NULL",
        )?;
        let mut breaches = self.untold_breaches(BREACHES_MAX).await?;
        breaches.retain(Breach::waits);
        let legal_requests = fetch_one!(
            self.db,
            Columns,
            "SELECT COUNT(*), MIN(recorded_at) FROM legal_requests WHERE released_at IS NULL AND refused_at IS NULL",
        )?;
        let threads = fetch_one!(
            self.db,
            Columns,
            "SELECT COUNT(*), MIN(opened_at) FROM support_threads WHERE closed_at IS NULL",
        )?;
        Ok(InTray {
            requests: waiting(requests),
            breaches: Waiting {
                count: breaches.len() as u64,
                since: breaches.iter().map(|breach| breach.aware_at).min(),
            },
            legal_requests: waiting(legal_requests),
            threads: waiting(threads),
        })
    }
}
