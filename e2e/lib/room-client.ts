// A client of rooms with a queue, small enough to copy: one file, for browsers, for Node.js 22.18 and newer, which run it
// as it is, and for Node.js 20, which has no WebSocket and so needs the package `ws`, and has to be given this file with
// its types taken off. The protocol is described in docs/rooms.md, the time frames in docs/time-frames.md.
//
//   const room = await RoomClient.create('http://127.0.0.1:8080', { key: newKey(), name: 'Ana' });
//   await room.command({ do: 'add', items: [{ source: 'address', url: 'https://music.example/a.mp3' }] });
//   console.log(room.code, room.state.queue, room.positionAt(await room.now()));

/** Longer than any answer takes. */
const PATIENCE_MS = 20_000;
/** A time frame: t0, t1, t2 and the epoch of the clock. */
const FRAME_BYTES = 25;
/** Questions in a burst: the quickest answer is the best measurement. */
const PROBES = 8;
const PROBE_EVERY_MS = 50;

/** Who comes in, from which device, and what they bring along. */
export interface Who {
  /** See `newKey`. */
  key: string;
  name?: string;
  form?: Form;
  password?: string;
  /** The token of an invite, to join. */
  invite?: string;
  /** How a new room begins. */
  preset?: Preset;
  title?: string;
}

/** What the server would not do, with its code: see docs/signalling.md. */
export class Refused extends Error {
  readonly code: string;
  readonly retry_after_s: number | null;

  constructor({ code, message, retry_after_s }: Failure) {
    super(`${code}: ${message}`);
    this.code = code;
    this.retry_after_s = retry_after_s ?? null;
  }
}

/** A device key: 128 random bits that make this device the same person each time. Keep it. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A seat in a room. What is declared without a value is there before anybody gets the client. */
export class RoomClient {
  welcome!: Welcome;
  /** The room as it is: the last snapshot with all events since. */
  state!: RoomState;
  /** The last event heard. */
  position!: Position;
  /** What is so for this person only. */
  mine!: Mine;
  /** Every event that was heard, in order. */
  readonly events: RoomEvent[] = [];
  /** The room's clock, since `now` was asked. */
  offset: Offset | null = null;

  readonly #socket: WebSocket;
  readonly #who: Who;
  #names = 0;
  readonly #waiting = new Set<Waiting>();

  private constructor(socket: WebSocket, who: Who) {
    this.#socket = socket;
    this.#who = who;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      typeof data === 'string' ? this.#hear(JSON.parse(data) as Heard) : this.#hearTime(new DataView(data));
    socket.onclose = ({ code }) => this.#fail(new Error(`closed with ${code}`));
  }

  /** Opens a room and owns it. */
  static create(origin: string, who: Who): Promise<RoomClient> {
    const { preset = 'party', title = null, password = null } = who;
    return RoomClient.#enter(origin, who, { kind: 'create', ...arrival(who), password, queue: { preset, title } });
  }

  /** Comes into a room by its code. */
  static join(origin: string, code: string, who: Who): Promise<RoomClient> {
    const { password = null, invite = null } = who;
    return RoomClient.#enter(origin, who, { kind: 'join', ...arrival(who), code, follow: true, password, invite });
  }

  static async #enter(origin: string, who: Who, message: Said, earlier?: RoomClient): Promise<RoomClient> {
    const client = new RoomClient(await open(origin), who);
    if (earlier) [client.state, client.position] = [earlier.state, earlier.position];
    client.#say(message);
    await client.until(() => client.welcome && client.state && client.mine);
    return client;
  }

  /** Comes back after a cut, and hears what happened meanwhile: as the same person, with place and votes. */
  again(origin: string): Promise<RoomClient> {
    const { code, welcome, position } = this;
    const message: Said = { kind: 'join', ...arrival(this.#who), code, follow: true, resume: welcome.resume, last: position };
    return RoomClient.#enter(origin, this.#who, message, this);
  }

  get code(): string {
    return this.welcome.room.code;
  }

  /** Carries out a command, if what `guards` says is so. */
  async command(command: RoomCommand, guards: Guards = {}): Promise<Answer> {
    const cmd_id = `c${(this.#names += 1)}-${Math.random().toString(36).slice(2, 10)}`;
    const answer = this.#wait((message) => (message.kind === 'answered' && message.cmd_id === cmd_id ? message : null));
    this.#say({ kind: 'command', cmd_id, command, ...guards });
    return answer;
  }

  /** What o'clock it is in the room, in Unix ms with fractions, after a burst of questions. */
  async now(): Promise<number> {
    let best = await this.#probe();
    for (let probe = 1; probe < PROBES; probe += 1) {
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
      const measured = await this.#probe();
      if (measured.error < best.error) best = measured;
    }
    this.offset = best;
    return performance.now() + best.ahead;
  }

  /** Where in what is on the room is at `now`, in ms; `null` when nothing is on. */
  positionAt(now: number): number | null {
    const { playback, current } = this.state;
    if (playback.phase === 'idle') return null;
    const passed = playback.phase === 'playing' ? Math.max(0, now - playback.start_at) : 0;
    return Math.min(playback.position_ms + passed, current?.duration_ms ?? Infinity);
  }

  /** Waits until something is so. */
  async until(holds: () => unknown): Promise<void> {
    if (!holds()) await this.#wait(() => (holds() ? true : null));
  }

  /** What has played, what is on and what follows, as a file. */
  async list(origin: string, format: 'json' | 'm3u' | 'csv'): Promise<string> {
    const headers = { authorization: `Bearer ${this.welcome.resume}` };
    const answer = await fetch(`${origin}/api/v1/rooms/${this.code}/list?format=${format}`, { headers });
    if (answer.ok) return answer.text();
    const { title } = (await answer.json()) as { title: string };
    throw new Refused({ code: String(answer.status), message: title });
  }

  /** Leaves the seat; the person's place waits for two minutes. */
  close(): void {
    this.#socket.close();
  }

  async #probe(): Promise<Offset> {
    const sent = Math.round(performance.now() * 1_000);
    const question = new DataView(new ArrayBuffer(FRAME_BYTES));
    question.setBigInt64(0, BigInt(sent));
    const answer = this.#wait((message) => (message.kind === 'time' && message.t0 === sent ? message : null));
    this.#socket.send(question.buffer);
    const { t1, t2, t3 } = await answer;
    const ahead = (t1 - sent + (t2 - t3)) / 2 / 1_000;
    return { ahead, error: (t3 - sent - (t2 - t1)) / 2 / 1_000 };
  }

  #hearTime(frame: DataView): void {
    const t3 = Math.round(performance.now() * 1_000);
    const [t0, t1, t2] = [frame.getBigInt64(0), frame.getBigInt64(8), frame.getBigInt64(16)];
    this.#tell({ kind: 'time', t0: Number(t0), t1: Number(t1), t2: Number(t2), t3 });
  }

  #hear(message: Heard): void {
    if (message.kind === 'created' || message.kind === 'joined') this.welcome = message.welcome ?? this.welcome;
    if (message.kind === 'snapshot') [this.state, this.position] = [message.state, message.position];
    if (message.kind === 'events') for (const event of message.events) this.#apply(event, message.epoch);
    if (message.kind === 'mine') this.mine = message;
    if (message.kind === 'error') return this.#fail(new Refused(message));
    this.#tell(message);
  }

  #apply(event: RoomEvent, epoch: number): void {
    const { seq } = this.position;
    if (epoch !== this.position.epoch || event.seq !== seq + 1) return this.#fail(new Error(`event ${event.seq} after ${seq}`));
    this.position = { epoch, seq: event.seq };
    this.state = applied(this.state, event);
    this.events.push(event);
  }

  /** The first message of which `found` makes something. */
  #wait<Found>(found: (message: Heard | Times) => Found | null): Promise<Found> {
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void) => {
        clearTimeout(patience);
        this.#waiting.delete(waiting);
        settled();
      };
      const waiting: Waiting = {
        take: (message) => {
          const value = found(message);
          if (value !== null) settle(() => resolve(value));
        },
        fail: (error) => settle(() => reject(error)),
      };
      const patience = setTimeout(() => waiting.fail(new Error('no answer in time')), PATIENCE_MS);
      this.#waiting.add(waiting);
    });
  }

  #tell(message: Heard | Times): void {
    for (const waiting of [...this.#waiting]) waiting.take(message);
  }

  #fail(error: Error): void {
    for (const waiting of [...this.#waiting]) waiting.fail(error);
  }

  #say(message: Said): void {
    this.#socket.send(JSON.stringify(message));
  }
}

async function open(origin: string): Promise<WebSocket> {
  // By a name that is a mere `string`, so that nobody needs types of a package which only Node.js 20 needs.
  const Socket = globalThis.WebSocket ?? ((await import('ws' as string)) as { WebSocket: typeof WebSocket }).WebSocket;
  const socket = new Socket(`${origin.replace(/^http/, 'ws')}/api/v1/socket`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`${origin} cannot be reached`));
  });
  return socket;
}

function arrival({ key, form = 'computer', name }: Who): Arrival {
  return { version: 1, device_key: key, device: { form, name: name ?? null } };
}

/** As many as a snapshot carries. */
const HISTORY_MAX = 50;
const CHAT_MAX = 100;

/** The room after `event`. The server decides the order of things; nothing here sorts. */
function applied(room: RoomState, event: RoomEvent): RoomState {
  switch (event.event) {
    case 'person': {
      const { person } = event;
      const isKnown = room.people.some(({ id }) => id === person.id);
      return { ...room, people: isKnown ? replaced(room.people, person) : [...room.people, person] };
    }
    case 'person-left': {
      const banned = room.banned + (event.because === 'banned' ? 1 : 0);
      return { ...room, people: others(room.people, [event.person]), banned };
    }
    case 'playback':
      return { ...withCurrent(room, event.playback.phase === 'idle' ? null : (event.current ?? room.current ?? null)), playback: event.playback };
    case 'added': {
      const queue = others(room.queue, event.items.map(({ id }) => id));
      const before = queue.findIndex(({ id }) => id === event.before);
      const place = before < 0 ? queue.length : before;
      return { ...room, queue: [...queue.slice(0, place), ...event.items, ...queue.slice(place)] };
    }
    case 'removed':
      return { ...room, queue: others(room.queue, event.items), suggestions: others(room.suggestions, event.items) };
    case 'changed': {
      const { item } = event;
      const current = room.current?.id === item.id ? item : (room.current ?? null);
      return { ...room, current, queue: replaced(room.queue, item), suggestions: replaced(room.suggestions, item) };
    }
    case 'order': {
      const items = new Map(room.queue.map((item) => [item.id, item]));
      return { ...room, queue: event.items.flatMap((id) => items.get(id) ?? []) };
    }
    case 'suggested':
      return { ...room, suggestions: [...room.suggestions, event.item] };
    case 'skip-votes':
      return { ...room, skip: event.votes };
    case 'chat':
      return { ...room, chat: [...room.chat, event.line].slice(-CHAT_MAX) };
    case 'unsaid':
      return { ...room, chat: room.chat.filter(({ seq }) => seq !== event.line) };
    case 'settings':
      return { ...room, settings: event.settings };
    case 'cast':
      return { ...room, cast: event.cast ?? null };
    default:
      return room;
  }
}

function others<T extends { id: string }>(all: T[], ids: string[]): T[] {
  return all.filter(({ id }) => !ids.includes(id));
}

function replaced<T extends { id: string }>(all: T[], one: T): T[] {
  return all.map((other) => (other.id === one.id ? one : other));
}

/** What was on before has played, unless it is back in the queue. */
function withCurrent(room: RoomState, current: Item | null): RoomState {
  const before = room.current ?? null;
  if (before?.id === current?.id) return { ...room, current };
  const played = before && !room.queue.some(({ id }) => id === before.id) ? [before] : [];
  const earlier = room.history.filter(({ id }) => id !== current?.id && id !== before?.id);
  return { ...room, current, history: [...played, ...earlier].slice(0, HISTORY_MAX) };
}

/** How far the room's clock is ahead of `performance.now()`, in ms, and by how much that may be wrong. */
export interface Offset {
  ahead: number;
  error: number;
}

/** A time frame that was answered: sent, heard there, answered there, heard here; all in us. */
type Times = { kind: 'time'; t0: number; t1: number; t2: number; t3: number };

interface Waiting {
  take(message: Heard | Times): void;
  fail(error: Error): void;
}

// What goes over the socket. All moments are Unix ms, ids are opaque: persons `p_...`, seats `m_...`, items `i_...`.

/** What a client says here. Peers say more to each other: see docs/signalling.md. */
export type Said =
  | (Arrival & { kind: 'create'; password?: string | null; queue: { preset?: Preset; title?: string | null } })
  | (Arrival & { kind: 'join'; code: string; follow: true; password?: string | null; invite?: string | null; resume?: string | null; last?: Position | null })
  | ({ kind: 'command'; cmd_id: string; command: RoomCommand } & Guards);

interface Arrival {
  version: 1;
  device_key: string;
  device: { form?: Form; name?: string | null };
}

/** A command is carried out only if this item is on, or if nothing happened since this event. */
export type Guards = { if_item?: string | null; if_seq?: number | null };

/** What a client hears of rooms with a queue. It leaves alone what else it may hear. */
export type Heard =
  | { kind: 'created'; welcome: Welcome }
  | { kind: 'joined'; welcome?: Welcome | null }
  | { kind: 'snapshot'; position: Position; state: RoomState; hash: string }
  | { kind: 'events'; epoch: number; events: RoomEvent[] }
  | ({ kind: 'mine' } & Mine)
  | ({ kind: 'answered'; cmd_id: string } & Answer)
  | { kind: 'reaction'; by: string; reaction: Reaction }
  | { kind: 'doors'; has_password: boolean }
  | { kind: 'leave'; member: string; reason: string }
  | ({ kind: 'error' } & Failure);

/** The room, this seat in it, and the token that brings this seat back. */
export type Welcome = { room: { code: string; link: string; hue: number; has_password: boolean }; you: { id: string }; resume: string; now: number };
export type Position = { epoch: number; seq: number };
export type Failure = { code: string; message: string; retry_after_s?: number | null };

export type Answer =
  | { answer: 'ok'; seq: number; invite?: Invite | null; token?: string | null }
  | { answer: 'reject'; code: RejectCode; message: string; seq: number; retry_after_ms?: number | null };
export type RejectCode = 'stale' | 'forbidden' | 'limit' | 'invalid' | 'duplicate' | 'ended' | 'banned' | 'server';

export type Mine = { person: string; grants: Grant[]; votes: string[]; has_voted_skip: boolean; invites: Invite[] };
export type Invite = { id: string; rank: Rank; uses_left: number; expires_at: number };

export interface RoomState {
  settings: RoomSettings;
  playback: Playback;
  current?: Item | null;
  queue: Item[];
  suggestions: Item[];
  /** The latest first. */
  history: Item[];
  skip: SkipVotes;
  people: Person[];
  /** How many are banned. */
  banned: number;
  chat: ChatLine[];
  cast?: Cast | null;
}

/** `position(t) = position_ms + max(0, t - start_at)` while it plays. */
export type Playback =
  | { phase: 'idle' }
  | { phase: 'preparing'; item: string; generation: number; position_ms: number; deadline: number }
  | { phase: 'playing'; item: string; generation: number; position_ms: number; start_at: number; next?: string | null }
  | { phase: 'paused'; item: string; generation: number; position_ms: number; because: 'asked' | 'empty' | 'waiting' };

export type Source =
  | { source: 'recording'; page: string; links?: { platform: string; url: string }[] }
  | { source: 'file'; sha256: string; bytes: number; media_type: string }
  | { source: 'address'; url: string }
  | { source: 'demo'; name: string };
export type NewItem = Source & { title?: string | null; artist?: string | null; duration_ms?: number | null };
export type Item = Source & { id: string; added_by: string; title: string; artist?: string | null; duration_ms?: number | null; votes: number };

export interface Person {
  id: string;
  name?: string | null;
  rank: Rank;
  /** What they may do beyond their rank. */
  extra: Grant[];
  form: Form;
  /** Empty while they are away. */
  seats: string[];
  /** Nobody waits for them. */
  is_soft: boolean;
  player?: Player | null;
}

export type Player = { class: 'own-audio' | 'media-element' | 'youtube' | 'remote'; service?: string | null; error_ms?: number | null };
export type SkipVotes = { votes: number; needed: number };
export type ChatLine = { seq: number; at: number; by: string; name?: string | null; text: string };
export type Cast = { seat: string; since: number };

export interface RoomSettings {
  title?: string | null;
  mode: 'fifo' | 'votes' | 'turns' | 'curated';
  repeat: 'none' | 'one' | 'all';
  wait_for: 'never' | 'soft' | 'strict';
  when_empty: 'freeze' | 'run';
  is_locked: boolean;
  is_listed: boolean;
  allow_duplicates: boolean;
  items_per_person_max: number;
  item_minutes_max: number;
  skip_percent: number;
  slow_mode_s: number;
  /** What each rank may do. */
  grants: Record<string, Grant[]>;
}

/** What is left out stays. */
export type SettingsChange = { [Name in keyof RoomSettings]?: RoomSettings[Name] | null } & { preset?: Preset | null };

export type Form = 'phone' | 'tablet' | 'computer' | 'speaker' | 'unknown';
export type Preset = 'party' | 'radio' | 'classroom';
/** The lowest first. */
export type Rank = 'guest' | 'listener' | 'dj' | 'moderator' | 'host' | 'owner';
export type Reaction = 'heart' | 'fire' | 'clap' | 'laugh' | 'wow' | 'sad' | 'up' | 'down';
export type Grant =
  | ('control' | 'skip' | 'vote-skip' | 'add' | 'suggest' | 'approve' | 'arrange' | 'vote' | 'chat' | 'react')
  | ('moderate' | 'kick' | 'invite' | 'promote' | 'configure' | 'cast');

/** Without `by` it came by itself. */
export type RoomEvent = { seq: number; at: number; by?: string | null } & (
  | { event: 'person'; person: Person }
  | { event: 'person-left'; person: string; because: 'left' | 'away' | 'kicked' | 'banned' }
  | { event: 'playback'; playback: Playback; current?: Item | null }
  | { event: 'added'; items: Item[]; before?: string | null }
  | { event: 'removed'; items: string[]; why: 'removed' | 'played' | 'cleared' | 'refused' | 'approved' }
  | { event: 'changed' | 'suggested'; item: Item }
  | { event: 'order'; items: string[] }
  | { event: 'skip-votes'; votes: SkipVotes }
  | { event: 'chat'; line: ChatLine }
  | { event: 'unsaid'; line: number }
  | { event: 'settings'; settings: RoomSettings }
  | { event: 'cast'; cast?: Cast | null }
  | { event: 'undone'; undone: number }
  | { event: 'archived' }
);

export type RoomCommand =
  | { do: 'play' | 'pause' | 'skip' | 'previous' | 'clear' | 'shuffle' | 'pardon' | 'leave' | 'archive' }
  | { do: 'play-now' | 'vote' | 'unvote' | 'vote-skip' | 'buffering'; item: string }
  | { do: 'ready'; item: string; generation: number; rtt_ms?: number | null }
  | { do: 'report'; player: Player }
  | { do: 'measured'; item: string; duration_ms: number }
  | { do: 'seek'; position_ms: number }
  | { do: 'add'; items: NewItem[]; next?: boolean }
  | { do: 'remove'; items: string[] }
  | { do: 'move'; item: string; before?: string | null }
  | { do: 'suggest'; item: NewItem }
  | { do: 'approve'; item: string; allow: boolean }
  | { do: 'react'; reaction: Reaction }
  | { do: 'chat'; text: string }
  | { do: 'unsay' | 'undo'; seq: number }
  | { do: 'rename'; name: string }
  | { do: 'grant'; person: string; rank?: Rank | null; extra?: Grant[] | null }
  | { do: 'kick' | 'ban' | 'transfer'; person: string }
  | { do: 'invite'; rank: Rank; uses: number; expires_in_s: number }
  | { do: 'revoke'; invite: string }
  | { do: 'configure'; change: SettingsChange };
