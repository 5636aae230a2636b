//! The operator's own collector of failures, by the protocol of Sentry, which GlitchTip speaks as well. It is told what
//! failed, when, and by which reference; nothing of whoever was there.
//!
//! Nobody waits for it, and nothing is sent twice: what it does not take is kept by this server in any case.

mod dsn;
mod envelope;
mod rest;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{Scrubbed, Secret, Timestamp};
use tokio::time::timeout;
use url::Url;

use crate::Failure;
use crate::breaker::Breaker;
use crate::budget::{Allowance, Budget};
use crate::http::{BodyLimit, Http, Reply, Request};
use crate::route::Routes;
use crate::settings::{BadErrorSettings, ErrorSettings};
use crate::wire::Wire;

pub(crate) use dsn::Dsn;

/// How the program names itself there.
const CLIENT: &str = concat!("unisono/", env!("CARGO_PKG_VERSION"));
/// How long one failure may take to be taken.
const WITHIN: Duration = Duration::from_secs(5);
/// How much of an answer is read: its words are not.
const BYTES_MAX: usize = 1_024;
/// More failures at once say nothing new.
const REQUESTS: Allowance = Allowance::per_second(5);

/// A failure, as the log tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureNote {
    /// The reference that a person may have been shown.
    pub reference: String,
    /// What the log says.
    pub what: Scrubbed,
    /// When it was.
    pub at: Timestamp,
}

/// Why the collector was not told of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTold {
    /// It failed a moment ago, or asked for rest.
    #[error("it is left alone for a while")]
    Resting,
    /// It could not be reached, or said nothing in time.
    #[error("it could not be reached, or did not answer in time")]
    Unreachable,
    /// It takes no failures for now.
    #[error("it takes no more for now")]
    TooMany,
    /// It does not know the key.
    #[error("it does not take the key in errors.dsn")]
    Key,
    /// It has no such place.
    #[error("it has no such project or path; copy errors.dsn from its settings once more")]
    Missing,
    /// It answered with an error of its own.
    #[error("it refused with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
}

/// How often the collector was told, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CollectorCounts {
    /// Failures that it took.
    pub told: u64,
    /// Failures that it did not, or that were too many to wait for it.
    pub lost: u64,
}

/// The way to the collector. Copies share its rest and counts.
#[derive(Clone)]
pub struct Collector {
    inner: Arc<Inner>,
}

struct Inner {
    http: Box<dyn Http>,
    /// Where envelopes go.
    address: Url,
    auth: Secret<String>,
    breaker: Mutex<Breaker>,
    budget: Mutex<Budget>,
    told: AtomicU64,
    lost: AtomicU64,
}

impl Collector {
    /// Opens the way to the collector that is set; nothing where none is. Nothing is sent yet.
    pub fn start(settings: &ErrorSettings) -> Result<Option<Self>, BadErrorSettings> {
        let Some(dsn) = settings.read()? else {
            return Ok(None);
        };
        let wire = Wire::new(Routes::only(dsn.envelope()), CLIENT.to_owned());
        Ok(Some(Self::over(Box::new(wire), &dsn)))
    }

    /// The same over any carrier.
    fn over(http: Box<dyn Http>, dsn: &Dsn) -> Self {
        let key = dsn.key().expose();
        let auth = format!("Sentry sentry_version=7, sentry_key={key}, sentry_client={CLIENT}");
        Self {
            inner: Arc::new(Inner {
                http,
                address: dsn.envelope(),
                auth: Secret::new(auth),
                breaker: Mutex::new(Breaker::NEW),
                budget: Mutex::new(Budget::new(REQUESTS)),
                told: AtomicU64::new(0),
                lost: AtomicU64::new(0),
            }),
        }
    }

    /// Tells it of one failure, at once or not at all. An error other than [`NotTold::Resting`] begins a rest.
    pub async fn tell(&self, note: &FailureNote, now: Timestamp) -> Result<(), NotTold> {
        let outcome = self.try_to_tell(note, now).await;
        match outcome {
            Ok(()) => self.inner.told.fetch_add(1, Ordering::Relaxed),
            Err(_) => self.inner.lost.fetch_add(1, Ordering::Relaxed),
        };
        outcome
    }

    async fn try_to_tell(&self, note: &FailureNote, now: Timestamp) -> Result<(), NotTold> {
        let admitted = self.breaker().admit(now).map_err(|_| NotTold::Resting)?;
        *self.breaker() = admitted;
        let sent = timeout(WITHIN, self.send(note, now)).await;
        let outcome = sent.unwrap_or(Err(Failure::TimedOut));
        let (outcome, rest) = match &outcome {
            Ok(reply) => (rest::read(reply.status), rest::asked_for(reply, now)),
            Err(_) => (Err(NotTold::Unreachable), None),
        };
        let mut breaker = self.breaker();
        *breaker = match (outcome, rest) {
            (Ok(()), None) => breaker.answered(),
            (_, rest) => {
                let span = rest.unwrap_or(rest::USUAL).max(rest::SHORTEST);
                breaker.asked_to_rest(span, now)
            }
        };
        outcome
    }

    async fn send(&self, note: &FailureNote, now: Timestamp) -> Result<Reply, Failure> {
        let turn = {
            let budget = self.inner.budget.lock();
            let mut budget = budget.unwrap_or_else(PoisonError::into_inner);
            budget.take(now, WITHIN)
        };
        tokio::time::sleep(turn.map_err(|retry_after| Failure::Budget { retry_after })?).await;
        let request = Request::at(self.inner.address.clone())
            .text(
                "application/x-sentry-envelope",
                envelope::envelope(note, now),
            )
            .key("X-Sentry-Auth", self.inner.auth.clone())
            .limit(BodyLimit::Start(BYTES_MAX));
        self.inner.http.fetch(request).await
    }

    /// Counts a failure that could not even wait for it.
    pub fn lose(&self) {
        self.inner.lost.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it was told.
    #[must_use]
    pub fn counts(&self) -> CollectorCounts {
        CollectorCounts {
            told: self.inner.told.load(Ordering::Relaxed),
            lost: self.inner.lost.load(Ordering::Relaxed),
        }
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.inner
            .breaker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
