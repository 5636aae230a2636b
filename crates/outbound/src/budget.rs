//! How often a provider may be asked. Pure: the time is passed in, and the caller sleeps.

use std::collections::VecDeque;
use std::time::Duration;

use base::{Bucket, Rate, Timestamp};

/// What a provider allows: never faster than `pace`, and never more than `count` in any `period`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    pub(crate) pace: Rate,
    pub(crate) count: u32,
    pub(crate) period: Duration,
}

impl Allowance {
    /// `count` in each second, and no more than that at once.
    pub(crate) const fn per_second(count: u32) -> Self {
        let second = Duration::from_secs(1);
        Self {
            pace: Rate::per(count, second),
            count,
            period: second,
        }
    }
}

/// Turns at one provider, given out first come, first served. A turn may lie in the future: whoever gets it waits.
#[derive(Debug)]
pub(crate) struct Budget {
    allowance: Allowance,
    bucket: Bucket,
    /// The last turns given out, oldest first: as many as its two bounds look back at.
    turns: VecDeque<Timestamp>,
}

/// More turns than this may not lie ahead: whoever comes then is sent away.
const QUEUE_MAX: usize = 64;

impl Budget {
    pub(crate) fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            bucket: Bucket::default(),
            turns: VecDeque::new(),
        }
    }

    /// Takes the next turn and says how long to wait for it. When that is longer than `patience`, takes none and
    /// says when to come again.
    pub(crate) fn take(
        &mut self,
        now: Timestamp,
        patience: Duration,
    ) -> Result<Duration, Duration> {
        self.forget_the_future(now);
        let turn = self.next_turn(now);
        let wait = turn.since(now);
        let ahead = self
            .turns
            .iter()
            .rev()
            .take_while(|turn| **turn > now)
            .count();
        if wait > patience || ahead >= QUEUE_MAX {
            return Err(wait);
        }
        if self.bucket.take(self.allowance.pace, turn).is_err() {
            return Err(wait.max(self.allowance.pace.every));
        }
        if self.turns.len() >= QUEUE_MAX.max(self.allowance.count as usize) {
            self.turns.pop_front();
        }
        self.turns.push_back(turn);
        Ok(wait)
    }

    /// How many could be asked at once now.
    pub(crate) fn left(&self, now: Timestamp) -> u32 {
        let window_start = self
            .turns
            .iter()
            .filter(|turn| now.since(**turn) < self.allowance.period);
        let unspent = self
            .allowance
            .count
            .saturating_sub(u32::try_from(window_start.count()).unwrap_or(u32::MAX));
        let mut bucket = self.bucket;
        (0..unspent)
            .take_while(|_| bucket.take(self.allowance.pace, now).is_ok())
            .count() as u32
    }

    /// No turn is given out so far ahead: when one is, the clock was set back since, and would hold everybody up.
    fn forget_the_future(&mut self, now: Timestamp) {
        let queue = self.allowance.pace.every.saturating_mul(QUEUE_MAX as u32);
        let farthest = now.after(self.allowance.period.max(queue) + queue);
        if self.turns.back().is_some_and(|turn| *turn > farthest) {
            *self = Self::new(self.allowance);
        }
    }

    fn next_turn(&self, now: Timestamp) -> Timestamp {
        let paced = now.after(whole_ms(self.bucket.wait(self.allowance.pace, now)));
        let count = self.allowance.count as usize;
        let first_of_period = self.turns.len().checked_sub(count);
        match first_of_period.and_then(|index| self.turns.get(index)) {
            Some(first) => paced.max(first.after(self.allowance.period)),
            None => paced,
        }
    }
}

/// Timestamps are whole milliseconds: rounding down would come too early.
fn whole_ms(span: Duration) -> Duration {
    Duration::from_millis(u64::try_from(span.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const SLOW: Allowance = Allowance {
        pace: Rate {
            burst: 5,
            every: Duration::from_millis(3_334),
        },
        count: 18,
        period: MINUTE,
    };

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_700_000_000_000).after(Duration::from_millis(ms))
    }

    #[test]
    fn a_burst_passes_and_the_next_waits_its_turn() {
        let mut budget = Budget::new(SLOW);
        assert_eq!(budget.left(at(0)), 5);
        for _ in 0..5 {
            assert_eq!(budget.take(at(0), Duration::ZERO), Ok(Duration::ZERO));
        }
        assert_eq!(budget.left(at(0)), 0);
        assert_eq!(budget.take(at(0), MINUTE), Ok(Duration::from_millis(3_334)));
        assert_eq!(budget.take(at(0), MINUTE), Ok(Duration::from_millis(6_668)));
    }

    #[test]
    fn whoever_cannot_wait_so_long_is_told_when_to_come_and_costs_nothing() {
        let mut budget = Budget::new(Allowance::per_second(1));
        assert_eq!(budget.take(at(0), Duration::ZERO), Ok(Duration::ZERO));
        for _ in 0..3 {
            assert_eq!(
                budget.take(at(400), Duration::from_millis(599)),
                Err(Duration::from_millis(600))
            );
        }
        assert_eq!(budget.take(at(1_000), Duration::ZERO), Ok(Duration::ZERO));
    }

    #[test]
    fn no_more_wait_than_the_queue_holds() {
        let mut budget = Budget::new(Allowance::per_second(1));
        let admitted = (0..1_000)
            .filter(|_| budget.take(at(0), MINUTE * 60).is_ok())
            .count();
        assert!(admitted <= QUEUE_MAX + 1, "{admitted}");
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody_up() {
        let mut budget = Budget::new(SLOW);
        let day = Duration::from_secs(24 * 60 * 60);
        let tomorrow = at(0).after(day);
        assert_eq!(budget.take(tomorrow, Duration::ZERO), Ok(Duration::ZERO));
        assert_eq!(budget.take(at(0), Duration::ZERO), Ok(Duration::ZERO));
    }

    proptest! {
        #[test]
        fn no_period_sees_more_than_its_count(steps in proptest::collection::vec((0u64..9_000, 0u64..9_000), 1..200)) {
            let mut budget = Budget::new(SLOW);
            let mut now = 0;
            let mut turns: Vec<Timestamp> = Vec::new();
            for (step, patience) in steps {
                now += step;
                if let Ok(wait) = budget.take(at(now), Duration::from_millis(patience)) {
                    prop_assert!(wait <= Duration::from_millis(patience));
                    turns.push(at(now).after(wait));
                }
            }
            prop_assert!(turns.is_sorted());
            for (index, first) in turns.iter().enumerate() {
                let same_minute = turns[index..].iter().take_while(|turn| turn.since(*first) < MINUTE).count();
                prop_assert!(same_minute <= 18, "{}", same_minute);
                let at_once = turns[index..].iter().take_while(|turn| turn.since(*first) < Duration::from_secs(3)).count();
                prop_assert!(at_once <= 6, "{}", at_once);
            }
        }
    }
}
