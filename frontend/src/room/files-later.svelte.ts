/** Files of the people in a room, whose machinery is fetched only when there is a file. */
import type { Playable } from '../players/player';
import type { DownloadState } from '../share/download';
import type { OfferedFile, OfferFault } from '../share/file-share';
import type { RoomFiles } from './files';
import type { RoomState } from './room.svelte';
import type { Item, Shared } from './wire';

type FileItem = Extract<Item, { source: 'file' }>;
type Changed = (sha256: string, state: DownloadState) => void;

export type FilesOpener = (room: RoomState, changed: Changed) => Promise<RoomFiles>;

export class FilesLater {
  /** How far each file has come, by its hash. */
  states = $state.raw<ReadonlyMap<string, DownloadState>>(new Map());
  private opened: Promise<RoomFiles> | null = null;
  private isOpen = true;

  constructor(
    private readonly room: RoomState,
    private readonly openFiles: FilesOpener = async (one, changed) => new (await import('./files')).RoomFiles(one, changed),
  ) {}

  async offer(file: File, progress: (bytes: number) => void): Promise<OfferedFile | OfferFault> {
    try {
      return (await this.open()).offer(file, progress);
    } catch {
      return 'unreadable';
    }
  }

  /** Rejects when the machinery did not come. */
  async source(item: FileItem): Promise<Playable> {
    return (await this.open()).source(item);
  }

  follow(shared: Shared, isListening: boolean): void {
    const hasFiles = [shared.current, ...shared.queue].some((item) => item?.source === 'file');
    if (this.opened === null && !hasFiles) return;
    this.open().then(
      (files) => files.follow(shared, isListening),
      // The next change of the room tries again.
      () => undefined,
    );
  }

  /** Somebody came, or the network is back. */
  retry(): void {
    this.opened?.then(
      (files) => files.retry(),
      () => undefined,
    );
  }

  close(): void {
    this.isOpen = false;
    this.opened?.then(
      (files) => files.close(),
      () => undefined,
    );
  }

  private open(): Promise<RoomFiles> {
    this.opened ??= this.openFiles(this.room, (sha256, state) => this.changed(sha256, state)).then(
      (files) => {
        if (!this.isOpen) files.close();
        return files;
      },
      (fault: unknown) => {
        this.opened = null;
        throw fault;
      },
    );
    return this.opened;
  }

  private changed(sha256: string, state: DownloadState): void {
    const others = [...this.states].filter(([other]) => other !== sha256);
    this.states = new Map(state.is === 'here' ? others : [...others, [sha256, state]]);
  }
}
