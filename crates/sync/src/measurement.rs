//! From questions and answers to one measurement of how far the room's clock is from ours.

use crate::{LocalTime, TimeAnswer};

/// A question that took longer says nothing that is worth knowing.
const ROUND_TRIP_US_MAX: i64 = 10_000_000;
/// Some browsers count in steps of a millisecond: on a near network less than nothing may seem to have passed.
pub(crate) const CLOCK_STEP_US_MAX: i64 = 1_000;
/// The steps in which browsers count: cautious ones, most, those on isolated pages; and clocks without steps.
const CLOCK_STEPS_US: [i64; 4] = [CLOCK_STEP_US_MAX, 100, 20, 1];

/// One question and its answer: sent and heard by our clock, got and answered by the room's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    sent: LocalTime,
    heard: LocalTime,
    /// The room's clock less ours on the way up: what it is ahead, plus the time that the question travelled.
    up_us: i64,
    /// Ours less the room's on the way down: what it is behind, plus the time that the answer travelled.
    down_us: i64,
}

impl Exchange {
    /// Reads an answer that was heard at `heard`; nothing when it cannot have been like that.
    pub(crate) fn new(answer: &TimeAnswer, heard: LocalTime) -> Option<Self> {
        let exchange = Self {
            sent: answer.sent,
            heard,
            up_us: answer.got.us() - answer.sent.us(),
            down_us: heard.us() - answer.answered.us(),
        };
        let is_possible = heard >= answer.sent
            && answer.answered >= answer.got
            && (-CLOCK_STEP_US_MAX..=ROUND_TRIP_US_MAX).contains(&exchange.round_trip_us());
        is_possible.then_some(exchange)
    }

    /// How long question and answer travelled together.
    pub(crate) const fn round_trip_us(&self) -> i64 {
        self.up_us + self.down_us
    }

    /// The coarsest steps that both moments of our clock are on.
    fn clock_step_us(&self) -> i64 {
        let fits = |step_us: &i64| self.sent.us() % step_us == 0 && self.heard.us() % step_us == 0;
        CLOCK_STEPS_US.into_iter().find(fits).unwrap_or(1)
    }
}

/// What a burst says about the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measurement {
    /// The moment of which it is said.
    pub(crate) at: LocalTime,
    /// Twice the room's clock less ours: a whole number of microseconds, and exact.
    pub(crate) twice_offset_us: i64,
    /// The time both ways took at their fastest. The offset is at most half of this wrong.
    pub(crate) round_trip_us: i64,
    /// How much longer the middle one of the round trips took.
    pub(crate) scatter_us: i64,
    /// In which steps our clock seems to count.
    pub(crate) step_us: i64,
}

/// The exchanges of one burst, at most as many as were asked for.
///
/// Delays only ever add. The fastest question and the fastest answer need not belong together, and chosen apart both
/// waited less than in the exchange with the least round trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Burst {
    first: Exchange,
    others: Vec<Exchange>,
}

impl Burst {
    /// A burst of one exchange.
    pub(crate) const fn new(first: Exchange) -> Self {
        Self {
            first,
            others: Vec::new(),
        }
    }

    /// Takes one more exchange.
    pub(crate) fn add(&mut self, one: Exchange) {
        self.others.push(one);
    }

    /// The measurement. It is made half-way between the two exchanges, where a steady drift cancels out.
    pub(crate) fn measurement(&self) -> Measurement {
        let (mut up, mut down) = (&self.first, &self.first);
        let mut trips = Vec::new();
        let mut step_us = CLOCK_STEP_US_MAX;
        for one in std::iter::once(&self.first).chain(&self.others) {
            if one.up_us < up.up_us {
                up = one;
            }
            if one.down_us < down.down_us {
                down = one;
            }
            trips.push(one.round_trip_us());
            step_us = step_us.min(one.clock_step_us());
        }
        trips.sort_unstable();
        let round_trip_us = (up.up_us + down.down_us).max(0);
        Measurement {
            at: LocalTime::from_us((up.sent.us() + down.heard.us()).div_euclid(2)),
            twice_offset_us: up.up_us - down.down_us,
            round_trip_us,
            scatter_us: (trips[trips.len() / 2] - round_trip_us).max(0),
            step_us,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoomTime;

    /// The room's clock is 1 s ahead; the ways take `up_us` and `down_us`.
    fn exchange(sent_us: i64, up_us: i64, down_us: i64) -> Option<Exchange> {
        let got = sent_us + 1_000_000 + up_us;
        let answer = TimeAnswer {
            sent: LocalTime::from_us(sent_us),
            got: RoomTime::from_us(got),
            answered: RoomTime::from_us(got + 30),
            clock_epoch: 0,
        };
        Exchange::new(&answer, LocalTime::from_us(sent_us + up_us + 30 + down_us))
    }

    #[test]
    fn the_fastest_question_and_the_fastest_answer_are_combined() {
        let mut burst = Burst::new(exchange(0, 400, 9_000).unwrap());
        burst.add(exchange(50_000, 7_000, 400).unwrap());
        burst.add(exchange(100_000, 2_000, 2_000).unwrap());
        let measurement = burst.measurement();
        assert_eq!(measurement.twice_offset_us, 2_000_000);
        assert_eq!(measurement.round_trip_us, 800);
        assert_eq!(measurement.scatter_us, 6_600);
        assert_eq!(measurement.step_us, 1);
        assert_eq!(measurement.at, LocalTime::from_us((57_430) / 2));
    }

    #[test]
    fn an_answer_that_cannot_be_is_not_heard() {
        assert_eq!(exchange(0, -1_400, 300), None);
        assert_eq!(exchange(0, 400, ROUND_TRIP_US_MAX), None);
        assert!(exchange(0, 400, 400).is_some());
    }
}
