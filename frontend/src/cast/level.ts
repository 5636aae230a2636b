/** How loud it is, for the eye. Pure: amplitudes and times in, meter values out. */

const FLOOR_DB = -60;
const HOLD_MS = 1500;
/** How far the held peak falls in a second once its time is over. */
const FALL_PER_S = 0.6;
/** Below this amplitude (-60 dB) nobody hears anything. */
const SILENCE = 0.001;
export const SILENCE_HINT_MS = 10_000;
export const LEVEL_EVERY_MS = 50;

/** An amplitude from 0 to 1 as a place on a meter of 60 dB. */
export function onMeter(amplitude: number): number {
  if (amplitude <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(amplitude)) / FLOOR_DB));
}

export interface LevelView {
  /** 0 to 1. */
  level: number;
  /** 0 to 1: the loudest of the last 1.5 s, then falling. */
  peak: number;
  /** Nothing was heard for 10 s. */
  is_silent: boolean;
}

export class LevelTracker {
  private peak = 0;
  private peakAt = 0;
  private lastAt: number;
  private heardAt: number;

  constructor(now: number) {
    this.lastAt = now;
    this.heardAt = now;
  }

  observe(amplitude: number, now: number): LevelView {
    const level = onMeter(amplitude);
    const seconds = (now - this.lastAt) / 1000;
    this.lastAt = now;
    if (now - this.peakAt > HOLD_MS) this.peak = Math.max(0, this.peak - FALL_PER_S * seconds);
    if (level >= this.peak) {
      this.peak = level;
      this.peakAt = now;
    }
    if (amplitude >= SILENCE) this.heardAt = now;
    return { level, peak: this.peak, is_silent: now - this.heardAt >= SILENCE_HINT_MS };
  }
}
