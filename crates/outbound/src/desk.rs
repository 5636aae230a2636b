//! One provider's desk: who may ask now, and what came of it. The rules are in `budget` and `breaker`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{Clock, Timestamp};
use tokio::time::Instant;

use crate::breaker::Breaker;
use crate::budget::{Allowance, Budget};
use crate::http::{Http, Reply, Request};
use crate::register::{self, Purpose};
use crate::{Failure, ProviderId, ProviderState};

/// Waiting for a turn leaves at least so much of the caller's time for the answer.
const ANSWER_MIN: Duration = Duration::from_millis(200);
/// A provider that got less time than this is not blamed for its silence.
const FAIR_TIME: Duration = Duration::from_secs(1);
/// Before the one retry.
const RETRY_PAUSE: Duration = Duration::from_millis(100);

/// More than one server asks.
const MIRROR: Allowance = Allowance::per_second(1_000);

/// How a provider is treated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profile {
    pub(crate) provider: ProviderId,
    pub(crate) allowance: Allowance,
    /// For the calls that the provider counts apart.
    pub(crate) scarce: Option<Allowance>,
    /// Statuses, beside 429, that mean "leave me alone".
    pub(crate) rest_on: &'static [u16],
    /// How long it is left alone when it does not say.
    pub(crate) rest: Duration,
}

impl Profile {
    /// The same at a mirror of one's own. The breaker stays.
    pub(crate) fn unlimited(self) -> Self {
        Self {
            allowance: MIRROR,
            scarce: self.scarce.map(|_| MIRROR),
            ..self
        }
    }
}

/// Which of a provider's budgets a call is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Usual,
    Scarce,
}

/// Budgets, breaker and counters of one provider.
pub(crate) struct Desk {
    profile: Profile,
    state: Mutex<State>,
}

struct State {
    breaker: Breaker,
    usual: Budget,
    scarce: Option<Budget>,
    asked: u64,
    answered: u64,
    failed: u64,
    faulted: u64,
}

impl Desk {
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            profile,
            state: Mutex::new(State {
                breaker: Breaker::NEW,
                usual: Budget::new(profile.allowance),
                scarce: profile.scarce.map(Budget::new),
                asked: 0,
                answered: 0,
                failed: 0,
                faulted: 0,
            }),
        }
    }

    /// Lets one question through, unless the provider rests.
    pub(crate) fn admit(&self, now: Timestamp) -> Result<Admission<'_>, Failure> {
        let mut state = self.state();
        let breaker = state.breaker.admit(now);
        state.breaker = breaker.map_err(|retry_after| Failure::Resting { retry_after })?;
        state.asked += 1;
        Ok(Admission {
            desk: self,
            is_trial: matches!(state.breaker, Breaker::Trial { .. }),
            admitted: now,
        })
    }

    pub(crate) fn report(&self, is_on: bool, now: Timestamp) -> ProviderState {
        let state = self.state();
        ProviderState {
            provider: self.profile.provider,
            is_on,
            resting_until: state.breaker.resting_until(now),
            budget_left: state.usual.left(now),
            scarce_left: state.scarce.as_ref().map(|budget| budget.left(now)),
            asked: state.asked,
            answered: state.answered,
            failed: state.failed,
            faulted: state.faulted,
        }
    }

    fn turn(&self, lane: Lane, now: Timestamp, patience: Duration) -> Result<Duration, Failure> {
        let mut state = self.state();
        let scarce = match lane {
            Lane::Scarce => state.scarce.as_mut(),
            Lane::Usual => None,
        };
        let wait = match scarce {
            Some(budget) => budget.take(now, patience),
            None => state.usual.take(now, patience),
        };
        wait.map_err(|retry_after| Failure::Budget { retry_after })
    }

    fn rest(&self, span: Duration, now: Timestamp) -> Failure {
        let mut state = self.state();
        state.faulted += 1;
        state.breaker = state.breaker.asked_to_rest(span, now);
        let retry_after = state
            .breaker
            .resting_until(now)
            .map_or(Duration::ZERO, |until| until.since(now));
        Failure::Resting { retry_after }
    }

    fn blame(&self, now: Timestamp) {
        let mut state = self.state();
        state.faulted += 1;
        state.breaker = state.breaker.failed(now);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One question under way. Dropping it unsettled, as a caller that goes away does, tells nothing of the provider.
pub(crate) struct Admission<'a> {
    desk: &'a Desk,
    is_trial: bool,
    admitted: Timestamp,
}

impl Admission<'_> {
    /// Counts what came of it.
    pub(crate) fn settle<T>(mut self, outcome: &Result<T, Failure>, now: Timestamp) {
        let mut state = self.desk.state();
        match outcome {
            Ok(_) => state.answered += 1,
            Err(_) => state.failed += 1,
        }
        let is_at_fault = match outcome {
            Ok(_) => Some(false),
            Err(
                Failure::Unreachable
                | Failure::BadAnswer
                | Failure::TooLarge
                | Failure::ForeignHost,
            ) => Some(true),
            // It answers; it does not like this question, or our key.
            Err(Failure::Refused { status }) => Some(*status >= 500),
            // Silence is blamed where it is noticed, by the time that was given; the rest is our own doing.
            Err(_) => None,
        };
        if is_at_fault == Some(true) || self.is_our_key_refused(outcome) {
            state.faulted += 1;
        }
        match is_at_fault {
            Some(true) => state.breaker = state.breaker.failed(now),
            Some(false) => state.breaker = state.breaker.answered(),
            None => return,
        }
        self.is_trial = false;
    }

    /// Without a key that is taken, nobody's question is answered. Where none is needed, this is said of what was asked
    /// for, such as somebody's private track.
    fn is_our_key_refused<T>(&self, outcome: &Result<T, Failure>) -> bool {
        self.desk.profile.provider.needs_key()
            && matches!(outcome, Err(Failure::Refused { status: 401 | 403 }))
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if !self.is_trial {
            return;
        }
        let mut state = self.desk.state();
        let is_ours =
            matches!(state.breaker, Breaker::Trial { since, .. } if since == self.admitted);
        if is_ours {
            state.breaker = state.breaker.trial_ended(self.admitted);
        }
    }
}

/// What a provider's module asks through: the wire within budget and deadline.
pub(crate) struct Line<'a> {
    pub(crate) http: &'a dyn Http,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) desk: &'a Desk,
    pub(crate) deadline: Instant,
}

impl Line<'_> {
    /// Sends one request. "No such thing" is an answer; any other refusal is a failure.
    pub(crate) async fn fetch(&self, request: Request) -> Result<Reply, Failure> {
        self.fetch_in(Lane::Usual, request).await
    }

    /// Sends one request on the account of `lane`.
    pub(crate) async fn fetch_in(&self, lane: Lane, request: Request) -> Result<Reply, Failure> {
        let purpose = Purpose::Provider(self.desk.profile.provider);
        if !register::allows(&request.url, purpose) {
            return Err(Failure::ForeignHost);
        }
        self.turn(lane).await?;
        let mut outcome = self.send(request.clone()).await;
        if self.deserves_a_retry(&outcome) && self.turn_to_retry(lane).await {
            outcome = self.send(request).await;
        }
        self.judge(outcome?)
    }

    /// The provider asks to be left alone for `span`.
    pub(crate) fn rest(&self, span: Duration) -> Failure {
        self.desk.rest(span, self.clock.now())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    async fn turn(&self, lane: Lane) -> Result<(), Failure> {
        let patience = self.left().saturating_sub(ANSWER_MIN);
        let wait = self.desk.turn(lane, self.clock.now(), patience)?;
        if wait > Duration::ZERO {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    async fn turn_to_retry(&self, lane: Lane) -> bool {
        if self.left() < RETRY_PAUSE + ANSWER_MIN {
            return false;
        }
        tokio::time::sleep(RETRY_PAUSE).await;
        self.turn(lane).await.is_ok()
    }

    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let given = self.left();
        match tokio::time::timeout_at(self.deadline, self.http.fetch(request)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                if given >= FAIR_TIME {
                    self.desk.blame(self.clock.now());
                }
                Err(Failure::TimedOut)
            }
        }
    }

    /// A broken connection or a server in trouble may be better a moment later. One that says when to come back,
    /// or was too slow, is not asked again.
    fn deserves_a_retry(&self, outcome: &Result<Reply, Failure>) -> bool {
        match outcome {
            Ok(reply) => {
                matches!(reply.status, 500 | 502..=504)
                    && reply.retry_after(self.clock.now()).is_none()
            }
            Err(failure) => *failure == Failure::Unreachable,
        }
    }

    fn judge(&self, reply: Reply) -> Result<Reply, Failure> {
        let profile = &self.desk.profile;
        let asked = reply.retry_after(self.clock.now());
        let status = reply.status;
        if status == 429 || profile.rest_on.contains(&status) || (status == 503 && asked.is_some())
        {
            return Err(self.rest(asked.unwrap_or(profile.rest)));
        }
        if (200..300).contains(&status) || reply.is_none() {
            return Ok(reply);
        }
        Err(Failure::Refused { status })
    }
}
