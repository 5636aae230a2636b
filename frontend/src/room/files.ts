/** Files of the people in a room: offered from here, and fetched from others before they are needed. */
import { type DownloadState } from '../share/download';
import { FileShare, type OfferFault, type OfferedFile } from '../share/file-share';
import type { Playable } from '../players/player';
import type { RoomState } from './room.svelte';
import type { Item, Shared } from './wire';

type FileItem = Extract<Item, { source: 'file' }>;

/** Files of so many next items are fetched ahead. */
const AHEAD_MAX = 3;

export class RoomFiles {
  private readonly share: FileShare;
  private readonly waiting = new Map<string, ((blob: Blob) => void)[]>();

  constructor(
    private readonly room: RoomState,
    /** How far a file has come. */
    changed: (sha256: string, state: DownloadState) => void,
  ) {
    const wire = {
      send: room.signal.bind(room),
      own: () => room.seat ?? '',
      ice_servers: () => room.ice_servers,
      relay_only: () => false,
    };
    this.share = new FileShare(wire, {
      changed: (sha256, state) => {
        if (state.is === 'here') this.arrived(sha256, state.blob);
        changed(sha256, state);
      },
    });
    room.onpeer = (message) => this.share.heard(message);
  }

  offer(file: File, progress: (bytes: number) => void): Promise<OfferedFile | OfferFault> {
    return this.share.offer(file, progress);
  }

  /** The file when it is here: at once, or when somebody has sent it. */
  source(item: FileItem): Promise<Playable> {
    const blob = this.share.have(item.sha256);
    if (blob) return Promise.resolve({ kind: 'bytes', blob });
    return new Promise((resolve) => {
      const others = this.waiting.get(item.sha256) ?? [];
      this.waiting.set(item.sha256, [...others, (arrived) => resolve({ kind: 'bytes', blob: arrived })]);
      this.want(item);
    });
  }

  /** The queue is this now: what comes soon is fetched, and what came for what is gone is freed. */
  follow({ current, queue, history }: Shared, isListening: boolean): void {
    const all = [...(current ? [current] : []), ...queue];
    this.share.keepOnly(new Set([...all, ...history.slice(0, 1)].filter(isFile).map(({ sha256 }) => sha256)));
    // Who does not listen costs the others nothing.
    if (!isListening) return;
    for (const item of all.slice(0, 1 + AHEAD_MAX).filter(isFile)) {
      if (!this.share.have(item.sha256)) this.want(item);
    }
  }

  /** Somebody came, or the network is back. */
  retry(): void {
    this.share.retry();
  }

  close(): void {
    this.room.onpeer = null;
    this.share.close();
    this.waiting.clear();
  }

  private want(item: FileItem): void {
    this.share.want({ sha256: item.sha256, bytes: item.bytes, media_type: item.media_type }, () => this.seatsFor(item));
  }

  /** Who added it has it; others may have received it by now. */
  private seatsFor(item: FileItem): string[] {
    const people = this.room.shared?.people ?? [];
    const seats = (theirs: boolean) => people.filter(({ id }) => (id === item.added_by) === theirs).flatMap((one) => one.seats);
    return [...seats(true), ...seats(false)];
  }

  private arrived(sha256: string, blob: Blob): void {
    const waiting = this.waiting.get(sha256) ?? [];
    this.waiting.delete(sha256);
    for (const resolve of waiting) resolve(blob);
  }
}

function isFile(item: Item): item is FileItem {
  return item.source === 'file';
}
