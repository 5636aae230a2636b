/**
 * Where a player is that tells it coarsely: a figure that stands still for a while, then jumps to the present. So each
 * figure is as old as it is late, never early, and of several the earliest-looking one is the freshest.
 */
import type { Heard } from '../player';

/** Figures older than this say nothing about now. */
export const WINDOW_MS = 1500;
/** A figure that has not moved for so long: it stands, or something else is shown. */
export const STANDS_AFTER_MS = 1000;
/** The rest are taken for slips of the player: it runs ahead of itself after a wait. */
const TRUSTED = 0.8;

export class Place {
  /** When the recording would have begun, for each figure, and when that was said. */
  private begins: { begin_ms: number; at_ms: number }[] = [];
  private last_ms: number | null = null;

  /** It was told to be elsewhere, or stopped. */
  forget(): void {
    this.begins = [];
    this.last_ms = null;
  }

  add(position_ms: number, at_ms: number): void {
    if (position_ms === this.last_ms) return;
    const isFirst = this.last_ms === null;
    const isBack = this.last_ms !== null && position_ms < this.last_ms;
    if (isBack) this.begins = [];
    this.last_ms = position_ms;
    // The first figure may have stood there for any time.
    if (isFirst || isBack) return;
    this.begins = this.begins.filter((one) => at_ms - one.at_ms <= WINDOW_MS);
    this.begins.push({ begin_ms: at_ms - position_ms, at_ms });
  }

  /** `null` while it does not move. */
  at(now_ms: number): Heard | null {
    const fresh = this.begins.filter((one) => now_ms - one.at_ms <= WINDOW_MS);
    const newest_ms = Math.max(...fresh.map((one) => one.at_ms));
    if (fresh.length === 0 || now_ms - newest_ms > STANDS_AFTER_MS) return null;
    const begins = fresh.map((one) => one.begin_ms).sort((one, other) => other - one);
    const begin_ms = begins[Math.min(begins.length - 1, Math.floor(begins.length * TRUSTED))] ?? 0;
    return { position_ms: Math.max(0, now_ms - begin_ms), at_ms: now_ms };
  }
}
