//! One allowance for each key, for a bounded number of keys, none of which is ever refused for the number of others.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use base::{Bucket, Rate, Timestamp};

/// Who owes how much. Whoever owes nothing has no entry.
pub(crate) struct Debts<K> {
    keys_max: usize,
    /// Each beside the rate that it was taken by last.
    buckets: HashMap<K, (Bucket, Rate)>,
}

impl<K: Eq + Hash + Copy> Debts<K> {
    pub(crate) fn new(keys_max: usize) -> Self {
        Self {
            keys_max,
            buckets: HashMap::new(),
        }
    }

    /// How long until `key` may take one.
    pub(crate) fn wait(&self, key: K, rate: Rate, now: Timestamp) -> Duration {
        self.bucket(key).wait(rate, now)
    }

    /// How many `key` has taken that have not come back.
    pub(crate) fn taken(&self, key: K, rate: Rate, now: Timestamp) -> u32 {
        let taken = self
            .bucket(key)
            .debt(rate, now)
            .as_millis()
            .div_ceil(rate.every.as_millis());
        u32::try_from(taken).unwrap_or(u32::MAX)
    }

    /// Takes one, which [`wait`](Self::wait) said that there is.
    pub(crate) fn take(&mut self, key: K, rate: Rate, now: Timestamp) {
        if !self.buckets.contains_key(&key) && self.buckets.len() >= self.keys_max {
            self.forget_the_lesser_half(now);
        }
        let entry = self.buckets.entry(key);
        let (bucket, by) = entry.or_insert_with(|| (Bucket::default(), rate));
        *by = rate;
        let taken = bucket.take(rate, now);
        debug_assert!(taken.is_ok(), "whoever takes has asked before");
    }

    pub(crate) fn give_back(&mut self, key: K, rate: Rate) {
        if let Some((bucket, _)) = self.buckets.get_mut(&key) {
            bucket.give_back(rate);
        }
    }

    pub(crate) fn forget(&mut self, key: K) {
        self.buckets.remove(&key);
    }

    /// Keys that a flood brought owe less than an account that is being guessed at, and go first. One that is stamped far
    /// ahead, by a clock that was set back since, owes nothing.
    fn forget_the_lesser_half(&mut self, now: Timestamp) {
        let debts = self.buckets.iter();
        let debts = debts.map(|(&key, (bucket, rate))| (bucket.debt(*rate, now), key));
        let mut debts: Vec<(Duration, K)> = debts.collect();
        let middle = debts.len() / 2;
        debts.select_nth_unstable_by_key(middle, |&(debt, _)| debt);
        for &(_, key) in &debts[..=middle] {
            self.buckets.remove(&key);
        }
    }

    fn bucket(&self, key: K) -> Bucket {
        self.buckets
            .get(&key)
            .map_or_else(Bucket::default, |&(bucket, _)| bucket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate::per(10, Duration::from_secs(600));

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(seconds))
    }

    #[test]
    fn what_was_taken_comes_back_with_time() {
        let mut debts = Debts::new(10);
        for taken in 0..10 {
            assert_eq!(debts.taken('a', RATE, at(0)), taken);
            debts.take('a', RATE, at(0));
        }
        assert_eq!(debts.wait('a', RATE, at(0)), Duration::from_secs(60));
        assert_eq!(debts.taken('a', RATE, at(61)), 9);
        debts.give_back('a', RATE);
        assert_eq!(debts.taken('a', RATE, at(61)), 8);
        debts.forget('a');
        assert_eq!(debts.taken('a', RATE, at(61)), 0);
    }

    #[test]
    fn a_flood_of_keys_refuses_nobody_and_does_not_free_who_owes_most() {
        let mut debts = Debts::new(100);
        for _ in 0..10 {
            debts.take(0, RATE, at(0));
        }
        for key in 1..10_000 {
            assert_eq!(debts.wait(key, RATE, at(1)), Duration::ZERO);
            debts.take(key, RATE, at(1));
            assert!(debts.buckets.len() <= 100);
        }
        assert!(debts.wait(0, RATE, at(2)) > Duration::ZERO);
    }

    #[test]
    fn who_is_stamped_by_a_clock_that_was_set_back_is_forgotten_before_who_owes() {
        let mut debts = Debts::new(100);
        for key in 1..=60 {
            debts.take(key, RATE, at(1_000_000));
        }
        for _ in 0..10 {
            debts.take(0, RATE, at(0));
        }
        for key in 61..10_000 {
            debts.take(key, RATE, at(1));
        }
        assert!(debts.wait(0, RATE, at(2)) > Duration::ZERO);
    }
}
