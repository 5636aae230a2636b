//! Two plain ways to follow a clock, written here to be compared with.

use std::collections::VecDeque;

use sync::{LocalTime, TimeAnswer};

/// How many offsets the median is taken of.
const MEDIAN_OF: usize = 8;

/// The room's clock less ours, as one exchange has it, taken from the middle of its round trip.
fn offset_us(answer: &TimeAnswer, heard: LocalTime) -> i64 {
    let up_us = answer.got.us() - answer.sent.us();
    let down_us = heard.us() - answer.answered.us();
    (up_us - down_us).div_euclid(2)
}

/// Believes the last answer.
#[derive(Default)]
pub(crate) struct LastSample(Option<i64>);

impl LastSample {
    pub(crate) fn hear(&mut self, answer: &TimeAnswer, heard: LocalTime) {
        self.0 = Some(offset_us(answer, heard));
    }

    pub(crate) fn at(&self, now: LocalTime) -> Option<i64> {
        self.0.map(|offset_us| now.us() + offset_us)
    }
}

/// Believes the median of the last eight answers.
#[derive(Default)]
pub(crate) struct MedianOfEight(VecDeque<i64>);

impl MedianOfEight {
    pub(crate) fn hear(&mut self, answer: &TimeAnswer, heard: LocalTime) {
        if self.0.len() == MEDIAN_OF {
            self.0.pop_front();
        }
        self.0.push_back(offset_us(answer, heard));
    }

    pub(crate) fn at(&self, now: LocalTime) -> Option<i64> {
        let mut sorted: Vec<i64> = self.0.iter().copied().collect();
        sorted.sort_unstable();
        let offset_us = sorted.get(sorted.len() / 2)?;
        Some(now.us() + offset_us)
    }
}
