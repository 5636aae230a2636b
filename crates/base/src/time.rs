//! Points in time, and where they come from.

use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A point in time: Unix milliseconds, as stored and as sent.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `ms` milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn unix_s(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `span` later; the far end of time when that overflows.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// Time passed since `earlier`; zero when `earlier` lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// A fine reading of a clock that runs evenly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Unix time in microseconds. Within one epoch it never runs backwards.
    pub us: i64,
    /// Another one after the time was set. Readings of two epochs are not compared.
    pub epoch: u8,
}

/// Tells the time. Rules never hold one: drivers ask it and pass the answer in.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// The present moment, finely and evenly.
    fn read(&self) -> Reading {
        Reading {
            us: self.now().unix_ms().saturating_mul(1_000),
            epoch: 0,
        }
    }
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.read().us.div_euclid(1_000))
    }

    fn read(&self) -> Reading {
        static EVEN: LazyLock<Mutex<EvenClock>> = LazyLock::new(|| {
            // Another process should begin with another epoch; one in 256 does not, and its time is the same time.
            let epoch = (wall_us() / 1_000_000).to_le_bytes()[0];
            Mutex::new(EvenClock::new(wall_us(), epoch))
        });
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        let passed_us = i64::try_from(START.elapsed().as_micros()).unwrap_or(i64::MAX);
        let mut even = EVEN.lock().unwrap_or_else(PoisonError::into_inner);
        even.read(wall_us(), passed_us)
    }
}

fn wall_us() -> i64 {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)
}

/// How far the wall clock may be from even time before it counts as set. Synchronisation moves both in small steps;
/// two players that were half of this apart would not be heard as two.
const STEP_US: i64 = 10_000;

/// Unix time that runs with the monotonic clock, and follows the wall clock when that is set.
#[derive(Debug)]
struct EvenClock {
    /// Wall time less monotonic time.
    offset_us: i64,
    epoch: u8,
    last_us: i64,
}

impl EvenClock {
    const fn new(offset_us: i64, epoch: u8) -> Self {
        Self {
            offset_us,
            epoch,
            last_us: i64::MIN,
        }
    }

    fn read(&mut self, wall_us: i64, monotonic_us: i64) -> Reading {
        let even_us = self.offset_us.saturating_add(monotonic_us);
        if wall_us.saturating_sub(even_us).saturating_abs() >= STEP_US {
            self.offset_us = wall_us.saturating_sub(monotonic_us);
            self.epoch = self.epoch.wrapping_add(1);
            self.last_us = i64::MIN;
        }
        // Who read the monotonic clock first may come second.
        self.last_us = self
            .last_us
            .max(self.offset_us.saturating_add(monotonic_us));
        Reading {
            us: self.last_us,
            epoch: self.epoch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_before_the_start_is_empty() {
        let early = Timestamp::from_unix_ms(1_000);
        let late = early.after(Duration::from_millis(250));
        assert_eq!(late.since(early), Duration::from_millis(250));
        assert_eq!(early.since(late), Duration::ZERO);
    }

    #[test]
    fn readings_run_with_the_monotonic_clock_until_the_time_is_set() {
        let mut even = EvenClock::new(1_000_000, 7);
        let read = |us, epoch| Reading { us, epoch };
        assert_eq!(even.read(1_000_400, 0), read(1_000_000, 7));
        assert_eq!(even.read(1_004_000, 5_000), read(1_005_000, 7));
        assert_eq!(
            even.read(1_005_000, 4_000),
            read(1_005_000, 7),
            "never back"
        );
        assert_eq!(
            even.read(500_000, 6_000),
            read(500_000, 8),
            "it was set back"
        );
        assert_eq!(even.read(500_100, 6_100), read(500_100, 8));
        assert_eq!(even.read(9_000_000, 6_200), read(9_000_000, 9), "or ahead");
    }

    #[test]
    fn the_machine_tells_one_time_coarsely_and_finely() {
        let (coarse, fine) = (SystemClock.now(), SystemClock.read());
        assert!((fine.us / 1_000 - coarse.unix_ms()).abs() <= 1_000);
        assert!(SystemClock.read().us >= fine.us);
    }

    #[test]
    fn seconds_round_down_on_both_sides_of_the_epoch() {
        assert_eq!(Timestamp::from_unix_ms(1_999).unix_s(), 1);
        assert_eq!(Timestamp::from_unix_ms(-1).unix_s(), -1);
    }
}
