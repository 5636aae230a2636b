//! What one allocation may still carry.

use base::Timestamp;

use crate::Allowance;

/// A bucket that refills steadily and from which any amount can be taken at once.
pub(crate) struct Budget {
    /// In thousandths, because the clock counts milliseconds.
    left_milli: u64,
    at: Timestamp,
}

impl Budget {
    /// A full bucket.
    pub(crate) const fn new(allowance: Allowance, now: Timestamp) -> Self {
        Self {
            left_milli: allowance.burst.saturating_mul(1000),
            at: now,
        }
    }

    /// Takes `amount` if there is that much.
    pub(crate) fn take(&mut self, amount: u64, allowance: Allowance, now: Timestamp) -> bool {
        let passed_ms = u64::try_from(now.since(self.at).as_millis()).unwrap_or(u64::MAX);
        let refilled = self
            .left_milli
            .saturating_add(passed_ms.saturating_mul(allowance.per_second));
        self.left_milli = refilled.min(allowance.burst.saturating_mul(1000));
        self.at = self.at.max(now);
        match self.left_milli.checked_sub(amount.saturating_mul(1000)) {
            Some(left) => {
                self.left_milli = left;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALLOWANCE: Allowance = Allowance {
        per_second: 100,
        burst: 500,
    };

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(ms)
    }

    #[test]
    fn a_burst_passes_and_then_the_steady_flow() {
        let mut budget = Budget::new(ALLOWANCE, at(0));
        assert!(budget.take(500, ALLOWANCE, at(0)));
        assert!(!budget.take(1, ALLOWANCE, at(9)));
        assert!(budget.take(1, ALLOWANCE, at(10)));
        assert!(!budget.take(501, ALLOWANCE, at(1_000_000)));
        assert!(budget.take(500, ALLOWANCE, at(1_000_000)));
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let mut budget = Budget::new(ALLOWANCE, at(10_000));
        assert!(budget.take(500, ALLOWANCE, at(10_000)));
        assert!(!budget.take(1, ALLOWANCE, at(0)));
        assert!(!budget.take(1, ALLOWANCE, at(10_000)));
    }

    proptest! {
        #[test]
        fn never_more_than_the_burst_plus_the_refill(
            steps in proptest::collection::vec((0i64..500, 0u64..200), 1..200),
        ) {
            let mut budget = Budget::new(ALLOWANCE, at(0));
            let (mut now, mut taken) = (0, 0);
            for (step, amount) in steps {
                now += step;
                if budget.take(amount, ALLOWANCE, at(now)) {
                    taken += amount;
                }
                prop_assert!(taken * 1000 <= 500_000 + now.unsigned_abs() * 100);
            }
        }
    }
}
