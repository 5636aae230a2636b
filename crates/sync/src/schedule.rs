//! When to ask for the time.

use crate::LocalTime;

/// Questions in a burst, and the time between two of them.
const BURST_PROBES: u8 = 8;
const PROBE_EVERY_US: i64 = 50_000;
/// From one burst to the next, at first: two moments are needed to see a drift.
const SETTLING_US: [i64; 3] = [2_000_000, 3_000_000, 5_000_000];
/// From one burst to the next, later.
const BURST_EVERY_US: i64 = 10_000_000;

/// Why the time is asked for anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The device slept or the page was frozen.
    Wake,
    /// The way to the server is another one: a new network, or a new socket.
    NetworkChange,
}

/// Bursts of 8 questions 50 ms apart: at once, 2, 5 and 10 s later, and then every 10 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    next: LocalTime,
    burst_began: LocalTime,
    /// Questions of this burst that are still to be sent.
    left: u8,
    bursts: usize,
}

/// One question is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// It is the first of a burst.
    pub(crate) is_first: bool,
}

impl Schedule {
    /// A first burst at once.
    pub(crate) const fn new(now: LocalTime) -> Self {
        Self {
            next: now,
            burst_began: now,
            left: 0,
            bursts: 0,
        }
    }

    /// When the next question is due.
    pub(crate) const fn next(&self) -> LocalTime {
        self.next
    }

    /// Whether every question of the burst has been sent.
    pub(crate) const fn is_between_bursts(&self) -> bool {
        self.left == 0
    }

    /// Takes the question that is due at `now`, if one is. After a pause questions are not made up for.
    pub(crate) fn due(&mut self, now: LocalTime) -> Option<Due> {
        if now < self.next {
            return None;
        }
        let is_first = self.left == 0;
        if is_first {
            self.left = BURST_PROBES;
            self.burst_began = now;
        }
        self.left -= 1;
        if self.left > 0 {
            self.next = now.after_us(PROBE_EVERY_US);
        } else {
            let pause_us = SETTLING_US.get(self.bursts).copied();
            let due = self
                .burst_began
                .after_us(pause_us.unwrap_or(BURST_EVERY_US));
            self.next = due.max(now.after_us(PROBE_EVERY_US));
            self.bursts += 1;
        }
        Some(Due { is_first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_are_close_at_first_and_then_ten_seconds_apart() {
        let mut schedule = Schedule::new(LocalTime::from_us(0));
        let mut sent = Vec::new();
        for ms in 0..40_000 {
            if let Some(due) = schedule.due(LocalTime::from_us(ms * 1_000)) {
                sent.push((ms, due.is_first));
            }
        }
        let firsts: Vec<i64> = sent.iter().filter(|one| one.1).map(|one| one.0).collect();
        assert_eq!(firsts, [0, 2_000, 5_000, 10_000, 20_000, 30_000]);
        let third: Vec<i64> = sent[16..24].iter().map(|one| one.0).collect();
        assert_eq!(
            third,
            [5_000, 5_050, 5_100, 5_150, 5_200, 5_250, 5_300, 5_350]
        );
    }

    #[test]
    fn a_page_that_was_frozen_does_not_make_up_for_questions() {
        let mut schedule = Schedule::new(LocalTime::from_us(0));
        assert!(schedule.due(LocalTime::from_us(0)).is_some());
        let late = LocalTime::from_us(60_000_000);
        assert!(schedule.due(late).is_some());
        assert_eq!(schedule.due(late), None);
    }
}
