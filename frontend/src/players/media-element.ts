/** Plays through `<audio>`: what cannot be read or is too long to be decoded, and what must survive a locked screen. */
import { type Heard, type Loaded, type Playable, type Player, type PlayerEvents, PlayerFault } from './player';

/** What never says how long it is, and never fails either, is given up. */
const LOAD_MS_MAX = 20_000;
/** `HTMLMediaElement.readyState` from which there is sound to play. */
const HAVE_FUTURE_DATA = 3;
/** `MediaError` codes. */
const NETWORK_ERROR = 2;
const DECODE_ERROR = 3;
/** A place nearer than this is not jumped to: the jump would cost more. */
const NEAR_S = 0.03;
/** An element needs this long from `play` to the first sound, until it has shown how long it does need. */
const START_MS = 70;
const START_MS_MAX = 500;

export interface ElementWorld {
  create(): HTMLAudioElement;
  fetch(source: Playable): Promise<Blob>;
  /** An address for bytes, and its end. */
  url(blob: Blob): string;
  revoke(url: string): void;
  now(): number;
  later(run: () => void, ms: number): () => void;
}

interface Deck {
  element: HTMLAudioElement;
  source: Playable | null;
  /** The address of bytes, to be given back. */
  made: string | null;
}

export class MediaElement implements Player {
  readonly precision = 'media-element';
  private events: PlayerEvents | null = null;
  /** What plays, and what is prepared. */
  private front: Deck;
  private back: Deck;
  private readonly silence: string;
  private cancelStart: () => void = () => {};
  private wantsToPlay = false;
  private isStalled = false;
  private start_ms = START_MS;
  /** The start whose delay has not been seen yet. */
  private begun: Heard | null = null;

  constructor(private readonly world: ElementWorld) {
    this.silence = world.url(silentWav());
    this.front = this.deck();
    this.back = this.deck();
  }

  on(events: PlayerEvents): void {
    this.events = events;
  }

  /** Both elements are played once in the tap: later they may begin without one. */
  async unlock(): Promise<boolean> {
    const tries = [this.front, this.back].map(async ({ element, source }) => {
      if (!element.paused) return;
      if (source === null) element.src = this.silence;
      element.muted = true;
      await element.play();
      if (!(element === this.front.element && this.wantsToPlay)) element.pause();
      element.muted = false;
    });
    const outcomes = await Promise.allSettled(tries);
    for (const { element } of [this.front, this.back]) element.muted = false;
    return outcomes.every((one) => one.status === 'fulfilled' || !isNotAllowed(one.reason));
  }

  async load(source: Playable): Promise<Loaded> {
    this.pause();
    return this.fill(this.front, source);
  }

  async prepare(source: Playable): Promise<Loaded> {
    return this.fill(this.back, source);
  }

  play(position_ms: number, at_ms: number): void {
    this.cancelStart();
    const wait_ms = at_ms - this.start_ms - this.world.now();
    if (wait_ms <= 0) return this.begin({ position_ms, at_ms });
    this.place(position_ms);
    this.front.element.pause();
    this.cancelStart = this.world.later(() => this.begin({ position_ms, at_ms }), wait_ms);
  }

  pause(): void {
    this.cancelStart();
    this.wantsToPlay = false;
    this.begun = null;
    this.isStalled = false;
    this.front.element.pause();
  }

  seek(position_ms: number): void {
    this.begun = null;
    this.place(position_ms);
  }

  follow(position_ms: number, at_ms: number): void {
    if (this.back.source === null) return;
    this.cancelStart();
    const run = () => {
      const old = this.front;
      this.front = this.back;
      this.back = old;
      this.begin({ position_ms, at_ms });
      old.element.pause();
      this.empty(old);
    };
    this.cancelStart = this.world.later(run, Math.max(0, at_ms - this.start_ms - this.world.now()));
  }

  position(): Heard | null {
    const { element } = this.front;
    if (element.paused || element.seeking || element.readyState < HAVE_FUTURE_DATA) return null;
    const heard = { position_ms: element.currentTime * 1000, at_ms: this.world.now() };
    this.learn(heard);
    return heard;
  }

  /** What the last start was late is what the next one is early. */
  private learn(heard: Heard): void {
    const { begun } = this;
    if (!begun || heard.at_ms < begun.at_ms) return;
    this.begun = null;
    const late_ms = begun.position_ms + heard.at_ms - begun.at_ms - heard.position_ms;
    this.start_ms = Math.min(START_MS_MAX, Math.max(0, this.start_ms + late_ms));
  }

  rate(permille: number): void {
    this.front.element.playbackRate = permille / 1000;
  }

  volume(level: number): boolean {
    for (const { element } of [this.front, this.back]) element.volume = Math.min(1, Math.max(0, level));
    return Math.abs(this.front.element.volume - level) < 0.01;
  }

  release(): void {
    this.pause();
    this.empty(this.front);
    this.empty(this.back);
  }

  close(): void {
    this.events = null;
    this.release();
    this.world.revoke(this.silence);
  }

  private deck(): Deck {
    const element = this.world.create();
    element.preload = 'auto';
    // A changed speed must not set off the browser's stretching of time: it smears, and half a percent is not heard.
    element.preservesPitch = false;
    const deck: Deck = { element, source: null, made: null };
    element.onended = () => this.tell(deck, (events) => events.ended());
    element.onwaiting = () => this.stalled(deck);
    element.onplaying = () => this.playing(deck);
    element.onerror = () => {
      if (this.wantsToPlay) this.tell(deck, (events) => events.fault(faultOf(element)));
    };
    return deck;
  }

  private tell(deck: Deck, say: (events: PlayerEvents) => void): void {
    if (deck === this.front && deck.source !== null && this.events) say(this.events);
  }

  private stalled(deck: Deck): void {
    if (deck !== this.front || !this.wantsToPlay || deck.element.seeking || this.isStalled) return;
    this.isStalled = true;
    this.events?.stalled();
  }

  private playing(deck: Deck): void {
    if (deck !== this.front || !this.isStalled) return;
    this.isStalled = false;
    this.events?.resumed();
  }

  /** Be where `wanted` says once the sound has begun. */
  private begin(wanted: Heard): void {
    const { element } = this.front;
    this.wantsToPlay = true;
    this.begun = wanted;
    element.playbackRate = 1;
    this.place(wanted.position_ms + Math.max(0, this.world.now() + this.start_ms - wanted.at_ms));
    element.play().catch((error: unknown) => {
      if (this.wantsToPlay && isNotAllowed(error)) this.events?.fault(new PlayerFault('needs-tap', { cause: error }));
    });
  }

  private place(position_ms: number): void {
    const { element } = this.front;
    const wanted_s = Math.max(0, position_ms / 1000);
    if (Math.abs(element.currentTime - wanted_s) > NEAR_S && canReach(element, wanted_s)) element.currentTime = wanted_s;
  }

  private async fill(deck: Deck, source: Playable): Promise<Loaded> {
    this.empty(deck);
    if (source.kind === 'embed') throw new PlayerFault('unsupported-format');
    const { element } = deck;
    deck.source = source;
    // Our own loops are small: held here whole, they can be jumped about in without asking the server again.
    const blob = source.kind === 'loop' ? await this.world.fetch(source) : source.kind === 'bytes' ? source.blob : null;
    if (deck.source !== source) throw new PlayerFault('gone');
    deck.made = blob && this.world.url(blob);
    element.src = deck.made ?? (source.kind === 'address' ? source.url : '');
    element.load();
    return this.metadata(deck, source);
  }

  private metadata(deck: Deck, source: Playable): Promise<Loaded> {
    const { element } = deck;
    return new Promise((resolve, reject) => {
      const over = () => {
        cancel();
        element.removeEventListener('loadedmetadata', known);
        element.removeEventListener('error', failed);
        element.removeEventListener('emptied', replaced);
      };
      const known = () => {
        over();
        resolve({ duration_ms: Number.isFinite(element.duration) ? Math.round(element.duration * 1000) : null });
      };
      const failed = () => {
        over();
        reject(faultOf(element));
      };
      const replaced = () => {
        if (deck.source === source) return;
        over();
        reject(new PlayerFault('gone'));
      };
      const cancel = this.world.later(() => {
        over();
        reject(new PlayerFault('network'));
      }, LOAD_MS_MAX);
      element.addEventListener('loadedmetadata', known);
      element.addEventListener('error', failed);
      element.addEventListener('emptied', replaced);
    });
  }

  private empty(deck: Deck): void {
    deck.source = null;
    deck.element.removeAttribute('src');
    deck.element.load();
    if (deck.made !== null) this.world.revoke(deck.made);
    deck.made = null;
  }
}

/** A twentieth of a second of nothing: for the tap that comes before there is anything to play. */
function silentWav(): Blob {
  const samples = 400;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const text = (at: number, word: string) => [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, samples, true);
  for (let i = 0; i < samples; i += 1) view.setUint8(44 + i, 128);
  return new Blob([view.buffer], { type: 'audio/wav' });
}

/** Some servers send a file only from its beginning: a jump would begin it anew. */
function canReach({ seekable }: HTMLMediaElement, at_s: number): boolean {
  for (let i = 0; i < seekable.length; i += 1) {
    if (seekable.start(i) <= at_s && at_s <= seekable.end(i)) return true;
  }
  return false;
}

function faultOf(element: HTMLAudioElement): PlayerFault {
  const code = element.error?.code;
  if (code === NETWORK_ERROR) return new PlayerFault('network');
  if (code === DECODE_ERROR) return new PlayerFault('unsupported-format');
  // "Not supported" is also what browsers say of an address that is not there, or of a page instead of a sound.
  return new PlayerFault('unsupported-format');
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
