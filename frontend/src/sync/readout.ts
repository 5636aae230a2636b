/** What may be said of how well a device is in time: what was measured, and never finer than its class. */
import type { Reading } from './filter';
import { CLAIM_MS, type PlayerClass } from './player-class';

/** What counts as recent. */
const WINDOW_US = 30_000_000;
/** Errors that are kept, and how many are needed before anything is said. */
const ERRORS_MAX = 256;
const ERRORS_MIN = 12;

/**
 * What to show: too little is known yet; the room's clock was not heard lately; or in 95 of 100 moments the device was
 * within so many milliseconds of the room. `figure_ms` holds where one way to the server takes at most twice as long as
 * the other, as almost everywhere; `bound_ms` however the delay is divided between the two ways.
 */
export type Shown = { is: 'measuring' } | { is: 'stale' } | { is: 'within'; figure_ms: number; bound_ms: number };

/** The recent errors of one player. */
export class Readout {
  private errors: { at: number; error_us: number }[] = [];

  constructor(private readonly player: PlayerClass) {}

  /** Takes the error of one moment. */
  add(now: number, error_us: number): void {
    const isOld = (at: number | undefined): boolean => at !== undefined && now - at > WINDOW_US;
    while (this.errors.length === ERRORS_MAX || isOld(this.errors[0]?.at)) this.errors.shift();
    this.errors.push({ at: now, error_us: Math.abs(error_us) });
  }

  /** Another item: what was measured before says nothing about it. */
  clear(): void {
    this.errors = [];
  }

  /** The 95th percentile of the recent errors, by the nearest rank. */
  get p95_us(): number | null {
    const sorted = this.errors.map((one) => one.error_us).sort((a, b) => a - b);
    return sorted[Math.ceil((sorted.length * 95) / 100) - 1] ?? null;
  }

  /** What may be shown beside this reading of the room's clock. */
  shown(clock: Pick<Reading, 'likely_error_us' | 'error_bound_us' | 'is_stale'> | null): Shown {
    const p95_us = this.p95_us;
    if (!clock || p95_us === null) return { is: 'measuring' };
    if (clock.is_stale) return { is: 'stale' };
    if (this.errors.length < ERRORS_MIN) return { is: 'measuring' };
    const shownMs = (clock_us: number): number => Math.max(CLAIM_MS[this.player], Math.ceil((p95_us + clock_us) / 1000));
    return { is: 'within', figure_ms: shownMs(clock.likely_error_us), bound_ms: shownMs(clock.error_bound_us) };
  }
}
