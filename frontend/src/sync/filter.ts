/**
 * The clock filter: from measurements, now and then, to the room's time at any moment, with what is known of its error.
 *
 * A Kalman filter of two states, offset and drift. Drift is in microseconds a second, which is parts per million. The
 * constants are those of `crates/sync/src/filter.rs`.
 */
import { CLOCK_STEP_US_MAX, type Measurement } from './measurement';
import { clamped, moment, rounded } from './time';

/** How well a measurement is known when nothing on the way waited. */
const NOISE_US = 40;
/** The fastest of eight waited too: about so much of what the middle one waited longer. */
const SCATTER_SHARE = 16;
/** How fast a device's clock may run wrong, before anything is known about it; one standard deviation. */
const DRIFT_PPM = 100;
/** What is still believed of a drift after the offset turned out to be wrong. */
const DRIFT_AGAIN_PPM = 10;
/** No quartz and no slewing clock is further off than this. */
const DRIFT_PPM_MAX = 1000;
/** How the drift wanders with warmth and with the system's corrections: variance in ppm^2 for each second. */
const DRIFT_WANDER = 0.1;
/** A measurement this many standard deviations away says that the clock's speed was changed. */
const SURPRISE = 2;
/** By what a surprise widens the belief in the drift. */
const SURPRISE_PPM = 20;
/** The least round trip is the least of this many bursts, five minutes, so that a path that got longer is noticed. */
const TRIPS_MAX = 30;
/** One way of a path takes at most twice as long as the other, on all but broken paths: a sixth of the round trip. */
const LIKELY_SHARE = 6;
/** Three bursts were missed. */
const STALE_US = 35_000_000;
/** After so long without a measurement only the drift is worth keeping. */
const FORGET_US = 3_600_000_000;

/** The room's time at one moment of this device. */
export interface Reading {
  /** What o'clock it is in the room. */
  room: number;
  /** How wrong that is likely to be: the measured spread, our clock's steps, and ways one of which takes twice as long. */
  likely_error_us: number;
  /** How wrong it may be: the measured spread, our clock's steps, and the whole delay on one way. Nobody who only asks knows better. */
  error_bound_us: number;
  /** How much faster the room's clock runs than ours, in parts per thousand million. */
  drift_ppb: number;
  /** The last measurement is old, or something happened since that may have stopped our clock. */
  is_stale: boolean;
}

/** Offset and drift, and how sure they are. */
interface Estimate {
  at: number;
  /** The room's clock less ours at the first measurement; the offset is counted from here, so that it stays small. */
  base_us: number;
  offset_us: number;
  drift_ppm: number;
  offset_variance: number;
  covariance: number;
  drift_variance: number;
}

/** What is known of the room's clock. */
export class ClockFilter {
  private estimate: Estimate | null = null;
  /** Round trips of the last bursts, oldest first. */
  private trips: number[] = [];
  /** In which steps our clock counts: what it says is late by up to one. */
  private step_us = 0;
  private is_doubted = false;
  /** The round trips were those of another path; until the next burst they are all that is known. */
  private is_new_path = false;

  /** Takes the measurement of a burst. */
  observe(measurement: Measurement): void {
    if (this.is_new_path) {
      this.trips = [];
      this.is_new_path = false;
    }
    if (this.trips.length === TRIPS_MAX) this.trips.shift();
    this.trips.push(measurement.round_trip_us);
    const waited_us = (measurement.round_trip_us - this.roundTripMinUs()) / 2;
    const scattered_us = measurement.scatter_us / SCATTER_SHARE;
    const stepped_us = measurement.step_us / 4;
    const noise = square(NOISE_US + stepped_us + waited_us + scattered_us);
    this.step_us = measurement.step_us;
    this.estimate = this.estimate ? observed(this.estimate, measurement, noise) : first(measurement, noise);
    this.is_doubted = false;
  }

  /** Another network: what was the least round trip there says nothing here. */
  forgetPath(): void {
    this.is_new_path = true;
  }

  /** The device slept, and its clock may have slept too: readings are stale until the next measurement. */
  doubt(): void {
    this.is_doubted = true;
  }

  /** The room's time at `now`; nothing before the first measurement. */
  read(now: number): Reading | null {
    const estimate = this.estimate;
    if (!estimate) return null;
    const spread_us = Math.sqrt(predicted(estimate, now).offset_variance);
    const trip_us = this.roundTripMinUs();
    return {
      room: roomAt(estimate, now),
      likely_error_us: rounded(trip_us / LIKELY_SHARE + spread_us + this.step_us / 2),
      error_bound_us: rounded(trip_us / 2 + spread_us + this.step_us),
      drift_ppb: rounded(estimate.drift_ppm * 1000),
      is_stale: this.is_doubted || now - estimate.at > STALE_US,
    };
  }

  /** When, by our clock, it is `room` o'clock in the room. */
  localAt(room: number): number | null {
    const estimate = this.estimate;
    if (!estimate) return null;
    const ahead_us = room - estimate.base_us - estimate.at - estimate.offset_us;
    const local_us = ahead_us / (1 + estimate.drift_ppm / 1e6);
    return moment(estimate.at + rounded(local_us));
  }

  private roundTripMinUs(): number {
    return this.trips.length === 0 ? 0 : Math.min(...this.trips);
  }
}

function first(measurement: Measurement, noise: number): Estimate {
  const base_us = Math.floor(measurement.twice_offset_us / 2);
  return {
    at: measurement.at,
    base_us,
    offset_us: (measurement.twice_offset_us - 2 * base_us) / 2,
    drift_ppm: 0,
    offset_variance: noise,
    covariance: 0,
    drift_variance: square(DRIFT_PPM),
  };
}

/** Nothing of the old offset is left, but a device keeps its quartz. */
function again(before: Estimate, measurement: Measurement, noise: number): Estimate {
  return {
    ...first(measurement, noise),
    drift_ppm: before.drift_ppm,
    drift_variance: Math.max(before.drift_variance, square(DRIFT_AGAIN_PPM)),
  };
}

/** The estimate carried on to a later moment, less sure. */
function predicted(before: Estimate, to: number): Estimate {
  const seconds = clamped(to - before.at, 0, FORGET_US) / 1e6;
  const wander = DRIFT_WANDER * seconds;
  const offset_wander = (wander * seconds * seconds) / 3;
  const mixed_wander = (wander * seconds) / 2;
  const from_drift = 2 * before.covariance + seconds * before.drift_variance;
  return {
    ...before,
    at: Math.max(before.at, to),
    offset_us: before.offset_us + before.drift_ppm * seconds,
    offset_variance: before.offset_variance + seconds * from_drift + offset_wander,
    covariance: before.covariance + seconds * before.drift_variance + mixed_wander,
    drift_variance: before.drift_variance + wander,
  };
}

function observed(before: Estimate, measurement: Measurement, noise: number): Estimate {
  if (measurement.at - before.at > FORGET_US) return again(before, measurement, noise);
  const next = predicted(before, measurement.at);
  const measured_us = (measurement.twice_offset_us - 2 * before.base_us) / 2;
  const surprise_us = measured_us - next.offset_us;
  // The truth lies within half a round trip of what was measured, and the clock's steps: beyond it the estimate is refuted.
  const sure_us = measurement.round_trip_us / 2 + CLOCK_STEP_US_MAX;
  const possible_us = sure_us + 3 * Math.sqrt(next.offset_variance);
  if (Math.abs(surprise_us) > possible_us) return again(before, measurement, noise);
  if (square(surprise_us) > square(SURPRISE) * (next.offset_variance + noise)) {
    next.offset_variance += square(surprise_us);
    next.drift_variance += square(SURPRISE_PPM);
  }
  const total = next.offset_variance + noise;
  const [offset_gain, drift_gain] = [next.offset_variance / total, next.covariance / total];
  const drift_ppm = next.drift_ppm + drift_gain * surprise_us;
  return {
    ...next,
    offset_us: next.offset_us + offset_gain * surprise_us,
    drift_ppm: clamped(drift_ppm, -DRIFT_PPM_MAX, DRIFT_PPM_MAX),
    offset_variance: offset_gain * noise,
    covariance: (1 - offset_gain) * next.covariance,
    drift_variance: Math.max(0, next.drift_variance - drift_gain * next.covariance),
  };
}

function roomAt(estimate: Estimate, now: number): number {
  const seconds = (now - estimate.at) / 1e6;
  const moved_us = rounded(estimate.offset_us + estimate.drift_ppm * seconds);
  return moment(now + estimate.base_us + moved_us);
}

const square = (value: number): number => value * value;
