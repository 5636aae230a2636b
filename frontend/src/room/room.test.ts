import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Socket, SignallingWorld } from '../cast/signalling';
import { applied } from './apply';
import { Commands, type CommandWorld } from './commands';
import { parseKnownRooms, withKnownRoom } from './known-rooms';
import { RoomState } from './room.svelte';
import type { Item, Person, RoomEvent, RoomSaid, RoomSettings, Shared } from './wire';

const item = (id: string, title = id): Item => ({ source: 'demo', name: 'bells', id, title, artist: null, duration_ms: 60_000, added_by: 'p_1', votes: 0 });
const person = (id: string, name: string | null = null): Person => ({
  id, name, rank: 'guest', extra: [], form: 'phone', seats: [], is_soft: false, player: null,
});
const settings: RoomSettings = {
  title: null, mode: 'fifo', repeat: 'none', wait_for: 'soft', when_empty: 'freeze', skip_percent: 50, allow_duplicates: false,
  items_per_person_max: 100, item_minutes_max: 60, slow_mode_s: 0, is_locked: false, is_listed: false, grants: {},
};
const room = (rest: Partial<Shared> = {}): Shared => ({
  settings, playback: { phase: 'idle' }, current: null, queue: [], suggestions: [], history: [], skip: { votes: 0, needed: 1 },
  people: [], chat: [], cast: null, banned: 0, ...rest,
});
let seq = 0;
const event = (what: object): RoomEvent => ({ seq: (seq += 1), at: 0, by: null, ...what }) as RoomEvent;
const ids = (items: readonly Item[]): string[] => items.map(({ id }) => id);
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => item(id)) as [Item, Item, Item, Item];
const playing = (id: string) => ({ phase: 'playing', item: id, generation: 1, position_ms: 0, start_at: 0, next: null });

describe('events', () => {
  test('put items where the server says', () => {
    const before = room({ queue: [a, b] });
    expect(ids(applied(before, event({ event: 'added', items: [c, d], before: 'b' })).queue)).toEqual(['a', 'c', 'd', 'b']);
    expect(ids(applied(before, event({ event: 'added', items: [c], before: null })).queue)).toEqual(['a', 'b', 'c']);
    expect(ids(applied(before, event({ event: 'order', items: ['b', 'a'] })).queue)).toEqual(['b', 'a']);
    expect(ids(applied(before, event({ event: 'removed', items: ['a'], why: 'removed' })).queue)).toEqual(['b']);
  });

  test('move what was on into the history, and what is on again out of it', () => {
    const first = applied(room({ current: a, queue: [b] }), event({ event: 'removed', items: ['b'], why: 'played' }));
    const second = applied(first, event({ event: 'playback', playback: playing('b'), current: b }));
    expect([second.current?.id, ids(second.history)]).toEqual(['b', ['a']]);
    const back = applied(second, event({ event: 'added', items: [b], before: null }));
    const third = applied(back, event({ event: 'playback', playback: playing('a'), current: a }));
    expect([third.current?.id, ids(third.history), ids(third.queue)]).toEqual(['a', [], ['b']]);
  });

  test('keep what is on through a pause, and nothing when nothing is on', () => {
    const paused = applied(room({ current: a }), event({ event: 'playback', playback: { ...playing('a'), phase: 'paused', because: 'asked' } }));
    expect(paused.current?.id).toBe('a');
    const idle = applied(paused, event({ event: 'playback', playback: { phase: 'idle' } }));
    expect([idle.current, ids(idle.history)]).toEqual([null, ['a']]);
  });

  test('change an item wherever it is', () => {
    const changed = { ...a, votes: 3 };
    const at = (rest: Partial<Shared>) => applied(room(rest), event({ event: 'changed', item: changed }));
    expect(at({ queue: [b, a] }).queue[1]?.votes).toBe(3);
    expect(at({ suggestions: [a] }).suggestions[0]?.votes).toBe(3);
    expect(at({ current: a }).current?.votes).toBe(3);
  });

  test('bring people, change them and let them go', () => {
    const came = applied(room({ people: [person('p_1')] }), event({ event: 'person', person: person('p_2', 'Ana') }));
    expect(came.people.map(({ id }) => id)).toEqual(['p_1', 'p_2']);
    const renamed = applied(came, event({ event: 'person', person: person('p_1', 'Ben') }));
    expect(renamed.people.map(({ name }) => name)).toEqual(['Ben', 'Ana']);
    expect(applied(renamed, event({ event: 'person-left', person: 'p_1', because: 'left' })).people).toHaveLength(1);
  });

  test('say lines, take them back, and keep a hundred', () => {
    const line = (at: number) => event({ event: 'chat', line: { seq: at, at: 0, by: 'p_1', name: null, text: String(at) } });
    let now = room();
    for (let at = 1; at <= 101; at += 1) now = applied(now, line(at));
    expect([now.chat.length, now.chat[0]?.seq]).toEqual([100, 2]);
    expect(applied(now, event({ event: 'unsaid', line: 2 })).chat[0]?.seq).toBe(3);
  });
});

describe('commands', () => {
  function world() {
    const sent: RoomSaid[] = [];
    const due: (() => void)[] = [];
    let count = 0;
    const made: CommandWorld = {
      send: (said) => sent.push(said),
      later: (run) => {
        due.push(run);
        return () => undefined;
      },
      newId: () => `c${(count += 1)}`,
    };
    return { sent, due, commands: new Commands(made) };
  }

  test('are said again under the same name when the answer was lost', async () => {
    const { sent, commands } = world();
    commands.entered();
    const outcome = commands.say({ do: 'skip' }, { if_item: 'a' });
    commands.lost();
    commands.entered();
    expect(sent.map(({ cmd_id, if_item }) => [cmd_id, if_item])).toEqual([['c1', 'a'], ['c1', 'a']]);
    commands.answered('c1', { answer: 'ok', seq: 7 });
    commands.answered('c1', { answer: 'reject', code: 'stale', message: '', seq: 7 });
    expect(await outcome).toMatchObject({ answer: 'ok', seq: 7 });
  });

  test('wait for the room, and not for ever', async () => {
    const { sent, due, commands } = world();
    const outcome = commands.say({ do: 'play' });
    expect(sent).toEqual([]);
    due[0]?.();
    expect(await outcome).toMatchObject({ answer: 'reject', code: 'unanswered' });
  });
});

describe('a room of this page', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
    vi.stubGlobal('localStorage', storage);
    vi.stubGlobal('sessionStorage', storage);
    vi.stubGlobal('navigator', { userAgent: '', maxTouchPoints: 0 });
  });

  function opened(wish: ConstructorParameters<typeof RoomState>[0]) {
    const sockets: (Socket & { said: Record<string, unknown>[] })[] = [];
    const world: SignallingWorld = {
      open: () => {
        const said: Record<string, unknown>[] = [];
        const socket = {
          said, onopen: null, onmessage: null, onclose: null, close: () => undefined,
          send: (data: string | ArrayBuffer) => typeof data === 'string' && said.push(JSON.parse(data) as Record<string, unknown>),
        } as unknown as Socket & { said: Record<string, unknown>[] };
        sockets.push(socket);
        return socket;
      },
      later: () => () => undefined,
      now: () => 0,
      chance: () => 0,
    };
    const state = new RoomState(wish, world);
    state.begin();
    sockets[0]?.onopen?.();
    const hear = (message: object) => sockets.at(-1)?.onmessage?.({ data: JSON.stringify(message) });
    return { state, sockets, hear };
  }
  const you = { id: 'm_1', role: 'peer', form: 'phone', name: null, hide_address: false };
  const welcome = {
    version: 1, you, resume: 'token', members: [], ice_servers: [], now: 0,
    room: { code: 'K7M4QX', hue: 3, has_password: false, ask_first: false, has_queue: true, expires_at: 0, listeners_max: 16, link: 'http://x/r/K7M4QX' },
  };
  const snapshot = { kind: 'snapshot', position: { epoch: 1, seq: 4 }, hash: '0', state: room({ queue: [a] }) };
  const added = (at: number, one: Item) => ({ seq: at, at: 0, by: null, event: 'added', items: [one], before: null });

  test('is opened once, and come back to by its token, key and last event', () => {
    const { state, sockets, hear } = opened({ kind: 'create', preset: 'party' });
    expect(sockets[0]?.said[0]).toMatchObject({ kind: 'create', queue: { preset: 'party' } });
    hear({ kind: 'created', welcome });
    hear(snapshot);
    hear({ kind: 'events', epoch: 1, events: [added(5, b)] });
    expect([state.phase, ids(state.shared?.queue ?? [])]).toEqual(['inside', ['a', 'b']]);
    state.networkChanged();
    sockets[1]?.onopen?.();
    const key = sockets[0]?.said[0]?.['device_key'];
    expect(sockets[1]?.said[0]).toMatchObject({ kind: 'join', code: 'K7M4QX', follow: true, device_key: key, resume: 'token', last: { epoch: 1, seq: 5 } });
  });

  test('hears each event once, and comes in again when one is missing', () => {
    const { state, sockets, hear } = opened({ kind: 'join', code: 'K7M4QX', invite: null });
    hear({ kind: 'joined', member: you, welcome });
    hear(snapshot);
    hear({ kind: 'events', epoch: 1, events: [added(4, d), added(5, b)] });
    expect(ids(state.shared?.queue ?? [])).toEqual(['a', 'b']);
    hear({ kind: 'events', epoch: 1, events: [added(7, c)] });
    expect([ids(state.shared?.queue ?? []), sockets.length]).toEqual([['a', 'b'], 2]);
  });

  test('is left when the server sends this person away, and says why', () => {
    const { state, hear } = opened({ kind: 'join', code: 'K7M4QX', invite: null });
    hear({ kind: 'joined', member: you, welcome });
    hear(snapshot);
    hear({ kind: 'mine', person: 'p_1', grants: [], votes: [], has_voted_skip: false, invites: [] });
    hear({ kind: 'events', epoch: 1, events: [{ seq: 5, at: 0, by: 'p_2', event: 'person-left', person: 'p_1', because: 'banned' }] });
    hear({ kind: 'leave', member: 'm_1', reason: 'removed', until: null });
    expect([state.phase, state.farewell]).toEqual(['gone', 'banned']);
  });

  test('is silent as soon as this person leaves, and left at once when the server cannot be reached', async () => {
    const { state, sockets, hear } = opened({ kind: 'join', code: 'K7M4QX', invite: null });
    let outs = 0;
    state.onout = () => (outs += 1);
    hear({ kind: 'joined', member: you, welcome });
    hear(snapshot);
    void state.leave();
    expect([state.phase, outs]).toEqual(['inside', 1]);
    sockets[0]?.onclose?.({ code: 1006 });
    await vi.waitFor(() => expect([state.phase, state.farewell]).toEqual(['gone', 'left']));

    const other = opened({ kind: 'join', code: 'K7M4QX', invite: null });
    other.hear({ kind: 'joined', member: you, welcome });
    other.sockets[0]?.onclose?.({ code: 1006 });
    void other.state.leave();
    expect(other.state.farewell).toBe('left');
  });
});

describe('known rooms', () => {
  test('are the newest twenty, each once', () => {
    let rooms = parseKnownRooms(null);
    for (let at = 0; at < 25; at += 1) rooms = withKnownRoom(rooms, { code: `R${at}`, key: 'k' });
    rooms = withKnownRoom(rooms, { code: 'R20', key: 'new' });
    expect([rooms.length, rooms[0]]).toEqual([20, { code: 'R20', key: 'new' }]);
    expect(parseKnownRooms(JSON.stringify([...rooms, { code: 1 }])).length).toBe(20);
    expect(parseKnownRooms('{')).toEqual([]);
  });
});
