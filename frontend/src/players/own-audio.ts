/** Plays decoded sound by the clock of an AudioContext: to the sample, and without a gap. */
import { AudioClock } from './audio-clock';
import { type Heard, type Loaded, type Playable, type Player, type PlayerEvents, PlayerFault } from './player';
import { FADE_S, LEAD_S, Voice } from './voice';

/** The rate of everything here: what is decoded before there is a context fits into it. */
export const SAMPLE_RATE = 48_000;
/** What is held decoded at most, now and next together: 20 min of stereo are 460 MB. Longer goes to an element. */
const DECODED_S_MAX = 20 * 60;
/** One source alone, so that there is room for what follows. */
const ONE_DECODED_S_MAX = 12 * 60;
const SAMPLE_EVERY_MS = 100;
/** At first the clock is asked more often, so that a start need not wait. */
const FIRST_SAMPLES_EVERY_MS = 20;
const FIRST_SAMPLES = 5;
/** What follows begins at the last frame of what plays, if that is so near to where it should. */
const JOIN_S = 0.06;
/** A source that follows sooner than this is not moved any more. */
const FIXED_S = 0.1;
/** What is looked at for the level: 43 ms at 48 kHz. */
const METER_SAMPLES = 2048;
/** RMS of loud music, which counts as 1. */
const LOUD_RMS = 0.35;
/** `resume` of a context that wants a tap stays open for ever. */
const UNLOCK_MS_MAX = 3000;

export interface OwnAudioWorld {
  open(): AudioContext;
  bytes(source: Playable, signal: AbortSignal): Promise<ArrayBuffer>;
  /** How long it is by its own headers, in seconds; `null` when they do not tell. */
  length(bytes: Blob): Promise<number | null>;
  /** Rejects when the browser cannot decode it. */
  decode(bytes: ArrayBuffer): Promise<AudioBuffer>;
  now(): number;
  every(run: () => void, ms: number): () => void;
}

interface Decoded {
  source: Playable;
  buffer: AudioBuffer;
}

interface Start {
  position_ms: number;
  at_ms: number;
}

export class OwnAudio implements Player {
  readonly precision = 'own-audio';
  private readonly clock = new AudioClock();
  private context: AudioContext | null = null;
  private master: GainNode | null = null;
  private events: PlayerEvents | null = null;
  private decoded: Decoded | null = null;
  private prepared: Decoded | null = null;
  private voice: Voice | null = null;
  /** What follows, once it is told when. */
  private nextVoice: { voice: Voice; decoded: Decoded; start: Start } | null = null;
  /** A start that waits for the context to run. */
  private waiting: Start | null = null;
  private loading = new AbortController();
  private preparing = new AbortController();
  private stopSampling: () => void = () => {};
  private samples = 0;
  private loudness = 1;
  private meter: AnalyserNode | null = null;
  private readonly wave = new Float32Array(METER_SAMPLES);

  constructor(private readonly world: OwnAudioWorld) {}

  on(events: PlayerEvents): void {
    this.events = events;
  }

  async unlock(): Promise<boolean> {
    const context = this.opened();
    const late = new Promise<void>((resolve) => setTimeout(resolve, UNLOCK_MS_MAX));
    await Promise.race([context.resume().catch(() => undefined), late]);
    return context.state === 'running';
  }

  async load(source: Playable): Promise<Loaded> {
    this.loading.abort();
    this.preparing.abort();
    this.silence();
    this.decoded = [this.prepared, this.decoded].find((one) => one?.source === source) ?? null;
    this.prepared = null;
    this.loading = new AbortController();
    this.decoded ??= await this.read(source, ONE_DECODED_S_MAX, this.loading.signal);
    return loadedOf(this.decoded);
  }

  async prepare(source: Playable): Promise<Loaded> {
    this.preparing.abort();
    this.dropNext();
    this.prepared = null;
    this.preparing = new AbortController();
    if (this.decoded?.source === source) {
      // The same once more.
      this.prepared = { ...this.decoded };
      return loadedOf(this.prepared);
    }
    const room_s = DECODED_S_MAX - (this.decoded?.buffer.duration ?? 0);
    this.prepared = await this.read(source, Math.min(room_s, ONE_DECODED_S_MAX), this.preparing.signal);
    return loadedOf(this.prepared);
  }

  play(position_ms: number, at_ms: number): void {
    this.dropNext();
    this.waiting = { position_ms, at_ms };
    this.startWaiting();
  }

  pause(): void {
    this.silence();
  }

  seek(position_ms: number): void {
    if (this.voice || this.waiting) this.play(position_ms, this.world.now());
  }

  follow(position_ms: number, at_ms: number): void {
    const { context, prepared } = this;
    if (!prepared) return;
    this.dropNext();
    if (!context || !this.clock.isKnown) {
      this.decoded = prepared;
      this.prepared = null;
      this.waiting = { position_ms, at_ms };
      return this.startWaiting();
    }
    const start = { position_ms, at_ms };
    const at_s = this.joint(start);
    const joins = this.joins(at_s);
    // What joins begins with its first frame: speed makes good for some ms, but for no beginning that was cut off.
    const from_ms = joins ? position_ms : position_ms + (this.clock.heardAt(at_s) - at_ms);
    const voice = this.begin(prepared, at_s, from_ms, joins);
    if (!joins) this.voice?.stop(at_s, true);
    if (voice) this.nextVoice = { voice, decoded: prepared, start };
  }

  position(): Heard | null {
    if (!this.clock.isKnown || this.context?.state !== 'running') return null;
    const at_ms = this.world.now();
    const at_s = this.clock.contextAt(at_ms);
    this.promote(at_s);
    const offset_s = this.voice?.offsetAt(at_s) ?? null;
    return offset_s === null ? null : { position_ms: offset_s * 1000, at_ms };
  }

  rate(permille: number): void {
    const { context, voice, nextVoice } = this;
    if (!context || !voice) return;
    if (nextVoice && nextVoice.voice.begins_s < context.currentTime + FIXED_S) return;
    voice.turn(permille / 1000);
    // The end of what plays has moved, and with it the beginning of what follows.
    if (nextVoice) {
      this.prepared = nextVoice.decoded;
      this.follow(nextVoice.start.position_ms, nextVoice.start.at_ms);
    }
  }

  volume(level: number): boolean {
    this.loudness = Math.min(1, Math.max(0, level));
    if (this.context && this.master) {
      this.master.gain.setTargetAtTime(this.loudness, this.context.currentTime, FADE_S);
    }
    return true;
  }

  /** Of the music, whatever the volume of this device is, unless that is nothing. */
  level(): number | null {
    const { context, master, wave, loudness } = this;
    if (!context || !master || context.state !== 'running') return null;
    if (loudness === 0) return 0;
    // Nobody who does not look pays for it.
    if (!this.meter) {
      this.meter = context.createAnalyser();
      this.meter.fftSize = METER_SAMPLES;
      master.connect(this.meter);
    }
    this.meter.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length;
    return Math.min(1, Math.sqrt(power) / (LOUD_RMS * loudness));
  }

  release(): void {
    this.loading.abort();
    this.preparing.abort();
    this.silence();
    this.decoded = null;
    this.prepared = null;
  }

  close(): void {
    this.release();
    this.stopSampling();
    this.events = null;
    this.meter = null;
    void this.context?.close();
    this.context = null;
  }

  private async read(source: Playable, longest_s: number, signal: AbortSignal): Promise<Decoded> {
    const bytes = await this.world.bytes(source, signal);
    const length_s = await this.world.length(new Blob([bytes]));
    if (length_s !== null && length_s > longest_s) throw new PlayerFault('too-long');
    const buffer = await this.world.decode(bytes).catch((cause: unknown) => {
      throw new PlayerFault('unsupported-format', { cause });
    });
    if (signal.aborted) throw new PlayerFault('gone');
    if (buffer.duration > longest_s) throw new PlayerFault('too-long');
    return { source, buffer };
  }

  private opened(): AudioContext {
    if (this.context) return this.context;
    const context = this.world.open();
    this.context = context;
    this.master = context.createGain();
    this.master.gain.value = this.loudness;
    this.master.connect(context.destination);
    context.onstatechange = () => this.stateChanged(context);
    this.stateChanged(context);
    return context;
  }

  private stateChanged(context: AudioContext): void {
    this.stopSampling();
    this.clock.reset();
    this.samples = 0;
    if (context.state === 'running') {
      this.stopSampling = this.world.every(() => this.sample(context), FIRST_SAMPLES_EVERY_MS);
    } else if (this.voice) {
      this.events?.stalled();
    }
  }

  private sample(context: AudioContext): void {
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
    this.clock.add({
      now_ms: this.world.now(),
      current_s: context.currentTime,
      output_s: contextTime,
      output_ms: performanceTime,
      latency_s: context.outputLatency || context.baseLatency || 0,
    });
    this.samples += 1;
    if (this.samples !== FIRST_SAMPLES) return;
    this.stopSampling();
    this.stopSampling = this.world.every(() => this.sample(context), SAMPLE_EVERY_MS);
    if (this.voice) this.events?.resumed();
    this.startWaiting();
  }

  private startWaiting(): void {
    const { context, decoded, waiting } = this;
    if (!context || !decoded || !waiting || context.state !== 'running' || this.samples < FIRST_SAMPLES) return;
    this.waiting = null;
    const soonest_s = context.currentTime + LEAD_S;
    const at_s = Math.max(soonest_s, this.clock.contextAt(waiting.at_ms));
    const old = this.voice;
    this.voice = this.begin(decoded, at_s, waiting.position_ms + (this.clock.heardAt(at_s) - waiting.at_ms), false);
    old?.stop(Math.min(at_s, Math.max(soonest_s, old.begins_s)), true);
  }

  /** `null` when that lies behind the end. */
  private begin(decoded: Decoded, at_s: number, position_ms: number, joins: boolean): Voice | null {
    const offset_s = Math.max(0, position_ms / 1000);
    if (!this.context || !this.master || offset_s >= decoded.buffer.duration) return null;
    const begin = { at_s, offset_s, speed: 1, fade: !joins && offset_s > 0 };
    const voice = new Voice(this.context, decoded.buffer, begin, this.master, () => this.voiceEnded(voice));
    return voice;
  }

  /** When what follows begins, by the context. */
  private joint(start: Start): number {
    const wanted_s = this.clock.contextAt(start.at_ms);
    const soonest_s = (this.context?.currentTime ?? 0) + LEAD_S;
    const end_s = this.voice?.ends_s ?? -Infinity;
    const isNear = Math.abs(end_s - wanted_s) <= JOIN_S && start.position_ms === 0;
    return Math.max(soonest_s, isNear ? end_s : wanted_s);
  }

  private joins(at_s: number): boolean {
    return this.voice?.ends_s === at_s;
  }

  private voiceEnded(voice: Voice): void {
    if (this.nextVoice && (voice === this.voice || voice === this.nextVoice.voice)) {
      this.promote(this.nextVoice.voice.begins_s);
      if (voice !== this.voice) return;
    }
    if (voice !== this.voice) return;
    this.voice = null;
    this.events?.ended();
  }

  private promote(at_s: number): void {
    if (!this.nextVoice || at_s < this.nextVoice.voice.begins_s) return;
    this.voice = this.nextVoice.voice;
    this.decoded = this.nextVoice.decoded;
    if (this.prepared === this.decoded) this.prepared = null;
    this.nextVoice = null;
  }

  private dropNext(): void {
    const { context, nextVoice } = this;
    if (!context || !nextVoice) return;
    this.promote(this.clock.contextAt(this.world.now()));
    if (this.voice === nextVoice.voice) return;
    this.nextVoice = null;
    this.voice?.goOn();
    nextVoice.voice.stop(Math.max(context.currentTime, nextVoice.voice.begins_s), false);
  }

  private silence(): void {
    this.waiting = null;
    this.dropNext();
    const { context, voice } = this;
    this.voice = null;
    if (context && voice) voice.stop(Math.max(context.currentTime + LEAD_S, voice.begins_s), true);
  }
}

function loadedOf({ buffer }: Decoded): Loaded {
  return { duration_ms: Math.round(buffer.duration * 1000) };
}
