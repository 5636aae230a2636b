//! What may be said of how well a device is in time: what was measured, and never finer than its class.

use std::collections::VecDeque;

use crate::{LocalTime, PlayerClass, Reading};

/// What counts as recent.
const WINDOW_US: i64 = 30_000_000;
/// Errors that are kept, and how many are needed before anything is said.
const ERRORS_MAX: usize = 256;
const ERRORS_MIN: usize = 12;

/// What to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Too little is known yet.
    Measuring,
    /// The room's clock was not heard lately: nothing can be said.
    Stale,
    /// In 95 of 100 moments the device was within so many milliseconds of the room.
    Within {
        /// Where one way to the server takes at most twice as long as the other, as almost everywhere.
        figure_ms: i64,
        /// However the delay is divided between the two ways.
        bound_ms: i64,
    },
}

/// The recent errors of one player.
#[derive(Clone, Debug)]
pub struct Readout {
    class: PlayerClass,
    errors: VecDeque<(LocalTime, i64)>,
}

impl Readout {
    /// A readout without measurements.
    #[must_use]
    pub const fn new(class: PlayerClass) -> Self {
        Self {
            class,
            errors: VecDeque::new(),
        }
    }

    /// Takes the error of one moment.
    pub fn add(&mut self, now: LocalTime, error_us: i64) {
        let is_old = |at: LocalTime| now.since_us(at) > WINDOW_US;
        while self.errors.len() == ERRORS_MAX
            || self.errors.front().is_some_and(|one| is_old(one.0))
        {
            self.errors.pop_front();
        }
        self.errors.push_back((now, error_us.saturating_abs()));
    }

    /// Another item: what was measured before says nothing about it.
    pub fn clear(&mut self) {
        self.errors.clear();
    }

    /// The 95th percentile of the recent errors, by the nearest rank.
    #[must_use]
    pub fn p95_us(&self) -> Option<i64> {
        let mut sorted: Vec<i64> = self.errors.iter().map(|one| one.1).collect();
        sorted.sort_unstable();
        let rank = (sorted.len() * 95).div_ceil(100);
        sorted.get(rank.checked_sub(1)?).copied()
    }

    /// What may be shown beside this reading of the room's clock.
    #[must_use]
    pub fn shown(&self, clock: Option<&Reading>) -> Shown {
        let (Some(clock), Some(p95_us)) = (clock, self.p95_us()) else {
            return Shown::Measuring;
        };
        if clock.is_stale {
            return Shown::Stale;
        }
        if self.errors.len() < ERRORS_MIN {
            return Shown::Measuring;
        }
        let claim_ms = self.class.claim_ms();
        let shown_ms = |clock_us: i64| claim_ms.max(whole_ms(p95_us.saturating_add(clock_us)));
        Shown::Within {
            figure_ms: shown_ms(clock.likely_error_us),
            bound_ms: shown_ms(clock.error_bound_us),
        }
    }
}

/// Whole milliseconds, rounded up: an error is never made smaller.
fn whole_ms(us: i64) -> i64 {
    us.div_euclid(1_000) + i64::from(us.rem_euclid(1_000) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoomTime;

    const CLOCK: Reading = Reading {
        room: RoomTime::from_us(0),
        likely_error_us: 2_300,
        error_bound_us: 6_000,
        drift_ppb: 0,
        is_stale: false,
    };

    fn readout(class: PlayerClass, errors_us: impl IntoIterator<Item = i64>) -> Readout {
        let mut readout = Readout::new(class);
        for (step, error_us) in (0..).zip(errors_us) {
            readout.add(LocalTime::from_us(step * 250_000), error_us);
        }
        readout
    }

    #[test]
    fn the_error_of_the_clock_is_added_and_rounded_up() {
        let shown =
            readout(PlayerClass::OwnAudio, (1..=100).map(|ms| ms * -1_000)).shown(Some(&CLOCK));
        let expected = Shown::Within {
            figure_ms: 98,
            bound_ms: 101,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn nothing_finer_than_the_class_is_shown() {
        for class in PlayerClass::ALL {
            let Shown::Within { figure_ms, .. } = readout(class, [10; 50]).shown(Some(&CLOCK))
            else {
                panic!("enough was measured");
            };
            assert_eq!(figure_ms, class.claim_ms());
        }
    }

    #[test]
    fn what_is_not_known_is_not_shown() {
        let few = readout(PlayerClass::OwnAudio, [10; 11]);
        assert_eq!(few.shown(Some(&CLOCK)), Shown::Measuring);
        let many = readout(PlayerClass::OwnAudio, [10; 50]);
        assert_eq!(many.shown(None), Shown::Measuring);
        let stale = Reading {
            is_stale: true,
            ..CLOCK
        };
        assert_eq!(many.shown(Some(&stale)), Shown::Stale);
    }

    #[test]
    fn what_was_half_a_minute_ago_is_forgotten() {
        let mut readout = readout(PlayerClass::OwnAudio, [90_000; 50]);
        for step in 0..20 {
            readout.add(LocalTime::from_us(50_000_000 + step * 250_000), 1_000);
        }
        assert_eq!(readout.p95_us(), Some(1_000));
    }
}
