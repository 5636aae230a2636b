//! Working off what waits in the database until its turn has come: in batches that nobody else gets meanwhile, and after
//! pauses that grow.

use std::future::Future;
use std::time::Duration;

use base::Timestamp;
use futures_util::StreamExt as _;
use futures_util::stream;
use store::StoreError;
use tokio::sync::Notify;

use crate::App;

/// How often is looked when nobody puts anything in.
pub(crate) const EVERY: Duration = Duration::from_secs(30);
/// Rows that are taken out at once.
pub(crate) const BATCH: u32 = 20;
/// Rows that are acted on at once.
const AT_ONCE: usize = 4;

/// Pauses between attempts that fail.
pub(crate) struct Pauses {
    /// After the first attempt.
    pub(crate) first: Duration,
    /// How many times longer each further one is.
    pub(crate) growth: u32,
    /// The longest.
    pub(crate) longest: Duration,
}

/// The pauses of what is kept for a week until somebody else takes it.
pub(crate) const FOR_A_WEEK: Pauses = Pauses {
    first: Duration::from_secs(60),
    growth: 4,
    longest: Duration::from_secs(12 * 60 * 60),
};
/// Attempts at such a row. With these pauses they take more than the week.
pub(crate) const ATTEMPTS_MAX: u32 = 24;

impl Pauses {
    /// When to try again after `attempts` that failed.
    pub(crate) fn next(&self, attempts: u32, now: Timestamp) -> Timestamp {
        let growth = self.growth.saturating_pow(attempts.saturating_sub(1));
        now.after(self.first.saturating_mul(growth).min(self.longest))
    }
}

/// Takes out what is due, a [`BATCH`] at most each time, and acts on each row, until nothing is left or the server stops.
pub(crate) async fn work_off<Row, Taking, Acting>(
    app: &App,
    take: impl Fn(Timestamp) -> Taking,
    act: impl Fn(Row) -> Acting,
) -> Result<(), StoreError>
where
    Taking: Future<Output = Result<Vec<Row>, StoreError>>,
    Acting: Future<Output = Result<(), StoreError>>,
{
    loop {
        let due = take(app.now()).await?;
        let count = due.len();
        let mut acting = stream::iter(due).map(&act).buffer_unordered(AT_ONCE);
        while let Some(acted) = acting.next().await {
            acted?;
        }
        if count < BATCH as usize || app.inner.stopping.is_cancelled() {
            return Ok(());
        }
    }
}

/// Waits until something was put in, or it is time to look; false when the server stops instead.
pub(crate) async fn next_look(app: &App, waits: &Notify) -> bool {
    tokio::select! {
        () = waits.notified() => true,
        () = app.inner.clock.until(app.now().after(EVERY)) => true,
        () = app.inner.stopping.cancelled() => false,
    }
}
