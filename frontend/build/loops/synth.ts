// A small synthesiser. Only sums, products and roots of numbers: the last digits of `Math.sin` and `Math.exp` differ from
// engine to engine, and these loops are the same bytes everywhere.

export const RATE = 32_000;
/** 2 to the power of 1/12. */
const SEMITONE = 1.0594630943592953;
const A4 = 69;
const LEVEL = 0.7;
/** In samples: 20 ms. */
const RELEASE = 640;
/** Low bits that are left out: 14 bits have a floor at -84 dB, below that of any room. */
const WASTED = 2;

/** The frequency of a MIDI note number. */
export function hertz(note: number): number {
  let frequency = 440;
  for (let at = A4; at < note; at += 1) frequency *= SEMITONE;
  for (let at = A4; at > note; at -= 1) frequency /= SEMITONE;
  return frequency;
}

/** The sine of so many turns, to five digits. */
export function sine(turns: number): number {
  const part = turns - Math.floor(turns + 0.5);
  const folded = Math.abs(part) > 0.25 ? (part < 0 ? -0.5 : 0.5) - part : part;
  const x = folded * 6.283185307179586;
  const y = x * x;
  return x * (1 - (y / 6) * (1 - (y / 20) * (1 - (y / 42) * (1 - y / 72))));
}

/** The longest note in seconds. */
const NOTE_S_MAX = 10;
const decays = new Map<number, Float64Array>();

/** Falls by half in each `half_s` seconds; by sample. */
function decay(half_s: number): Float64Array {
  const known = decays.get(half_s);
  if (known) return known;
  // 2^-x for a small x, by its first terms.
  const z = 0.6931471805599453 / (half_s * RATE);
  const factor = 1 - z * (1 - (z / 2) * (1 - z / 3));
  const fall = new Float64Array(NOTE_S_MAX * RATE);
  let level = 1;
  for (let i = 0; i < fall.length; i += 1) {
    fall[i] = level;
    level *= factor;
  }
  decays.set(half_s, fall);
  return fall;
}

export interface Note {
  /** Seconds from the beginning of the piece. */
  at: number;
  note: number;
  level: number;
}

/** How long a note sounds, and its sample number `i`, `t` seconds from its beginning. */
export type Instrument = (note: Note) => { length_s: number; sample: (t: number, i: number) => number };

const attack = (t: number, length_s: number): number => Math.min(1, t / length_s);

/** A plucked tongue of metal: a fundamental and two overtones that die sooner. */
export const kalimba: Instrument = ({ note, level }) => {
  const f = hertz(note);
  const [low, middle, high] = [decay(0.28), decay(0.09), decay(0.03)];
  return {
    length_s: 2.2,
    sample: (t, i) => {
      const ring = (low[i] ?? 0) * sine(f * t);
      const strike = t < 0.8 ? 0.3 * (middle[i] ?? 0) * sine(3 * f * t) + 0.18 * (high[i] ?? 0) * sine(6.3 * f * t) : 0;
      return level * attack(t, 0.002) * (ring + strike);
    },
  };
};

/** An electric piano: one sine bends the other, less and less. */
export const piano: Instrument = ({ note, level }) => {
  const f = hertz(note);
  const [body, bend] = [decay(0.55), decay(0.22)];
  return {
    length_s: 4,
    sample: (t, i) => level * attack(t, 0.004) * (body[i] ?? 0) * sine(f * t + 0.22 * (bend[i] ?? 0) * sine(2 * f * t)),
  };
};

/** A slow string of three voices, a little out of tune with each other. */
export const pad: Instrument = ({ note, level }) => {
  const f = hertz(note);
  const length_s = 9.5;
  return {
    length_s,
    sample: (t) => {
      const swell = Math.min(1, t / 2.2, (length_s - t) / 2.8);
      const shape = swell * swell * (3 - 2 * swell);
      const voices = sine(f * 0.9985 * t) + sine(f * t + 0.3) + sine(f * 1.0017 * t + 0.6);
      return (level * shape * (voices + 0.22 * sine(2 * f * t) + 0.1 * sine(3 * f * t))) / 3.3;
    },
  };
};

export const bass: Instrument = ({ note, level }) => {
  const f = hertz(note);
  const body = decay(0.24);
  return { length_s: 1.6, sample: (t, i) => level * attack(t, 0.006) * (body[i] ?? 0) * (sine(f * t) + 0.25 * sine(2 * f * t)) };
};

/** A drum: a sine that falls from 128 to 48 Hz. */
export const drum: Instrument = ({ level }) => {
  const [body, fall] = [decay(0.07), decay(0.055)];
  return { length_s: 0.6, sample: (t, i) => level * attack(t, 0.001) * (body[i] ?? 0) * sine(48 * t + 6.4 * (1 - (fall[i] ?? 0))) };
};

/** A wooden tick at `note`, over in a few hundredths of a second. */
export const tick: Instrument = ({ note, level }) => {
  const f = hertz(note);
  const body = decay(0.006);
  return { length_s: 0.08, sample: (t, i) => level * (body[i] ?? 0) * (sine(f * t) + 0.4 * sine(2.71 * f * t)) };
};

/** Sums parts into a loop: what sounds past the end goes on at the beginning. */
export class Loop {
  readonly samples: Float64Array;

  constructor(readonly seconds: number) {
    this.samples = new Float64Array(Math.round(seconds * RATE));
  }

  play(instrument: Instrument, notes: readonly Note[]): this {
    for (const note of notes) {
      const { length_s, sample } = instrument(note);
      const first = Math.round(note.at * RATE);
      const count = Math.floor(length_s * RATE);
      for (let i = 0; i < count; i += 1) {
        const at = (first + i) % this.samples.length;
        // A short release, so that no note ends with a click.
        const release = Math.min(1, (count - i) / RELEASE);
        this.samples[at] = (this.samples[at] ?? 0) + release * sample(i / RATE, i);
      }
    }
    return this;
  }

  /** A repetition after `delay_s`, quieter each time. The delay runs around the loop as the sound does. */
  echo(delay_s: number, gain: number, times = 4): this {
    const dry = Float64Array.from(this.samples);
    const delay = Math.round(delay_s * RATE);
    for (let time = 1, level = gain; time <= times; time += 1, level *= gain) {
      for (let at = 0; at < dry.length; at += 1) {
        const to = (at + time * delay) % dry.length;
        this.samples[to] = (this.samples[to] ?? 0) + level * (dry[at] ?? 0);
      }
    }
    return this;
  }

  /** As loud as all the others, in whole numbers. */
  mastered(): Int16Array {
    const peak = this.samples.reduce((top, one) => Math.max(top, Math.abs(one)), 0);
    const step = 2 ** WASTED;
    const scale = (LEVEL * 32_767) / peak / step;
    return Int16Array.from(this.samples, (one) => Math.floor(one * scale + 0.5) * step);
  }
}
