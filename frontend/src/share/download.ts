/** Gets one file from whoever has it: asks one member after the other, goes on where it was cut, checks what came. */
import { Incoming } from './incoming';
import { CHUNK_BYTES, type FileChannel, parseFileMessage, tell } from './protocol';

/** A member that sends nothing for so long is not asked any further in this round. */
const ANSWER_MS_MAX = 15_000;
/** Once bytes come, so many must come in this time: a way that was cut is noticed by that, and so is who only pretends. */
const SILENCE_MS_MAX = 5000;
const LEAST_BYTES = CHUNK_BYTES;
/** A member that serves others first is waited for so long in all. */
const WAIT_MS_MAX = 60_000;
/** Between two rounds through all who might have it; doubled each time. */
const ROUND_FIRST_MS = 1000;
const ROUND_MAX_MS = 15_000;

export type DownloadState =
  /** Looks for somebody who has it. */
  | { is: 'asking' }
  /** Others are served first. */
  | { is: 'waiting' }
  | { is: 'coming'; got: number; of: number }
  /** Nobody who is here has it; it is asked for again. */
  | { is: 'nobody' }
  | { is: 'here'; blob: Blob }
  /** Everybody who had it sent something else. */
  | { is: 'wrong' };

export interface WantedFile {
  sha256: string;
  bytes: number;
  media_type: string;
}

export interface DownloadWorld {
  /** The seats to ask, the likeliest first. */
  seats(): readonly string[];
  /** Opens a channel to a seat; `null` when it cannot be. It opens or closes by itself. */
  open(seat: string): FileChannel | null;
  /** The way to a seat seems to be cut: the next channel needs another one. */
  silent(seat: string): void;
  changed(state: DownloadState): void;
  later(run: () => void, ms: number): () => void;
}

export class Download {
  state: DownloadState = { is: 'asking' };
  private readonly incoming: Incoming;
  private channel: FileChannel | null = null;
  private cancelSilence: () => void = () => {};
  /** Where it was when the last wait for more began. */
  private watchedFrom = 0;
  private cancelRound: () => void = () => {};
  private round_ms = ROUND_FIRST_MS;
  /** Asked in this round. */
  private asked = new Set<string>();
  /** Whose bytes are in what has come so far, and who sent something wrong. */
  private contributors = new Set<string>();
  private readonly liars = new Set<string>();
  private isOver = false;

  constructor(
    readonly file: WantedFile,
    private readonly world: DownloadWorld,
  ) {
    this.incoming = new Incoming(file.sha256, file.bytes);
    this.next();
  }

  /** Somebody who may have it came, or the way is another: asks again at once. */
  retry(): void {
    if (this.isOver || this.channel) return;
    this.round_ms = ROUND_FIRST_MS;
    this.asked.clear();
    this.next();
  }

  stop(): void {
    this.isOver = true;
    this.cancelRound();
    this.letGo();
  }

  private next(): void {
    this.cancelRound();
    if (this.isOver) return;
    const candidates = this.world.seats().filter((seat) => !this.liars.has(seat));
    const seat = candidates.find((one) => !this.asked.has(one));
    if (seat === undefined) return this.endRound(candidates.length > 0);
    this.asked.add(seat);
    const channel = this.world.open(seat);
    if (!channel) return this.next();
    this.ask(seat, channel);
  }

  private endRound(isAnybodyLeft: boolean): void {
    if (!isAnybodyLeft && this.liars.size > 0) this.enter({ is: 'wrong' });
    else this.enter({ is: 'nobody' });
    this.asked.clear();
    this.cancelRound = this.world.later(() => this.next(), this.round_ms);
    this.round_ms = Math.min(ROUND_MAX_MS, this.round_ms * 2);
  }

  private ask(seat: string, channel: FileChannel): void {
    this.channel = channel;
    this.enter({ is: 'asking' });
    const begin = () => tell(channel, { t: 'want', sha256: this.file.sha256, from: this.incoming.offset });
    channel.onmessage = ({ data }) => {
      if (channel === this.channel) this.heard(seat, data);
    };
    channel.onclose = () => {
      if (channel === this.channel) this.goElsewhere();
    };
    this.watch(seat, ANSWER_MS_MAX);
    if (channel.readyState === 'open') begin();
    else channel.onopen = begin;
  }

  private heard(seat: string, data: unknown): void {
    if (data instanceof ArrayBuffer) return this.tookBytes(seat, new Uint8Array(data));
    const message = parseFileMessage(data);
    // Each is said once: nobody wins time by saying it again.
    if (message?.t === 'wait' && this.state.is === 'asking') {
      this.watch(seat, WAIT_MS_MAX);
      this.round_ms = ROUND_FIRST_MS;
      return this.enter({ is: 'waiting' });
    }
    if (message?.t === 'file' && this.state.is !== 'coming') {
      if (message.bytes !== this.file.bytes || message.from !== this.incoming.offset) return this.distrust([seat]);
      this.watch(seat, ANSWER_MS_MAX);
      return this.enter({ is: 'coming', got: this.incoming.offset, of: this.file.bytes });
    }
    if (message?.t === 'done') return this.finish(seat);
    this.goElsewhere();
  }

  private tookBytes(seat: string, chunk: Uint8Array<ArrayBuffer>): void {
    this.contributors.add(seat);
    if (!this.incoming.add(chunk)) return this.distrust([seat]);
    const more = this.incoming.offset - this.watchedFrom;
    if (more >= LEAST_BYTES || (more > 0 && this.incoming.isWhole)) this.watch(seat, SILENCE_MS_MAX);
    this.round_ms = ROUND_FIRST_MS;
    this.enter({ is: 'coming', got: this.incoming.offset, of: this.file.bytes });
  }

  private finish(seat: string): void {
    if (!this.incoming.isWhole) return this.distrust([seat]);
    const blob = this.incoming.finish(this.file.media_type);
    if (!blob) return this.distrust([...this.contributors]);
    this.isOver = true;
    this.letGo();
    this.enter({ is: 'here', blob });
  }

  /** What these sent is not the file: they are not asked again, and nothing of it is kept. */
  private distrust(seats: readonly string[]): void {
    for (const seat of seats) this.liars.add(seat);
    this.contributors.clear();
    this.incoming.forget();
    this.goElsewhere();
  }

  /** A place where it was cut is kept; the same member may be asked again in the next round. */
  private goElsewhere(): void {
    this.letGo();
    this.next();
  }

  private letGo(): void {
    this.cancelSilence();
    const { channel } = this;
    this.channel = null;
    if (!channel) return;
    channel.onmessage = null;
    channel.onclose = null;
    channel.close();
  }

  private watch(seat: string, longest_ms: number): void {
    this.cancelSilence();
    this.watchedFrom = this.incoming.offset;
    this.cancelSilence = this.world.later(() => {
      const isCut = this.state.is !== 'waiting' && this.incoming.offset === this.watchedFrom;
      this.letGo();
      if (isCut) this.world.silent(seat);
      this.next();
    }, longest_ms);
  }

  private enter(state: DownloadState): void {
    this.state = state;
    this.world.changed(state);
  }
}
