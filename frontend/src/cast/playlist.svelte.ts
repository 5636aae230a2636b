/** Files of this device, or one address, played through an `<audio>` element into a track that peers send. */
import { type Source, SourceError, type SourceFault } from './sources';

export interface Piece {
  name: string;
  /** An object URL of a file, or the address. */
  url: string;
  is_broken: boolean;
}

/** More files than this in one list are left out. */
export const PIECES_MAX = 500;
const LOAD_MAX_MS = 15_000;

export class Playlist implements Source {
  pieces = $state<Piece[]>([]);
  place = $state(0);
  is_paused = $state(false);
  /** Seconds. */
  position = $state(0);
  /** Seconds; infinite for a stream. */
  duration = $state(0);
  is_looped = $state(false);
  is_heard_here = $state(false);
  readonly track: MediaStreamTrack;
  /** The last piece ended. */
  onfinished: (() => void) | null = null;
  /** Counts the wishes for a piece: a newer one makes what is being loaded nobody's business. */
  private turn = 0;
  private readonly element: HTMLAudioElement;
  private readonly here: GainNode;

  private constructor(
    readonly kind: 'file' | 'address',
    context: AudioContext,
    pieces: Piece[],
  ) {
    this.pieces = pieces;
    this.element = new Audio();
    this.element.crossOrigin = kind === 'address' ? 'anonymous' : null;
    const source = context.createMediaElementSource(this.element);
    const sent = context.createMediaStreamDestination();
    this.here = context.createGain();
    this.here.gain.value = 0;
    source.connect(sent);
    source.connect(this.here).connect(context.destination);
    const [track] = sent.stream.getAudioTracks();
    if (!track) throw new SourceError('failed');
    track.contentHint = 'music';
    this.track = track;
    this.watch();
  }

  static async ofFiles(files: readonly File[], context: AudioContext): Promise<Playlist> {
    const pieces = files.slice(0, PIECES_MAX).map((file) => ({
      name: file.name.replace(/\.[^.]+$/, ''),
      url: URL.createObjectURL(file),
      is_broken: false,
    }));
    return Playlist.started(new Playlist('file', context, pieces));
  }

  static async ofAddress(url: URL, context: AudioContext): Promise<Playlist> {
    return Playlist.started(new Playlist('address', context, [{ name: url.host, url: url.href, is_broken: false }]));
  }

  private static async started(playlist: Playlist): Promise<Playlist> {
    try {
      await playlist.playFrom(0);
      return playlist;
    } catch (error) {
      playlist.close();
      throw error;
    }
  }

  get title(): string {
    return this.pieces[this.place]?.name ?? '';
  }

  get hasNext(): boolean {
    return this.place + 1 < this.pieces.length;
  }

  async toggle(): Promise<void> {
    if (this.element.paused) await this.element.play().catch(() => undefined);
    else this.element.pause();
  }

  next(): Promise<void> {
    return this.playFrom(this.hasNext ? this.place + 1 : 0).catch(() => undefined);
  }

  /** Back to the start of this piece, or, near its start, to the piece before. */
  previous(): Promise<void> {
    if (this.element.currentTime > 3 || this.place === 0) {
      this.seek(0);
      return Promise.resolve();
    }
    return this.playFrom(this.place - 1).catch(() => undefined);
  }

  choose(place: number): Promise<void> {
    return this.playFrom(place).catch(() => undefined);
  }

  seek(seconds: number): void {
    if (Number.isFinite(this.element.duration)) this.element.currentTime = seconds;
  }

  loop(is_looped: boolean): void {
    this.is_looped = is_looped;
  }

  hearHere(is_heard: boolean): void {
    this.is_heard_here = is_heard;
    this.here.gain.value = is_heard ? 1 : 0;
  }

  close(): void {
    this.turn += 1;
    this.onfinished = null;
    this.element.pause();
    this.element.removeAttribute('src');
    this.element.load();
    this.track.stop();
    this.here.disconnect();
    for (const piece of this.pieces) if (this.kind === 'file') URL.revokeObjectURL(piece.url);
  }

  /** Plays the first piece from `place` on that is sound, unless another is asked for meanwhile. */
  private async playFrom(place: number): Promise<void> {
    const turn = (this.turn += 1);
    let fault: SourceFault = 'not-audio';
    for (let at = place; at < this.pieces.length; at += 1) {
      const piece = this.pieces[at];
      if (!piece) break;
      this.place = at;
      try {
        await this.load(piece.url);
        if (turn === this.turn) await this.element.play();
        return;
      } catch (error) {
        if (turn !== this.turn) return;
        fault = error instanceof SourceError ? error.fault : 'not-audio';
        piece.is_broken = true;
      }
    }
    throw new SourceError(fault);
  }

  private async load(url: string): Promise<void> {
    this.element.src = url;
    const fault = await loaded(this.element);
    if (fault === null) return;
    throw new SourceError(this.kind === 'address' ? await faultOfAddress(url, fault) : fault);
  }

  private watch(): void {
    const { element } = this;
    element.ontimeupdate = () => (this.position = element.currentTime);
    element.ondurationchange = () => (this.duration = element.duration);
    element.onplay = () => (this.is_paused = false);
    element.onpause = () => (this.is_paused = !element.ended);
    element.onended = () => void this.pieceEnded();
  }

  private async pieceEnded(): Promise<void> {
    if (this.hasNext) return this.next();
    if (this.is_looped) return this.choose(0);
    this.is_paused = true;
    this.onfinished?.();
  }
}

/** Waits until the element can play. `null`, or what went wrong. */
function loaded(element: HTMLAudioElement): Promise<SourceFault | null> {
  return new Promise((resolve) => {
    const done = (fault: SourceFault | null) => {
      clearTimeout(timer);
      element.removeEventListener('canplay', good);
      element.removeEventListener('error', bad);
      resolve(fault);
    };
    const good = () => done(null);
    const bad = () => done(mediaFault(element.error));
    const timer = setTimeout(() => done('unreachable'), LOAD_MAX_MS);
    element.addEventListener('canplay', good);
    element.addEventListener('error', bad);
  });
}

/** What bytes that are no sound are called; other failures leave the question open. */
function mediaFault(error: MediaError | null): SourceFault {
  if (error?.code === MediaError.MEDIA_ERR_NETWORK) return 'unreachable';
  if (error?.code === MediaError.MEDIA_ERR_DECODE) return 'not-audio';
  return /format|decod|demux/i.test(error?.message ?? '') ? 'not-audio' : 'unreachable';
}

/**
 * With CORS it failed. Where it loads without, only the other server's permission was missing. Browsers call an
 * address that does not answer a wrong format, too: what the server said decides, where it may be known.
 */
async function faultOfAddress(url: string, fault: SourceFault): Promise<SourceFault> {
  if (answer(url) === 200) return fault;
  const probe = new Audio();
  probe.preload = 'metadata';
  probe.src = url;
  const without = await loaded(probe);
  probe.removeAttribute('src');
  probe.load();
  return without === null ? 'no-cors' : 'unreachable';
}

/** The status of the last answer from `url`, 0 where the page may not know it. */
function answer(url: string): number {
  const [last] = performance.getEntriesByName(url, 'resource').reverse() as PerformanceResourceTiming[];
  return last?.responseStatus ?? 0;
}
