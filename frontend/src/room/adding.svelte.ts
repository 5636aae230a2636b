/** The one field by which songs come into a room: what was pasted is looked up, and what it is decides what is added. */
import type { Message } from '../i18n/i18n.svelte';
import type { Taken } from './additions';
import type { FoundTrack, LookedUp, Searched, Track } from './look-up';
import type { OfferedFile, OfferFault } from '../share/file-share';
import { ADD_MAX, type NewItem, QUEUE_MAX, TITLE_CHARS_MAX, URL_BYTES_MAX } from './wire';

export type AddState =
  | { kind: 'rest' }
  /** The server is being asked what it is. */
  | { kind: 'looking' }
  /** A playlist whose tracks are found one by one. */
  | { kind: 'reading'; title: string; done: number; total: number }
  /** Tracks that services list for some words; one of them is to be chosen. */
  | { kind: 'choice'; tracks: readonly FoundTrack[] }
  /** A file of this device is read, so that others can check what they get. */
  | { kind: 'hashing'; title: string; percent: number }
  | { kind: 'adding' }
  /** `title` is the song's, or what all of them are from; several files have none in common. `kept_out` of what
   * the room looked at were there already or are too long for it; `unfound` of a playlist no other service lists, or nobody looked for. */
  | { kind: 'added'; count: number; title: string | null; left_out: readonly LeftOut[]; kept_out: number; unfound: number }
  /** Nothing of several files came in. */
  | { kind: 'left-out'; left_out: readonly LeftOut[] }
  /** It is an address, but of no music service: it may be sound itself. */
  | { kind: 'address'; url: string; host: string }
  | { kind: 'unclear'; message: Message }
  /** The server's own sentences. */
  | { kind: 'refused'; title: string; next: string; reference: string | null }
  | { kind: 'unanswered' };

type Unclear = `room-add-${'nothing' | 'words' | 'insecure' | 'secret' | 'long' | 'album' | 'artist' | 'empty' | 'file-large' | 'file-empty' | 'file-unreadable' | 'file-no-sound'}`;

/** A file that was not added with the others, and why. */
export interface LeftOut {
  title: string;
  why: Message;
}

/** The shortest text that is searched for: fewer letters find anything. */
const WORDS_CHARS_MIN = 2;

export interface AddWorld {
  /** Makes a file of this device ready for others. */
  offer(file: File, progress: (bytes: number) => void): Promise<OfferedFile | OfferFault>;
  /** Tracks for some words. */
  search(words: string, ended: AbortSignal): Promise<Searched>;
  lookUp(text: string, ended: AbortSignal): Promise<LookedUp>;
  /** Finds the tracks of a playlist, and says how far it is. */
  tracks(page: string, ended: AbortSignal, progress: (done: number, total: number) => void): Promise<readonly Track[] | null>;
  /** Says `add`, or `suggest` where guests do that. */
  add(items: readonly NewItem[]): Promise<Taken>;
  /** Says why something did not come in, where all refusals are said. */
  refused(outcome: NonNullable<Taken['refused']>): void;
}

/** Endings of addresses that are sound. What is none of these is asked about at the server first. */
const SOUND = /\.(mp3|m4a|aac|ogg|oga|opus|flac|wav|weba|webm|mp4)$/i;

export class Adding {
  text = $state('');
  state = $state.raw<AddState>({ kind: 'rest' });
  private looking = new AbortController();

  constructor(private readonly world: AddWorld) {}

  get isBusy(): boolean {
    return this.state.kind === 'looking' || this.state.kind === 'reading' || this.state.kind === 'hashing' || this.state.kind === 'adding';
  }

  rest(): void {
    this.looking.abort();
    this.state = { kind: 'rest' };
  }

  async submit(text: string = this.text): Promise<void> {
    this.text = text;
    const trimmed = text.trim();
    const url = addressIn(trimmed);
    if (trimmed === '') return this.unclear('room-add-nothing');
    if (!url && !/spotify:/.test(trimmed)) return this.search(trimmed);
    if (url && hasSecret(url)) return this.unclear('room-add-secret');
    if (url && isSound(url)) return this.addAddress(url.href);
    await this.look(trimmed, url);
  }

  /** Adds an address as sound. */
  async addAddress(address: string): Promise<void> {
    const url = addressIn(address);
    if (!url || url.protocol !== 'https:') return this.unclear('room-add-insecure');
    if (url.href.length > URL_BYTES_MAX) return this.unclear('room-add-long');
    const title = titleOf(url);
    await this.add([{ source: 'address', url: url.href, title }], title);
  }

  /** Adds files of this device. They leave it only when somebody here wants to hear them. */
  async addFiles(files: readonly File[]): Promise<void> {
    const { signal } = this.begin();
    if (files.length > QUEUE_MAX) {
      this.state = { kind: 'unclear', message: { id: 'room-add-file-many', args: [{ most: QUEUE_MAX }] } };
      return;
    }
    const items: NewItem[] = [];
    const left_out: LeftOut[] = [];
    for (const file of files) {
      const title = fileTitle(file.name);
      this.state = { kind: 'hashing', title, percent: 0 };
      const offered = await this.world.offer(file, (bytes) => {
        if (!signal.aborted) this.state = { kind: 'hashing', title, percent: Math.round((100 * bytes) / file.size) };
      });
      if (signal.aborted) return;
      if (typeof offered === 'string') left_out.push({ title, why: { id: FILE_FAULTS[offered], args: [] } });
      else items.push({ source: 'file', ...offered, title });
    }
    const [only] = left_out;
    const title = files.length === 1 ? (items[0]?.title ?? null) : null;
    if (items.length > 0) await this.add(items, title, { left_out });
    else if (left_out.length > 1) this.state = { kind: 'left-out', left_out };
    else if (only) this.state = { kind: 'unclear', message: only.why };
    else this.rest();
  }

  async add(items: readonly NewItem[], title: string | null, { left_out = [], unfound = 0 }: { left_out?: readonly LeftOut[]; unfound?: number } = {}): Promise<void> {
    this.state = { kind: 'adding' };
    const { count, seen, refused } = await this.addInParts(items);
    if (refused) this.world.refused(refused);
    if (count === 0) return left_out.length > 0 ? void (this.state = { kind: 'left-out', left_out }) : this.rest();
    this.text = '';
    this.state = { kind: 'added', count, title, left_out, kept_out: seen - count, unfound };
  }

  /** As many as one command takes, one command after the other, until the room takes no more. */
  private async addInParts(items: readonly NewItem[]): Promise<Taken> {
    let [count, seen] = [0, 0];
    let duplicate: Taken['refused'] = null;
    for (let at = 0; at < items.length; at += ADD_MAX) {
      const taken = await this.world.add(items.slice(at, at + ADD_MAX));
      count += taken.count;
      seen += taken.seen;
      // What is there already does not keep the others out.
      if (taken.refused?.code === 'duplicate') duplicate = taken.refused;
      else if (taken.refused) return { count, seen, refused: taken.refused };
    }
    return { count, seen, refused: count === 0 ? duplicate : null };
  }

  /** Adds the recording of a link page. */
  async addPage(page: string, lookUp: (page: string, ended: AbortSignal) => Promise<LookedUp>): Promise<void> {
    const looking = this.begin();
    const found = await lookUp(page, looking.signal);
    if (!looking.signal.aborted) await this.found(found, null, looking);
  }

  /** Adds one of the tracks that were found. */
  async choose(track: FoundTrack): Promise<void> {
    await this.look(track.url, null);
  }

  private async search(words: string): Promise<void> {
    if (words.length < WORDS_CHARS_MIN) return this.unclear('room-add-nothing');
    const { signal } = this.begin();
    const found = await this.world.search(words, signal);
    if (signal.aborted) return;
    if (found.kind === 'refused') this.state = { kind: 'refused', title: found.title, next: found.next, reference: found.reference };
    else if (found.kind === 'unanswered') this.state = { kind: 'unanswered' };
    else if (found.tracks.length === 0) this.unclear('room-add-words');
    else this.state = { kind: 'choice', tracks: found.tracks };
  }

  private async look(text: string, url: URL | null): Promise<void> {
    const looking = this.begin();
    const found = await this.world.lookUp(text, looking.signal);
    if (!looking.signal.aborted) await this.found(found, url, looking);
  }

  private begin(): AbortController {
    this.looking.abort();
    this.looking = new AbortController();
    this.state = { kind: 'looking' };
    return this.looking;
  }

  private async found(found: LookedUp, url: URL | null, looking: AbortController): Promise<void> {
    switch (found.kind) {
      case 'track':
        return this.add([itemOf(found.track)], found.track.title);
      case 'playlist':
        return this.readPlaylist(found, looking);
      case 'album':
        return this.unclear('room-add-album');
      case 'artist':
        return this.unclear('room-add-artist');
      case 'refused':
        if (found.is_unknown_host && url?.protocol === 'https:') this.state = { kind: 'address', url: url.href, host: url.host };
        else this.state = { kind: 'refused', title: found.title, next: found.next, reference: found.reference };
        return;
      case 'unanswered':
        this.state = { kind: 'unanswered' };
    }
  }

  private async readPlaylist({ page, title, total }: Extract<LookedUp, { kind: 'playlist' }>, { signal }: AbortController): Promise<void> {
    this.state = { kind: 'reading', title, done: 0, total };
    const tracks = await this.world.tracks(page, signal, (done, of) => {
      if (!signal.aborted) this.state = { kind: 'reading', title, done, total: of };
    });
    if (signal.aborted) return;
    if (tracks === null) this.state = { kind: 'unanswered' };
    else if (tracks.length === 0) this.unclear('room-add-empty');
    else await this.add(tracks.map(itemOf), tracks.length === 1 ? (tracks[0]?.title ?? title) : title, { unfound: Math.max(0, total - tracks.length) });
  }

  private unclear(id: Unclear): void {
    this.state = { kind: 'unclear', message: { id, args: [] } };
  }
}

const FILE_FAULTS: Record<OfferFault, Unclear> = {
  'too-large': 'room-add-file-large',
  empty: 'room-add-file-empty',
  unreadable: 'room-add-file-unreadable',
  'no-sound': 'room-add-file-no-sound',
};

function fileTitle(name: string): string {
  return (name.replace(/\.\w{2,5}$/, '').replace(/_+/g, ' ').trim() || name).slice(0, TITLE_CHARS_MAX);
}

function itemOf({ page, title, artist, duration_ms }: Track): NewItem {
  return { source: 'recording', page, links: [], title: title.slice(0, TITLE_CHARS_MAX), artist: artist.slice(0, TITLE_CHARS_MAX) || null, duration_ms };
}

function addressIn(text: string): URL | null {
  const found = /https?:\/\/\S+/i.exec(text)?.[0] ?? (/^[\w-]+(\.[\w-]+)+\/\S*$/.test(text) ? `https://${text}` : null);
  try {
    return found === null ? null : new URL(found);
  } catch {
    return null;
  }
}

/** A name or a password in an address would be everybody's here: the server takes none. */
function hasSecret(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

function isSound(url: URL): boolean {
  return SOUND.test(url.pathname);
}

/** The file's name without its ending, as people would say it. */
function titleOf(url: URL): string {
  const name = decoded(url.pathname.split('/').pop() ?? '').replace(SOUND, '').replace(/[_+]+/g, ' ').trim();
  return (name || url.host).slice(0, TITLE_CHARS_MAX);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
