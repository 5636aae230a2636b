/** When the sound of a moment of an AudioContext leaves the device, by `performance.now()`. Pure. */

/** What a context tells at one moment. Context times in seconds, the others in ms of `performance.now()`. */
export interface ClockSample {
  now_ms: number;
  /** The next frame that will be rendered. */
  current_s: number;
  /** `getOutputTimestamp()`: the frame that leaves the device, and when; zeros before the first. */
  output_s: number;
  output_ms: number;
  /** `outputLatency`, or what there is in its place. */
  latency_s: number;
}

/** At four samples a second: 4 s, in which the drift of two clocks is well below a millisecond. */
const SAMPLES_MAX = 16;
/** A sample this far from the others is another device, or a context that stood still. */
const JUMP_MS = 40;
/** Once may be a hiccup. */
const JUMPS_MIN = 3;
/** An output timestamp that differs more from what the latency says is not one. */
const PLAUSIBLE_MS = 1000;

export class AudioClock {
  /** The `performance.now()` at which second 0 of the context was heard, or would have been. */
  private origins: number[] = [];
  private jumps: number[] = [];
  private origin: number | null = null;

  add(sample: ClockSample): void {
    const origin = originOf(sample);
    if (this.origin !== null && Math.abs(origin - this.origin) > JUMP_MS) {
      this.jumps.push(origin);
      if (this.jumps.length < JUMPS_MIN) return;
      this.origins = this.jumps;
    } else {
      this.origins.push(origin);
      if (this.origins.length > SAMPLES_MAX) this.origins.shift();
    }
    this.jumps = [];
    this.origin = median(this.origins);
  }

  /** The context was suspended: nothing known of it holds any more. */
  reset(): void {
    this.origins = [];
    this.jumps = [];
    this.origin = null;
  }

  get isKnown(): boolean {
    return this.origin !== null;
  }

  /** When second `context_s` is heard. */
  heardAt(context_s: number): number {
    return (this.origin ?? 0) + context_s * 1000;
  }

  /** The second that is heard at `at_ms`. */
  contextAt(at_ms: number): number {
    return (at_ms - (this.origin ?? 0)) / 1000;
  }
}

function originOf({ now_ms, current_s, output_s, output_ms, latency_s }: ClockSample): number {
  const guess = now_ms - (current_s - latency_s) * 1000;
  if (!(output_s > 0 && output_ms > 0)) return guess;
  const told = output_ms - output_s * 1000;
  return Math.abs(told - guess) < PLAUSIBLE_MS ? told : guess;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
