/** One playing of a decoded source: its node, and where in it the sound is at each moment of the context. */

/** Changes come in at least this far ahead, so that the audio thread has them in time. */
export const LEAD_S = 0.02;
/** How long two places of a piece sound together at a seek: short enough to hear no echo, long enough to hear no click. */
export const FADE_S = 0.012;
/** No context runs for so long: 30 years. */
const FAR_S = 1e9;
/** Changes of speed that are remembered: only those of the last second are asked for. */
const TURNS_MAX = 32;

/** From `at_s` on, at this speed, from this place. */
interface Turn {
  at_s: number;
  offset_s: number;
  speed: number;
}

export class Voice {
  private readonly node: AudioBufferSourceNode;
  private readonly gain: GainNode;
  private turns: Turn[];
  private stops_s = Infinity;

  /** Begins at `at_s` of the context's clock, `offset_s` into the buffer: with the nearest frame, since a browser mixes
   * neighbours where sound begins between two, and that takes the treble from its first moment. */
  constructor(
    private readonly context: BaseAudioContext,
    readonly buffer: AudioBuffer,
    begin: { at_s: number; offset_s: number; speed: number; fade: boolean },
    into: AudioNode,
    ended: () => void,
  ) {
    const at_s = Math.round(begin.at_s * context.sampleRate) / context.sampleRate;
    this.node = context.createBufferSource();
    this.node.buffer = buffer;
    this.node.playbackRate.value = begin.speed;
    this.gain = context.createGain();
    this.node.connect(this.gain).connect(into);
    this.turns = [{ at_s, offset_s: begin.offset_s, speed: begin.speed }];
    if (begin.fade) {
      this.gain.gain.setValueAtTime(0, at_s);
      this.gain.gain.linearRampToValueAtTime(1, at_s + FADE_S);
    }
    this.node.onended = () => {
      this.node.disconnect();
      this.gain.disconnect();
      ended();
    };
    this.node.start(at_s, begin.offset_s);
  }

  get begins_s(): number {
    return this.turns[0]?.at_s ?? 0;
  }

  get speed(): number {
    return this.turns.at(-1)?.speed ?? 1;
  }

  /** When its last frame is over, if nobody stops it before. */
  get ends_s(): number {
    const last = this.turns.at(-1);
    return last ? last.at_s + (this.buffer.duration - last.offset_s) / last.speed : 0;
  }

  /** Where in the buffer the sound is at `at_s`; `null` before it begins and when it is over. */
  offsetAt(at_s: number): number | null {
    const turn = this.turns.findLast((one) => one.at_s <= at_s);
    if (!turn || at_s > Math.min(this.ends_s, this.stops_s)) return null;
    return Math.min(this.buffer.duration, turn.offset_s + (at_s - turn.at_s) * turn.speed);
  }

  /** Plays on at another speed. */
  turn(speed: number): void {
    if (speed === this.speed) return;
    const at_s = Math.max(this.context.currentTime + LEAD_S, this.begins_s);
    const offset_s = this.offsetAt(at_s);
    if (offset_s === null) return;
    this.node.playbackRate.setValueAtTime(speed, at_s);
    this.turns = [...this.turns.filter((one) => one.at_s < at_s), { at_s, offset_s, speed }].slice(-TURNS_MAX);
  }

  /** Is silent from `at_s` on, at once or by a fade that ends a moment later. What was said before is forgotten. */
  stop(at_s: number, fade: boolean): void {
    this.stops_s = at_s;
    this.gain.gain.cancelScheduledValues(this.context.currentTime);
    if (fade) {
      this.gain.gain.setValueAtTime(1, at_s);
      this.gain.gain.linearRampToValueAtTime(0, at_s + FADE_S);
    }
    this.node.stop(fade ? at_s + FADE_S : at_s);
  }

  /** Plays to its end after all. */
  goOn(): void {
    if (this.stops_s === Infinity) return;
    this.stop(FAR_S, false);
    this.stops_s = Infinity;
  }
}
