//! Free sessions: whose, since when, and when the next may begin. Two moments are kept, and they go with the pause.

use std::sync::PoisonError;
use std::time::Duration;

use account::plans::{FreeLimits, FreeSession, Resting, Running};
use base::{ClientKey, Timestamp};
use protocol::{ErrorCode, Failure};
use store::{FreeSessionRow, Holder, StoreError};

use crate::App;

/// Tries while the same person begins elsewhere at the same moment.
const TRIES_MAX: u32 = 3;

/// Why a session does not begin.
pub(crate) enum NotBegun {
    /// Not before this moment.
    Resting(Resting),
    /// The store failed.
    Failed(StoreError),
}

impl From<StoreError> for NotBegun {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl App {
    /// What limits the sessions of `holder` now, if anything does.
    pub(crate) async fn limits_of(
        &self,
        holder: &Holder,
    ) -> Result<Option<FreeLimits>, StoreError> {
        let account = match holder {
            Holder::Account(account) => Some(*account),
            Holder::Guest(_) => None,
        };
        Ok(self.entitlements(account).await?.limits)
    }

    /// Where `holder` stands between one free session and the next.
    pub(crate) async fn free_session(&self, holder: &Holder) -> Result<FreeSession, StoreError> {
        let row = self.inner.store.free_session(holder).await?;
        Ok(row.map_or(FreeSession::Free, |row| self.read(row)))
    }

    fn read(&self, row: FreeSessionRow) -> FreeSession {
        FreeSession::read(row.ends_at, row.free_again_at, self.now())
    }

    /// Begins a free session of `holder`, or goes on with the one that runs. `client` is whoever wants it.
    pub(crate) async fn begin_free_session(
        &self,
        holder: &Holder,
        limits: FreeLimits,
        client: Option<ClientKey>,
    ) -> Result<Running, NotBegun> {
        for _ in 0..TRIES_MAX {
            let now = self.now();
            let state = self.free_session(holder).await?;
            let running = state.begin(limits, now).map_err(NotBegun::Resting)?;
            if matches!(state, FreeSession::Running(_)) {
                return Ok(running);
            }
            if let (Holder::Guest(_), Some(client)) = (holder, client) {
                self.count_newcomer(client, now)
                    .map_err(NotBegun::Resting)?;
            }
            let row = FreeSessionRow {
                ends_at: running.ends,
                free_again_at: running.free_again,
            };
            if self
                .inner
                .store
                .begin_free_session(holder, row, now)
                .await?
            {
                return Ok(running);
            }
        }
        Err(NotBegun::Failed(StoreError::Busy))
    }

    /// Guests who clear their storage are somebody new, but not of another network.
    fn count_newcomer(&self, client: ClientKey, now: Timestamp) -> Result<(), Resting> {
        let Some(newcomers) = &self.inner.plans.newcomers else {
            return Ok(());
        };
        let mut newcomers = newcomers.lock().unwrap_or_else(PoisonError::into_inner);
        newcomers.begin(client, now).map_err(|wait| Resting {
            free_again: now.after(wait),
        })
    }

    pub(crate) fn not_begun(&self, why: NotBegun) -> Failure {
        match why {
            NotBegun::Resting(resting) => resting_until(resting.free_again, self.now()),
            NotBegun::Failed(error) => self.failure(&error),
        }
    }
}

/// Whose session is over waits for the next.
pub(crate) fn resting_until(free_again: Timestamp, now: Timestamp) -> Failure {
    let message = "the free session is over; wait for the next, or ask for the plan without limits";
    Failure {
        retry_after_s: Some(seconds(free_again.since(now))),
        ..Failure::new(ErrorCode::Resting, message)
    }
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX)
}
