//! The clock filter: from measurements, now and then, to the room's time at any moment, with what is known of its error.
//!
//! A Kalman filter of two states, offset and drift. Drift is in microseconds a second, which is parts per million.
//! The constants that are no facts of nature were chosen with the example `accuracy`.

use std::collections::VecDeque;

use crate::measurement::{CLOCK_STEP_US_MAX, Measurement};
use crate::{LocalTime, RoomTime};

/// How well a measurement is known when nothing on the way waited.
const NOISE_US: f64 = 40.0;
/// The fastest of eight waited too: about so much of what the middle one waited longer.
const SCATTER_SHARE: f64 = 16.0;
/// How fast a device's clock may run wrong, before anything is known about it; one standard deviation.
const DRIFT_PPM: f64 = 100.0;
/// What is still believed of a drift after the offset turned out to be wrong.
const DRIFT_AGAIN_PPM: f64 = 10.0;
/// No quartz and no slewing clock is further off than this.
const DRIFT_PPM_MAX: f64 = 1_000.0;
/// How the drift wanders with warmth and with the operating system's corrections: variance in ppm^2 for each second.
const DRIFT_WANDER: f64 = 0.1;
/// A measurement this many standard deviations away says that the clock's speed was changed.
const SURPRISE: f64 = 2.0;
/// By what a surprise widens the belief in the drift.
const SURPRISE_PPM: f64 = 20.0;
/// The least round trip is the least of this many bursts, five minutes, so that a path that got longer is noticed.
const TRIPS_MAX: usize = 30;
/// One way of a path takes at most twice as long as the other, on all but broken paths: a sixth of the round trip.
const LIKELY_SHARE: f64 = 6.0;
/// Three bursts were missed.
const STALE_US: i64 = 35_000_000;
/// After so long without a measurement only the drift is worth keeping.
const FORGET_US: i64 = 3_600_000_000;

/// The room's time at one moment of this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What o'clock it is in the room.
    pub room: RoomTime,
    /// How wrong that is likely to be: the measured spread, our clock's steps, and ways of which one takes twice as long as the other.
    pub likely_error_us: i64,
    /// How wrong it may be: the measured spread, our clock's steps, and the whole delay on one way. No clock can know better by asking.
    pub error_bound_us: i64,
    /// How much faster the room's clock runs than ours, in parts per thousand million.
    pub drift_ppb: i64,
    /// The last measurement is old, or something happened since that may have stopped our clock.
    pub is_stale: bool,
}

/// Offset and drift, and how sure they are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Estimate {
    at: LocalTime,
    /// The room's clock less ours at the first measurement; the offset is counted from here, so that it stays small.
    base_us: i64,
    offset_us: f64,
    drift_ppm: f64,
    offset_variance: f64,
    covariance: f64,
    drift_variance: f64,
}

/// What is known of the room's clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ClockFilter {
    estimate: Option<Estimate>,
    /// Round trips of the last bursts, oldest first.
    trips: VecDeque<i64>,
    /// In which steps our clock counts: what it says is late by up to one.
    step_us: i64,
    is_doubted: bool,
    /// The round trips were those of another path; until the next burst they are all that is known.
    is_new_path: bool,
}

impl ClockFilter {
    /// A filter that knows nothing yet.
    pub(crate) const fn new() -> Self {
        Self {
            estimate: None,
            trips: VecDeque::new(),
            step_us: 0,
            is_doubted: false,
            is_new_path: false,
        }
    }

    /// Takes the measurement of a burst.
    pub(crate) fn observe(&mut self, measurement: &Measurement) {
        if self.is_new_path {
            self.trips.clear();
            self.is_new_path = false;
        }
        if self.trips.len() == TRIPS_MAX {
            self.trips.pop_front();
        }
        self.trips.push_back(measurement.round_trip_us);
        let waited_us = (measurement.round_trip_us - self.round_trip_min_us()) as f64 / 2.0;
        let scattered_us = measurement.scatter_us as f64 / SCATTER_SHARE;
        let stepped_us = measurement.step_us as f64 / 4.0;
        let noise = square(NOISE_US + stepped_us + waited_us + scattered_us);
        self.step_us = measurement.step_us;
        let estimate = match self.estimate {
            None => Estimate::first(measurement, noise),
            Some(before) => before.observed(measurement, noise),
        };
        self.estimate = Some(estimate);
        self.is_doubted = false;
    }

    /// Another network: what was the least round trip there says nothing here.
    pub(crate) const fn forget_path(&mut self) {
        self.is_new_path = true;
    }

    /// The device slept, and its clock may have slept too: readings are stale until the next measurement.
    pub(crate) const fn doubt(&mut self) {
        self.is_doubted = true;
    }

    /// The room's time at `now`; nothing before the first measurement.
    pub(crate) fn read(&self, now: LocalTime) -> Option<Reading> {
        let estimate = self.estimate?;
        let spread_us = estimate.predicted(now).offset_variance.sqrt();
        let trip_us = self.round_trip_min_us() as f64;
        let step_us = self.step_us as f64;
        Some(Reading {
            room: estimate.room_at(now),
            likely_error_us: rounded(trip_us / LIKELY_SHARE + spread_us + step_us / 2.0),
            error_bound_us: rounded(trip_us / 2.0 + spread_us + step_us),
            drift_ppb: rounded(estimate.drift_ppm * 1_000.0),
            is_stale: self.is_doubted || now.since_us(estimate.at) > STALE_US,
        })
    }

    /// When, by our clock, it is `room` o'clock in the room.
    pub(crate) fn local_at(&self, room: RoomTime) -> Option<LocalTime> {
        let estimate = self.estimate?;
        let ahead_us =
            (room.us() - estimate.base_us - estimate.at.us()) as f64 - estimate.offset_us;
        let local_us = ahead_us / (1.0 + estimate.drift_ppm / 1e6);
        Some(estimate.at.after_us(rounded(local_us)))
    }

    fn round_trip_min_us(&self) -> i64 {
        self.trips.iter().copied().min().unwrap_or(0)
    }
}

impl Estimate {
    fn first(measurement: &Measurement, noise: f64) -> Self {
        let base_us = measurement.twice_offset_us.div_euclid(2);
        Self {
            at: measurement.at,
            base_us,
            offset_us: (measurement.twice_offset_us - 2 * base_us) as f64 / 2.0,
            drift_ppm: 0.0,
            offset_variance: noise,
            covariance: 0.0,
            drift_variance: square(DRIFT_PPM),
        }
    }

    /// Nothing of the old offset is left, but a device keeps its quartz.
    fn again(&self, measurement: &Measurement, noise: f64) -> Self {
        Self {
            drift_ppm: self.drift_ppm,
            drift_variance: self.drift_variance.max(square(DRIFT_AGAIN_PPM)),
            ..Self::first(measurement, noise)
        }
    }

    /// The estimate carried on to a later moment, less sure.
    fn predicted(&self, to: LocalTime) -> Self {
        let seconds = to.since_us(self.at).clamp(0, FORGET_US) as f64 / 1e6;
        let wander = DRIFT_WANDER * seconds;
        let offset_wander = wander * seconds * seconds / 3.0;
        let mixed_wander = wander * seconds / 2.0;
        let from_drift = 2.0 * self.covariance + seconds * self.drift_variance;
        Self {
            at: self.at.max(to),
            offset_us: self.offset_us + self.drift_ppm * seconds,
            offset_variance: self.offset_variance + seconds * from_drift + offset_wander,
            covariance: self.covariance + seconds * self.drift_variance + mixed_wander,
            drift_variance: self.drift_variance + wander,
            ..*self
        }
    }

    fn observed(&self, measurement: &Measurement, noise: f64) -> Self {
        if measurement.at.since_us(self.at) > FORGET_US {
            return self.again(measurement, noise);
        }
        let mut next = self.predicted(measurement.at);
        let measured_us = (measurement.twice_offset_us - 2 * self.base_us) as f64 / 2.0;
        let surprise_us = measured_us - next.offset_us;
        // The truth lies within half a round trip of what was measured, and the clock's steps: beyond it the estimate is refuted.
        let sure_us = measurement.round_trip_us as f64 / 2.0 + CLOCK_STEP_US_MAX as f64;
        let possible_us = sure_us + 3.0 * next.offset_variance.sqrt();
        if surprise_us.abs() > possible_us {
            return self.again(measurement, noise);
        }
        if square(surprise_us) > square(SURPRISE) * (next.offset_variance + noise) {
            next.offset_variance += square(surprise_us);
            next.drift_variance += square(SURPRISE_PPM);
        }
        let total = next.offset_variance + noise;
        let (offset_gain, drift_gain) = (next.offset_variance / total, next.covariance / total);
        let drift_ppm = next.drift_ppm + drift_gain * surprise_us;
        Self {
            offset_us: next.offset_us + offset_gain * surprise_us,
            drift_ppm: drift_ppm.clamp(-DRIFT_PPM_MAX, DRIFT_PPM_MAX),
            offset_variance: offset_gain * noise,
            covariance: (1.0 - offset_gain) * next.covariance,
            drift_variance: (next.drift_variance - drift_gain * next.covariance).max(0.0),
            ..next
        }
    }

    fn room_at(&self, now: LocalTime) -> RoomTime {
        let seconds = now.since_us(self.at) as f64 / 1e6;
        let moved_us = rounded(self.offset_us + self.drift_ppm * seconds);
        RoomTime::from_us(
            now.us()
                .saturating_add(self.base_us)
                .saturating_add(moved_us),
        )
    }
}

fn square(value: f64) -> f64 {
    value * value
}

/// To the nearest whole number, halves up: the same wherever `floor` is.
fn rounded(value: f64) -> i64 {
    (value + 0.5).floor() as i64
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
