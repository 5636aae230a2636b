//! Token buckets: how often something may happen.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::Timestamp;

/// An allowance: `burst` at once, and then one each `every`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many may happen at once after a pause. At least 1.
    pub burst: u32,
    /// How long it takes until one more may happen.
    pub every: Duration,
}

impl Rate {
    /// `count` in each `period`, all of which may come at once.
    #[must_use]
    pub const fn per(count: u32, period: Duration) -> Self {
        assert!(count > 0, "a rate of nothing is a refusal, not a rate");
        Self {
            burst: count,
            every: Duration::from_nanos((period.as_nanos() / count as u128) as u64),
        }
    }

    const fn every_ns(self) -> i128 {
        self.every.as_nanos().cast_signed()
    }

    /// Until all of it is there again.
    const fn whole_ns(self) -> i128 {
        self.every_ns() * self.burst as i128
    }
}

/// What is left of one allowance (the generic cell rate algorithm: one timestamp is the whole state).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// When the bucket is full again, in nanoseconds of Unix time.
    full_at_ns: i128,
}

impl Bucket {
    /// Takes one, or says how long to wait for it.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), Duration> {
        let wait = self.wait(rate, now);
        if wait > Duration::ZERO {
            return Err(wait);
        }
        self.full_at_ns = nanoseconds(now) + self.owed_ns(rate, now) + rate.every_ns();
        Ok(())
    }

    /// How long until one may be taken; zero when it may be taken now.
    #[must_use]
    pub fn wait(&self, rate: Rate, now: Timestamp) -> Duration {
        let room = rate.whole_ns() - rate.every_ns();
        Duration::from_nanos(u64::try_from(self.owed_ns(rate, now) - room).unwrap_or(0))
    }

    /// Puts one back that was taken and, after all, does not count.
    pub fn give_back(&mut self, rate: Rate) {
        self.full_at_ns -= rate.every.as_nanos().cast_signed();
    }

    /// How long until everything taken has come back.
    #[must_use]
    pub fn debt(&self, rate: Rate, now: Timestamp) -> Duration {
        Duration::from_nanos(u64::try_from(self.owed_ns(rate, now)).unwrap_or(u64::MAX))
    }

    /// Nobody can owe more than all there is. Where somebody owes twice that, the clock was set back by more than it takes
    /// for all of it to come back, and they would wait for as long.
    fn owed_ns(&self, rate: Rate, now: Timestamp) -> i128 {
        let owed = self.full_at_ns - nanoseconds(now);
        match (0..=2 * rate.whole_ns()).contains(&owed) {
            true => owed,
            false => 0,
        }
    }
}

fn nanoseconds(moment: Timestamp) -> i128 {
    i128::from(moment.unix_ms()) * 1_000_000
}

/// One bucket for each key, for a bounded number of keys. A full bucket needs no entry.
#[derive(Debug)]
pub struct Throttle<K> {
    rate: Rate,
    keys_max: usize,
    buckets: HashMap<K, Bucket>,
}

impl<K: Eq + Hash + Copy> Throttle<K> {
    /// An allowance of `rate` for each key, remembering at most `keys_max` keys.
    #[must_use]
    pub fn new(rate: Rate, keys_max: usize) -> Self {
        Self {
            rate,
            keys_max,
            buckets: HashMap::new(),
        }
    }

    /// Takes one of `key`'s allowance, or says how long to wait for it.
    ///
    /// When too many keys are remembered a new one is refused until others have recovered.
    pub fn take(&mut self, key: K, now: Timestamp) -> Result<(), Duration> {
        if !self.buckets.contains_key(&key) && self.buckets.len() >= self.keys_max {
            let rate = self.rate;
            self.buckets
                .retain(|_, bucket| bucket.debt(rate, now) > Duration::ZERO);
            if self.buckets.len() >= self.keys_max {
                return Err(self.rate.every);
            }
        }
        self.buckets.entry(key).or_default().take(self.rate, now)
    }

    /// How long `key` has to wait; zero when it may go on now. Takes nothing.
    #[must_use]
    pub fn wait(&self, key: K, now: Timestamp) -> Duration {
        self.buckets
            .get(&key)
            .map_or(Duration::ZERO, |bucket| bucket.wait(self.rate, now))
    }
}

/// A throttle that many ask at once.
#[derive(Debug)]
pub struct SharedThrottle<K>(Mutex<Throttle<K>>);

impl<K: Eq + Hash + Copy> SharedThrottle<K> {
    /// An allowance of `rate` for each key, remembering at most `keys_max` keys.
    #[must_use]
    pub fn new(rate: Rate, keys_max: usize) -> Self {
        Self(Mutex::new(Throttle::new(rate, keys_max)))
    }

    /// Takes one of `key`'s allowance, or says how long to wait for it.
    pub fn take(&self, key: K, now: Timestamp) -> Result<(), Duration> {
        // Nothing is left half done by whoever stopped on a bug: each step writes one timestamp.
        let mut throttle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        throttle.take(key, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATE: Rate = Rate::per(10, Duration::from_secs(60));

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(seconds))
    }

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let mut throttle = Throttle::new(RATE, 10);
        for _ in 0..10 {
            assert_eq!(throttle.take('a', at(0)), Ok(()));
        }
        assert_eq!(throttle.take('a', at(0)), Err(Duration::from_secs(6)));
        assert_eq!(throttle.take('b', at(0)), Ok(()));
        assert_eq!(throttle.take('a', at(6)), Ok(()));
        assert_eq!(throttle.wait('a', at(6)), Duration::from_secs(6));
    }

    #[test]
    fn what_is_given_back_may_be_taken_again() {
        let mut bucket = Bucket::default();
        for _ in 0..10 {
            assert_eq!(bucket.take(RATE, at(0)), Ok(()));
        }
        assert_eq!(bucket.debt(RATE, at(0)), Duration::from_secs(60));
        bucket.give_back(RATE);
        assert_eq!(bucket.debt(RATE, at(0)), Duration::from_secs(54));
        assert_eq!(bucket.take(RATE, at(0)), Ok(()));
        assert!(bucket.take(RATE, at(0)).is_err());
        assert_eq!(bucket.debt(RATE, at(90)), Duration::ZERO);
    }

    #[test]
    fn a_clock_that_is_set_back_shuts_nobody_out() {
        let mut throttle = Throttle::new(RATE, 1);
        for _ in 0..10 {
            assert_eq!(throttle.take('a', at(9_000)), Ok(()));
        }
        assert_eq!(throttle.wait('a', at(8_970)), Duration::from_secs(36));
        for _ in 0..10 {
            assert_eq!(throttle.take('a', at(10)), Ok(()));
        }
        assert_eq!(throttle.take('a', at(10)), Err(Duration::from_secs(6)));
        assert_eq!(throttle.take('a', at(9_000)), Ok(()));
        assert_eq!(
            throttle.take('b', at(10)),
            Ok(()),
            "none is remembered for it"
        );
    }

    #[test]
    fn many_who_ask_at_once_share_one_allowance() {
        let throttle = SharedThrottle::new(RATE, 10);
        let taken = std::thread::scope(|scope| {
            let ask = || (0..5).filter(|_| throttle.take('a', at(0)).is_ok()).count();
            let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            let taken = asking.into_iter().map(|one| one.join().unwrap());
            taken.sum::<usize>()
        });
        assert_eq!(taken, 10);
    }

    #[test]
    fn no_more_keys_than_allowed_are_remembered() {
        let mut throttle = Throttle::new(RATE, 2);
        assert_eq!(throttle.take(1, at(0)), Ok(()));
        assert_eq!(throttle.take(2, at(0)), Ok(()));
        assert!(throttle.take(3, at(0)).is_err());
        assert_eq!(throttle.take(3, at(6)), Ok(()));
    }

    proptest! {
        #[test]
        fn never_more_than_the_burst_plus_the_refill(steps in proptest::collection::vec(0u64..9, 1..200)) {
            let mut bucket = Bucket::default();
            let (mut now, mut taken) = (0, 0_u64);
            for step in steps {
                now += step;
                taken += u64::from(bucket.take(RATE, at(now)).is_ok());
                prop_assert!(taken <= 10 + now / 6);
            }
        }
    }
}
