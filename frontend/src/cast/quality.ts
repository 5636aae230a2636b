/** How many bits a second a listener gets: what the caster chose, or less while the path loses packets. */

export type Quality = 'voice' | 'music' | 'high';

/** Opus bits a second, best first; each quality starts at its place and may fall by two. */
const LAYERS = [256_000, 128_000, 80_000, 48_000, 32_000, 24_000] as const;
const FIRST: Record<Quality, number> = { high: 0, music: 1, voice: 3 };
export const BITRATE_MAX = LAYERS[0];

/** Up to so many listeners get short packets: 10 ms less delay for twice the packets. */
const SHORT_PACKETS_FOR = 4;

/** Milliseconds of sound in a packet for a listener that comes when there are `listeners` with it. */
export function ptimeFor(listeners: number): 10 | 20 {
  return listeners <= SHORT_PACKETS_FOR ? 10 : 20;
}

const STEPS_MAX = 2;
const LOSS_HIGH = 0.05;
const LOSS_LOW = 0.01;
/** Reports (one a second) that must agree before a change: down soon, up late. */
const REPORTS_TO_FALL = 5;
const REPORTS_TO_RISE = 20;

export function bitrateOf(quality: Quality, steps: number): number {
  return LAYERS[FIRST[quality] + steps] ?? LAYERS[LAYERS.length - 1] ?? BITRATE_MAX;
}

/** How many layers below the chosen quality one listener is. */
export class LossLadder {
  steps = 0;
  private bad = 0;
  private clean = 0;

  /** Takes one report's loss (0 to 1). True when `steps` changed. */
  report(loss: number): boolean {
    this.bad = loss > LOSS_HIGH ? this.bad + 1 : 0;
    this.clean = loss < LOSS_LOW ? this.clean + 1 : 0;
    if (this.bad >= REPORTS_TO_FALL && this.steps < STEPS_MAX) return this.move(1);
    if (this.clean >= REPORTS_TO_RISE && this.steps > 0) return this.move(-1);
    return false;
  }

  private move(by: number): boolean {
    this.steps += by;
    this.bad = 0;
    this.clean = 0;
    return true;
  }
}
