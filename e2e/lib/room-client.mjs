// A client of rooms with a queue, small enough to copy: one file, for Node.js 20 (with the package `ws`) and for
// browsers and newer Node.js, which have a WebSocket of their own. The protocol is described in docs/rooms.md, the
// time frames in docs/time-frames.md.
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

/**
 * @typedef {{ key: string, name?: string, form?: string, password?: string, invite?: string, preset?: string,
 *             title?: string }} Who
 * @typedef {{ epoch: number, seq: number }} Position
 * @typedef {{ answer: 'ok', seq: number } | { answer: 'reject', code: string, message: string, seq: number,
 *             retry_after_ms?: number }} Answer
 */

/** What the server would not do, with its code: see docs/signalling.md. */
export class Refused extends Error {
  constructor({ code, message, retry_after_s }) {
    super(`${code}: ${message}`);
    this.code = code;
    this.retry_after_s = retry_after_s;
  }
}

/** A device key: 128 random bits that make this device the same person each time. Keep it. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export class RoomClient {
  /** The welcome: code, link, resume token. */
  welcome = null;
  /** The room as it is: the last snapshot with all events since. */
  state = null;
  /** @type {Position | null} The last event heard. */
  position = null;
  /** What is so for this person only. */
  mine = null;
  /** Every event that was heard, in order. */
  events = [];
  /** How far the room's clock is ahead of this one, in ms, and by how much that may be wrong. */
  offset = null;

  #socket;
  #who;
  #names = 0;
  /** Questions that wait for an answer, by what they wait for. */
  #waiting = new Set();

  constructor(socket, who) {
    this.#socket = socket;
    this.#who = who;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#hear(JSON.parse(data)) : this.#hearTime(new DataView(data)));
    socket.onclose = ({ code }) => this.#end(new Error(`closed with ${code}`));
  }

  /** Opens a room and owns it. @param {string} origin @param {Who} who */
  static async create(origin, who) {
    const { preset = 'party', title = null, password = null } = who;
    return RoomClient.#enter(origin, who, { kind: 'create', password, queue: { preset, title } });
  }

  /** Comes into a room by its code. @param {string} origin @param {string} code @param {Who} who */
  static async join(origin, code, who) {
    const { password = null, invite = null } = who;
    return RoomClient.#enter(origin, who, { kind: 'join', code, follow: true, password, invite });
  }

  static async #enter(origin, who, message, last = null) {
    const client = new RoomClient(await open(origin), who);
    if (last) Object.assign(client, { state: last.state, position: last.position });
    const device = { form: who.form ?? 'computer', name: who.name ?? null };
    client.#say({ version: 1, device_key: who.key, device, ...message });
    await client.until(() => client.welcome && client.state && client.mine);
    return client;
  }

  /** Comes back after a cut, and hears what happened meanwhile: as the same person, with place and votes. */
  async again(origin) {
    const { state, position, welcome } = this;
    const message = { kind: 'join', code: this.code, follow: true, resume: welcome.resume, last: position };
    return RoomClient.#enter(origin, this.#who, message, { state, position });
  }

  get code() {
    return this.welcome.room.code;
  }

  /** Carries out a command; `guards` may be `if_item` or `if_seq`. @returns {Promise<Answer>} */
  async command(command, guards = {}) {
    const cmd_id = `c${(this.#names += 1)}-${Math.random().toString(36).slice(2, 10)}`;
    const answer = this.#wait(({ kind, ...message }) => (kind === 'answered' && message.cmd_id === cmd_id ? message : null));
    this.#say({ kind: 'command', cmd_id, command, ...guards });
    return answer;
  }

  /** What o'clock it is in the room, in Unix ms with fractions, after a burst of questions. */
  async now() {
    let best = null;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const measured = await this.#probe();
      if (!best || measured.error < best.error) best = measured;
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
    }
    this.offset = best;
    return performance.now() + best.ahead;
  }

  /** Where in what is on the room is at `now`, in ms; `null` when nothing is on. */
  positionAt(now) {
    const { playback, current } = this.state;
    if (playback.phase === 'idle') return null;
    const passed = playback.phase === 'playing' ? Math.max(0, now - playback.start_at) : 0;
    return Math.min(playback.position_ms + passed, current.duration_ms ?? Infinity);
  }

  /** Waits until something is so. */
  async until(holds) {
    if (!holds()) await this.#wait(() => holds() || null);
  }

  /** What has played, what is on and what follows, as a file. @param {'json' | 'm3u' | 'csv'} format */
  async list(origin, format) {
    const headers = { authorization: `Bearer ${this.welcome.resume}` };
    const answer = await fetch(`${origin}/api/v1/rooms/${this.code}/list?format=${format}`, { headers });
    if (!answer.ok) throw new Refused({ code: String(answer.status), message: (await answer.json()).title });
    return answer.text();
  }

  /** Leaves the seat; the person's place waits for two minutes. */
  close() {
    this.#socket.close();
  }

  async #probe() {
    const sent = Math.round(performance.now() * 1_000);
    const question = new DataView(new ArrayBuffer(FRAME_BYTES));
    question.setBigInt64(0, BigInt(sent));
    const answer = this.#wait(({ kind, t0, ...times }) => (kind === 'time' && t0 === sent ? times : null));
    this.#socket.send(question.buffer);
    const { t1, t2, t3 } = await answer;
    const ahead = (t1 - sent + (t2 - t3)) / 2 / 1_000;
    return { ahead, error: (t3 - sent - (t2 - t1)) / 2 / 1_000 };
  }

  #hearTime(frame) {
    const t3 = Math.round(performance.now() * 1_000);
    const [t0, t1, t2] = [0, 8, 16].map((place) => Number(frame.getBigInt64(place)));
    this.#tell({ kind: 'time', t0, t1, t2, t3 });
  }

  #hear(message) {
    if (message.kind === 'created' || message.kind === 'joined') this.welcome = message.welcome ?? this.welcome;
    if (message.kind === 'snapshot') [this.state, this.position] = [message.state, message.position];
    if (message.kind === 'events') for (const event of message.events) this.#apply(event, message.epoch);
    if (message.kind === 'mine') this.mine = message;
    if (message.kind === 'error') return this.#end(new Refused(message));
    this.#tell(message);
  }

  #apply(event, epoch) {
    const { seq } = this.position;
    if (epoch !== this.position.epoch || event.seq !== seq + 1) return this.#end(new Error(`event ${event.seq} after ${seq}`));
    this.position = { epoch, seq: event.seq };
    this.state = applied(this.state, event);
    this.events.push(event);
  }

  /** The first message of which `found` makes something. */
  #wait(found) {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => waiting.settle(() => reject(new Error('no answer in time'))), PATIENCE_MS);
      const waiting = {
        found,
        fail: (error) => waiting.settle(() => reject(error)),
        take: (value) => waiting.settle(() => resolve(value)),
        settle: (settle) => {
          clearTimeout(patience);
          this.#waiting.delete(waiting);
          settle();
        },
      };
      this.#waiting.add(waiting);
    });
  }

  #tell(message) {
    for (const waiting of [...this.#waiting]) {
      const value = waiting.found(message);
      if (value !== null) waiting.take(value);
    }
  }

  #end(error) {
    for (const waiting of [...this.#waiting]) waiting.fail(error);
  }

  #say(message) {
    this.#socket.send(JSON.stringify(message));
  }
}

async function open(origin) {
  const Socket = globalThis.WebSocket ?? (await import('ws')).WebSocket;
  const socket = new Socket(`${origin.replace(/^http/, 'ws')}/api/v1/socket`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`${origin} cannot be reached`));
  });
  return socket;
}

/** As many as a snapshot carries. */
const HISTORY_MAX = 50;
const CHAT_MAX = 100;

/** The room after `event`. The server decides the order of things; nothing here sorts. */
function applied(room, event) {
  const others = (items, ids) => items.filter(({ id }) => !ids.includes(id));
  const replaced = (items, item) => items.map((one) => (one.id === item.id ? item : one));
  switch (event.event) {
    case 'person': {
      const { person } = event;
      const isKnown = room.people.some(({ id }) => id === person.id);
      return { ...room, people: isKnown ? replaced(room.people, person) : [...room.people, person] };
    }
    case 'person-left':
      return { ...room, people: others(room.people, [event.person]) };
    case 'playback':
      return { ...withCurrent(room, event), playback: event.playback };
    case 'added': {
      const ids = event.items.map(({ id }) => id);
      const queue = others(room.queue, ids);
      const before = queue.findIndex(({ id }) => id === event.before);
      const place = before < 0 ? queue.length : before;
      return { ...room, queue: [...queue.slice(0, place), ...event.items, ...queue.slice(place)] };
    }
    case 'removed':
      return { ...room, queue: others(room.queue, event.items), suggestions: others(room.suggestions, event.items) };
    case 'changed': {
      const { item } = event;
      const current = room.current?.id === item.id ? item : room.current;
      return { ...room, current, queue: replaced(room.queue, item), suggestions: replaced(room.suggestions, item) };
    }
    case 'order': {
      const items = new Map(room.queue.map((item) => [item.id, item]));
      return { ...room, queue: event.items.map((id) => items.get(id)) };
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
      return { ...room, cast: event.cast };
    default:
      return room;
  }
}

/** What was on before has played. */
function withCurrent(room, { playback, current = room.current }) {
  const now = playback.phase === 'idle' ? null : current;
  const before = room.current;
  if (before?.id === now?.id) return { ...room, current: now };
  const isBack = !before || room.queue.some(({ id }) => id === before.id);
  const earlier = room.history.filter(({ id }) => id !== now?.id && id !== before?.id);
  return { ...room, current: now, history: [...(isBack ? [] : [before]), ...earlier].slice(0, HISTORY_MAX) };
}
