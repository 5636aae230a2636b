//! How a part of the service stands, by what came of the checks of it.

use std::time::Duration;

use base::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A part counts as down after so many checks in a row that did not go well.
const DOWN_AFTER: u64 = 3;
/// What a check found longer ago says nothing of now.
const KNOWN_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// What came of checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    /// How many went well.
    pub(crate) good: u64,
    /// How many did not.
    pub(crate) bad: u64,
}

impl Met {
    /// One check.
    pub(crate) fn one(is_good: bool) -> Self {
        let (good, bad) = (u64::from(is_good), u64::from(!is_good));
        Self { good, bad }
    }

    pub(crate) const fn is_nothing(self) -> bool {
        self.good == 0 && self.bad == 0
    }

    /// These and others.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            good: self.good.saturating_add(other.good),
            bad: self.bad.saturating_add(other.bad),
        }
    }

    /// How many of a hundred went well, rounded down: a hundred is only what was faultless.
    pub(crate) fn percent(self) -> Option<u8> {
        let total = u128::from(self.good) + u128::from(self.bad);
        let share = (u128::from(self.good) * 100).checked_div(total)?;
        u8::try_from(share).ok()
    }
}

/// Whether a part of the service works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// What was tried last went well.
    Works,
    /// Something did not go well lately.
    Troubled,
    /// Nothing has gone well any more, several times in a row.
    Down,
    /// Whoever runs this server has not set it up.
    NotSetUp,
    /// It was not tried lately.
    Unknown,
}

/// What the last checks of a part say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There was none yet.
    #[default]
    Unchecked,
    Working {
        checked_at: Timestamp,
    },
    Failing {
        since: Timestamp,
        checked_at: Timestamp,
        /// Checks since one went well.
        in_a_row: u64,
    },
}

impl Standing {
    /// The standing after checks at `now`.
    pub(crate) fn after(self, met: Met, now: Timestamp) -> Self {
        let before = self.known(now);
        if met.is_nothing() {
            return self;
        }
        if met.bad == 0 {
            return Self::Working { checked_at: now };
        }
        let (since, in_a_row) = match before {
            Self::Failing {
                since, in_a_row, ..
            } => (since, in_a_row),
            Self::Unchecked | Self::Working { .. } => (now, 0),
        };
        // Which came first is not known where some went well, so none counts as the last.
        let in_a_row = match met.good {
            0 => in_a_row.saturating_add(met.bad),
            _ => 0,
        };
        Self::Failing {
            since,
            checked_at: now,
            in_a_row,
        }
    }

    /// The state at `now`, and since when it is troubled.
    pub(crate) fn state(self, now: Timestamp) -> (PartState, Option<Timestamp>) {
        match self.known(now) {
            Self::Unchecked => (PartState::Unknown, None),
            Self::Working { .. } => (PartState::Works, None),
            Self::Failing {
                since, in_a_row, ..
            } => match in_a_row >= DOWN_AFTER {
                true => (PartState::Down, Some(since)),
                false => (PartState::Troubled, Some(since)),
            },
        }
    }

    /// When it was checked last.
    pub(crate) const fn checked_at(self) -> Option<Timestamp> {
        match self {
            Self::Unchecked => None,
            Self::Working { checked_at } | Self::Failing { checked_at, .. } => Some(checked_at),
        }
    }

    fn known(self, now: Timestamp) -> Self {
        match self.checked_at() {
            Some(checked_at) if now.since(checked_at) <= KNOWN_FOR => self,
            _ => Self::Unchecked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Met = Met { good: 1, bad: 0 };
    const BAD: Met = Met { good: 0, bad: 1 };
    const BOTH: Met = Met { good: 4, bad: 5 };
    const NOTHING: Met = Met { good: 0, bad: 0 };

    fn at(minutes: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(minutes * 60))
    }

    /// One of these each minute.
    fn met(checks: &[Met]) -> Standing {
        let minutes = (1..).zip(checks);
        minutes.fold(Standing::default(), |standing, (minute, met)| {
            standing.after(*met, at(minute))
        })
    }

    fn state(checks: &[Met]) -> (PartState, Option<Timestamp>) {
        met(checks).state(at(10))
    }

    #[test]
    fn a_part_works_has_trouble_and_is_down_by_its_last_checks() {
        use PartState::{Down, Troubled, Unknown, Works};
        for (checks, expected) in [
            (&[][..], (Unknown, None)),
            (&[NOTHING], (Unknown, None)),
            (&[GOOD, NOTHING], (Works, None)),
            (&[GOOD, BAD, BAD], (Troubled, Some(at(2)))),
            (&[GOOD, BAD, BAD, NOTHING, BAD], (Down, Some(at(2)))),
            (&[BAD, BAD, BAD, BOTH], (Troubled, Some(at(1)))),
            (&[BOTH, BAD, BAD], (Troubled, Some(at(1)))),
            (&[BAD, BAD, BAD, GOOD], (Works, None)),
            (&[Met { good: 0, bad: 3 }], (Down, Some(at(1)))),
        ] {
            assert_eq!(state(checks), expected, "{checks:?}");
        }
    }

    #[test]
    fn what_was_not_tried_for_a_day_is_not_known_and_its_trouble_is_over() {
        let day = 24 * 60;
        let failing = met(&[BAD, BAD, BAD]);
        assert_eq!(failing.state(at(3 + day)).0, PartState::Down);
        assert_eq!(failing.state(at(4 + day)), (PartState::Unknown, None));
        assert_eq!(failing.checked_at(), Some(at(3)));
        let again = failing.after(BAD, at(4 + day));
        let since = Some(at(4 + day));
        assert_eq!(again.state(at(4 + day)), (PartState::Troubled, since));
    }

    #[test]
    fn only_what_was_faultless_is_a_hundred_percent() {
        assert_eq!(NOTHING.percent(), None);
        let nearly = Met {
            good: u64::MAX,
            bad: 1,
        };
        assert_eq!(nearly.percent(), Some(99));
        assert_eq!((GOOD.percent(), BAD.percent()), (Some(100), Some(0)));
    }
}
