/** Files from member to member: what is offered here, what is wanted from others. Kept for the visit only. */
import type { ClientMessage, IceServer } from '../cast/wire';
import { Download, type DownloadState, type WantedFile } from './download';
import { hashOf } from './hash';
import { Link, type LinkOptions, type PeerMessage } from './link';
import { mediaTypeOf } from './media-type';
import { FILE_BYTES_MAX, type FileChannel } from './protocol';
import { Uploads } from './uploads';

/** A connection without files is closed after this long. */
const IDLE_MS = 30_000;
/** Connections at once: those that serve, those that are asked, and some that are about to go. */
const LINKS_MAX = 32;
/** Own files that are remembered in one visit: two full queues. */
const OWN_MAX = 1000;

/** How what two members say to each other comes and goes: over the room's socket. */
export interface PeerWire {
  /** Says `message` to the server, which passes it on. */
  send(message: ClientMessage): void;
  /** This seat's own name; another one after the place in the room was lost. */
  own(): string;
  ice_servers(): readonly IceServer[];
  /** Hide this device's address: through the relay only. */
  relay_only(): boolean;
}

export interface ShareEvents {
  /** How far a wanted file has come. */
  changed(sha256: string, state: DownloadState): void;
}

export interface ShareWorld {
  link(options: LinkOptions): Pick<Link, 'open' | 'heard' | 'close' | 'isIdle' | 'isDead'>;
  later(run: () => void, ms: number): () => void;
}

/** A file as the queue names it. */
export interface OfferedFile {
  sha256: string;
  bytes: number;
  media_type: string;
}

export type OfferFault = 'too-large' | 'empty' | 'unreadable' | 'no-sound';

interface Kept {
  link: ReturnType<ShareWorld['link']>;
  cancelIdle: () => void;
}

export class FileShare {
  /** Of this device: kept for the visit, because what was taken out of the queue may come back. */
  private readonly own = new Map<string, Blob>();
  /** Come from others. */
  private readonly received = new Map<string, Blob>();
  /** Offered, but not in the queue yet. */
  private readonly fresh = new Set<string>();
  /** What the queue names. Nobody is given an own file that it does not name any more. */
  private named: ReadonlySet<string> = new Set();
  private readonly downloads = new Map<string, Download>();
  private readonly links = new Map<string, Kept>();
  private readonly uploads = new Uploads((sha256) => (this.isGiven(sha256) ? this.have(sha256) : null));

  constructor(
    private readonly wire: PeerWire,
    private readonly events: ShareEvents,
    private readonly world: ShareWorld = browserWorld,
  ) {}

  /** Makes a file of this device ready for others; `progress` hears bytes. The answer is what the queue must know. */
  async offer(file: Blob & { name?: string }, progress?: (bytes: number) => void): Promise<OfferedFile | OfferFault> {
    if (file.size === 0) return 'empty';
    if (file.size > FILE_BYTES_MAX) return 'too-large';
    const media_type = mediaTypeOf(file);
    if (media_type === null) return 'no-sound';
    const sha256 = await hashOf(file, progress).catch(() => null);
    if (sha256 === null) return 'unreadable';
    this.own.set(sha256, file);
    this.fresh.add(sha256);
    return { sha256, bytes: file.size, media_type };
  }

  /** The file, if it is here. */
  have(sha256: string): Blob | null {
    return this.own.get(sha256) ?? this.received.get(sha256) ?? null;
  }

  /**
   * Wants a file; `events.changed` tells how it goes. `seats` are asked in order: those of who added it first, then those
   * of others, who may have received it by now.
   */
  want(file: WantedFile, seats: () => readonly string[]): void {
    const { sha256 } = file;
    const blob = this.have(sha256);
    if (blob) return this.events.changed(sha256, { is: 'here', blob });
    const known = this.downloads.get(sha256);
    if (known) return this.events.changed(sha256, known.state);
    if (file.bytes > FILE_BYTES_MAX) return;
    const download = new Download(file, {
      seats: () => seats().filter((seat) => seat !== this.wire.own()),
      open: (seat) => this.channelTo(seat),
      silent: (seat) => this.gone(seat),
      changed: (state) => this.changed(sha256, state),
      later: this.world.later,
    });
    if (download.state.is !== 'here') this.downloads.set(sha256, download);
  }

  /** The queue names these: what came for another one is freed. */
  keepOnly(hashes: ReadonlySet<string>): void {
    this.named = hashes;
    for (const sha256 of hashes) this.fresh.delete(sha256);
    for (const sha256 of this.received.keys()) {
      if (!hashes.has(sha256)) this.received.delete(sha256);
    }
    this.boundOwn();
    for (const [sha256, download] of this.downloads) {
      if (hashes.has(sha256)) continue;
      download.stop();
      this.downloads.delete(sha256);
    }
  }

  /** Somebody came, or the network is back: who was asked in vain is asked again at once. */
  retry(): void {
    for (const download of this.downloads.values()) download.retry();
  }

  /** What the socket brought from another member. */
  heard(message: PeerMessage): void {
    const { from } = message;
    const known = this.links.get(from);
    if (message.kind !== 'offer') {
      known?.link.heard(message);
      return;
    }
    if (known?.link.heard(message)) return;
    known?.link.close();
    // An answer tells where this device is: nobody gets one who cannot get a file here, nor give one that is wanted.
    const gives = [...this.own.keys(), ...this.received.keys()].some((sha256) => this.isGiven(sha256));
    if (!gives && this.downloads.size === 0) return;
    this.linkTo(from)?.heard(message);
  }

  /** A seat is gone, or the way to it. */
  gone(seat: string): void {
    this.links.get(seat)?.link.close();
  }

  close(): void {
    for (const download of this.downloads.values()) download.stop();
    for (const { link } of [...this.links.values()]) link.close();
    this.downloads.clear();
    this.own.clear();
    this.received.clear();
  }

  private isGiven(sha256: string): boolean {
    return this.named.has(sha256) || this.fresh.has(sha256) || this.received.has(sha256);
  }

  /** Of what is not in the queue the oldest goes. */
  private boundOwn(): void {
    for (const sha256 of this.own.keys()) {
      if (this.own.size <= OWN_MAX) return;
      if (!this.isGiven(sha256)) this.own.delete(sha256);
    }
  }

  private changed(sha256: string, state: DownloadState): void {
    if (state.is === 'here') {
      this.downloads.delete(sha256);
      this.received.set(sha256, state.blob);
    }
    this.events.changed(sha256, state);
  }

  private channelTo(seat: string): FileChannel | null {
    return this.linkTo(seat)?.open() ?? null;
  }

  private linkTo(seat: string): Kept['link'] | null {
    const known = this.links.get(seat);
    if (known?.link.isDead) known.link.close();
    else if (known) {
      this.watchIdle(seat, known);
      return known.link;
    }
    if (this.links.size >= LINKS_MAX) return null;
    const link = this.world.link({
      other: seat,
      own: this.wire.own(),
      ice_servers: this.wire.ice_servers(),
      relay_only: this.wire.relay_only(),
      send: (message) => this.wire.send(message),
      asked: (channel) => this.uploads.serve(channel),
      closed: () => this.forget(seat, link),
    });
    const kept: Kept = { link, cancelIdle: () => {} };
    this.links.set(seat, kept);
    this.watchIdle(seat, kept);
    return link;
  }

  private watchIdle(seat: string, kept: Kept): void {
    kept.cancelIdle();
    kept.cancelIdle = this.world.later(() => {
      if (kept.link.isIdle) kept.link.close();
      else this.watchIdle(seat, kept);
    }, IDLE_MS);
  }

  private forget(seat: string, link: Kept['link']): void {
    const kept = this.links.get(seat);
    if (kept?.link !== link) return;
    kept.cancelIdle();
    this.links.delete(seat);
  }
}

const browserWorld: ShareWorld = {
  link: (options) => new Link(options),
  later(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
