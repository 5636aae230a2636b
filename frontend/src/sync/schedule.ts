/** When to ask for the time. */

/** Questions in a burst, and the time between two of them. */
const BURST_PROBES = 8;
const PROBE_EVERY_US = 50_000;
/** From one burst to the next, at first: two moments are needed to see a drift. */
const SETTLING_US = [2_000_000, 3_000_000, 5_000_000];
/** From one burst to the next, later. */
const BURST_EVERY_US = 10_000_000;

/** Why the time is asked for anew: the device slept, or the way to the server is another one. */
export type Cause = 'wake' | 'network-change';

/** Bursts of 8 questions 50 ms apart: at once, 2, 5 and 10 s later, and then every 10 s. */
export class Schedule {
  /** When the next question is due. */
  next: number;
  private burst_began: number;
  /** Questions of this burst that are still to be sent. */
  private left = 0;
  private bursts = 0;

  /** A first burst at once. */
  constructor(now: number) {
    this.next = now;
    this.burst_began = now;
  }

  /** Whether every question of the burst has been sent. */
  get is_between_bursts(): boolean {
    return this.left === 0;
  }

  /** Takes the question that is due at `now`, if one is. After a pause questions are not made up for. */
  due(now: number): { is_first: boolean } | null {
    if (now < this.next) return null;
    const is_first = this.left === 0;
    if (is_first) {
      this.left = BURST_PROBES;
      this.burst_began = now;
    }
    this.left -= 1;
    if (this.left > 0) {
      this.next = now + PROBE_EVERY_US;
    } else {
      const due = this.burst_began + (SETTLING_US[this.bursts] ?? BURST_EVERY_US);
      this.next = Math.max(due, now + PROBE_EVERY_US);
      this.bursts += 1;
    }
    return { is_first };
  }
}
