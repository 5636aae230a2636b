/**
 * Being in time. The twin of `crates/sync`: the same names, the same arithmetic in the same order, the same results to
 * the microsecond on `crates/sync/tests/data/golden.json`. Pure: times come in as arguments. All times are whole
 * microseconds; `now` is always of this device's monotonic clock, `room` always Unix time by the room's clock.
 */

/** 2^52 microseconds are 142 years. Sums and differences of two such moments are exact in 53 bits. */
const MOMENT_US_MAX = 2 ** 52 - 1;

/** The moment held within 142 years. */
export function moment(us: number): number {
  return Math.min(MOMENT_US_MAX, Math.max(-MOMENT_US_MAX, us));
}

/** Whether a frame may carry this number as a moment of the room. */
export function isRoomMoment(us: number): boolean {
  return us >= 0 && us <= MOMENT_US_MAX;
}

/** To the nearest whole number, halves up. */
export function rounded(value: number): number {
  return Math.floor(value + 0.5);
}

/** What `performance.now()` says, as a moment of this device. Its steps stay whole: 0.1 ms are 100 us. */
export function localTime(performance_now_ms: number): number {
  return moment(rounded(performance_now_ms * 1000));
}

export function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
