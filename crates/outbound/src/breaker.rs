//! Leaving a provider alone while it fails. Pure: a transition takes the time and gives the next state.

use std::time::Duration;

use base::Timestamp;

/// Failures in a row after which a provider rests.
const FAILURES_MAX: u32 = 5;
/// The first rest; each that follows without an answer in between is twice as long.
const REST_FIRST: Duration = Duration::from_secs(10);
/// No rest of our own choice is longer.
const REST_MAX: Duration = Duration::from_secs(300);
/// No rest that a provider asks for is honoured for longer without asking again.
const ASKED_REST_MAX: Duration = Duration::from_secs(3_600);
/// A trial that says nothing for so long was given up by its caller.
const TRIAL_MAX: Duration = Duration::from_secs(30);

/// Whether a provider may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaker {
    /// It may, after so many failures in a row.
    Closed { failures: u32 },
    /// It rests until then; `rests` so far without an answer in between.
    Resting { until: Timestamp, rests: u32 },
    /// One caller tries whether it is back.
    Trial { since: Timestamp, rests: u32 },
}

impl Breaker {
    pub(crate) const NEW: Self = Self::Closed { failures: 0 };

    /// Lets a caller through, or says how long it rests.
    pub(crate) fn admit(self, now: Timestamp) -> Result<Self, Duration> {
        match self {
            Self::Closed { .. } => Ok(self),
            Self::Resting { until, .. } if is_ahead(until, now) => Err(until.since(now)),
            Self::Trial { since, .. } if now.since(since) < TRIAL_MAX && since <= now => {
                Err(TRIAL_MAX - now.since(since))
            }
            Self::Resting { rests, .. } | Self::Trial { rests, .. } => {
                Ok(Self::Trial { since: now, rests })
            }
        }
    }

    /// It answered.
    pub(crate) fn answered(self) -> Self {
        match self {
            // An answer that was on its way when the rest began does not end it.
            Self::Resting { .. } => self,
            Self::Closed { .. } | Self::Trial { .. } => Self::NEW,
        }
    }

    /// It failed.
    pub(crate) fn failed(self, now: Timestamp) -> Self {
        match self {
            Self::Closed { failures } if failures + 1 < FAILURES_MAX => Self::Closed {
                failures: failures + 1,
            },
            Self::Closed { .. } => Self::rest(0, now),
            Self::Trial { rests, .. } => Self::rest(rests, now),
            Self::Resting { .. } => self,
        }
    }

    /// It asked for rest.
    pub(crate) fn asked_to_rest(self, span: Duration, now: Timestamp) -> Self {
        let rests = match self {
            Self::Closed { .. } => 0,
            Self::Resting { rests, .. } | Self::Trial { rests, .. } => rests,
        };
        let until = now.after(span.min(ASKED_REST_MAX));
        match self {
            Self::Resting { until: later, .. } if later >= until && is_ahead(later, now) => self,
            _ => Self::Resting { until, rests },
        }
    }

    /// The trial's caller went away without a word about the provider.
    pub(crate) fn trial_ended(self, now: Timestamp) -> Self {
        match self {
            Self::Trial { rests, .. } => Self::Resting { until: now, rests },
            _ => self,
        }
    }

    /// When it may be asked again, while it rests.
    pub(crate) fn resting_until(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Resting { until, .. } if is_ahead(until, now) => Some(until),
            _ => None,
        }
    }

    fn rest(rests: u32, now: Timestamp) -> Self {
        let span = REST_FIRST
            .saturating_mul(2_u32.saturating_pow(rests))
            .min(REST_MAX);
        Self::Resting {
            until: now.after(span),
            rests: rests.saturating_add(1),
        }
    }
}

/// Whether a rest goes on. One that would last longer than any can was begun before the clock was set back, and is over.
fn is_ahead(until: Timestamp, now: Timestamp) -> bool {
    until > now && until.since(now) <= ASKED_REST_MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(seconds))
    }

    fn failing(count: u32, now: Timestamp) -> Breaker {
        (0..count).fold(Breaker::NEW, |breaker, _| breaker.failed(now))
    }

    #[test]
    fn failures_in_a_row_open_it_and_an_answer_forgets_them() {
        assert_eq!(failing(4, at(0)).answered(), Breaker::NEW);
        let open = failing(5, at(0));
        assert_eq!(open.admit(at(3)), Err(Duration::from_secs(7)));
        assert_eq!(open.resting_until(at(3)), Some(at(10)));
        assert_eq!(open.resting_until(at(10)), None);
    }

    #[test]
    fn after_its_rest_one_caller_tries_and_the_others_wait() {
        let trial = failing(5, at(0)).admit(at(10)).unwrap();
        assert_eq!(trial.admit(at(11)), Err(Duration::from_secs(29)));
        assert_eq!(trial.answered(), Breaker::NEW);
        assert_eq!(
            trial.failed(at(12)).admit(at(13)),
            Err(Duration::from_secs(19))
        );
        assert!(
            trial.admit(at(40)).is_ok(),
            "a trial that was given up does not hold the door"
        );
        assert!(trial.trial_ended(at(11)).admit(at(11)).is_ok());
    }

    #[test]
    fn a_rest_that_was_asked_for_lasts_as_long_but_not_for_ever() {
        let resting = Breaker::NEW.asked_to_rest(Duration::from_secs(60), at(0));
        assert_eq!(resting.admit(at(1)), Err(Duration::from_secs(59)));
        assert_eq!(
            resting.asked_to_rest(Duration::from_secs(5), at(1)),
            resting
        );
        assert_eq!(resting.answered(), resting);
        let long = Breaker::NEW.asked_to_rest(Duration::MAX, at(0));
        assert!(long.admit(at(3_600)).is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nobody() {
        let year = 365 * 24 * 3_600;
        for resting in [
            failing(5, at(year)),
            Breaker::NEW.asked_to_rest(Duration::MAX, at(year)),
        ] {
            assert_eq!(resting.resting_until(at(0)), None);
            assert!(resting.admit(at(0)).is_ok());
            let asked = resting.asked_to_rest(Duration::from_secs(60), at(0));
            assert_eq!(asked.resting_until(at(0)), Some(at(60)));
        }
        let longest = Breaker::NEW.asked_to_rest(Duration::MAX, at(0));
        assert_eq!(longest.admit(at(0)), Err(ASKED_REST_MAX));
    }

    proptest! {
        #[test]
        fn it_always_opens_again_within_an_hour(events in proptest::collection::vec((0u8..5, 0u64..100), 0..100)) {
            let mut now = 0;
            let mut breaker = Breaker::NEW;
            for (event, step) in events {
                now += step;
                breaker = match event {
                    0 => breaker.answered(),
                    1 => breaker.failed(at(now)),
                    2 => breaker.asked_to_rest(Duration::from_secs(step * 100), at(now)),
                    3 => breaker.trial_ended(at(now)),
                    _ => breaker.admit(at(now)).unwrap_or(breaker),
                };
            }
            prop_assert!(breaker.admit(at(now + 3_600)).is_ok());
        }
    }
}
