import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { server, welcome } from '../../test/signalling-server';
import { Caster } from '../cast/caster.svelte';
import { type FreeSession, keepSession, restsUntil } from '../cast/free-session';
import { Listener } from '../cast/listener.svelte';
import type { Playout } from '../cast/playout';
import type { RoomSession } from '../cast/room-session.svelte';
import type { Source } from '../cast/sources';
import type { Welcome } from '../cast/wire';
import { RoomState, type Wish } from './room.svelte';
import { RoomSound } from './sound.svelte';

/** A player that plays nothing, and says whether it was told to be silent. */
const player = vi.hoisted(() => ({ isPaused: false }));
vi.mock('../players/browser', () => ({
  later: () => () => undefined,
  openRoomPlayer: () => ({ precision: 'own-audio', on() {}, unlock: async () => true, volume: () => true, pause: () => (player.isPaused = true) }),
}));

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
/** How far this device's clock is ahead of the server's. */
const AHEAD = 3 * MINUTE;
const ends_at = NOON + 60 * MINUTE;
const free_again_at = NOON + 75 * MINUTE;

/** A page in a room: what it knows of the session, how it stands, and whether its sound was ended. */
interface Page {
  session: RoomSession;
  hear(message: object): void;
  lose(): void;
  stands(): unknown;
  isSilent(): boolean;
}

const welcomed = (role: 'caster' | 'listener') => ({ ...welcome(role), now: NOON - AHEAD, session: { ends_at, free_again_at } });

async function casting(): Promise<Page> {
  const { world, last, hear, lose } = server();
  const caster = new Caster(Promise.resolve({ certificate: {} as RTCCertificate, fingerprint: new Uint8Array(32) }), world);
  let isSilent = false;
  const source: Source = { kind: 'file', track: { onended: null } as unknown as MediaStreamTrack, close: () => (isSilent = true) };
  await caster.cast(source);
  last().onopen?.();
  hear({ kind: 'created', welcome: welcomed('caster') });
  return { session: caster.session, hear, lose, stands: () => [caster.state, caster.ending], isSilent: () => isSilent };
}

async function listening(): Promise<Page> {
  const { world, last, hear, lose } = server();
  let isSilent = true;
  const play = async () => !(isSilent = false);
  const playout = { play, pause: () => (isSilent = true), setVolume: () => true, setDelay() {} } as unknown as Playout;
  const listener = new Listener('K7M4QX', null, playout, world);
  listener.begin();
  last().onopen?.();
  hear({ kind: 'joined', member: welcome('listener').you, welcome: welcomed('listener') });
  await listener.play();
  return { session: listener.session, hear, lose, stands: () => [listener.state, listener.goodbye], isSilent: () => isSilent && !listener.is_wanted };
}

async function following(wish: Wish = { kind: 'join', code: 'K7M4QX', invite: null }): Promise<Page> {
  const { world, last, hear, lose } = server();
  const room = new RoomState(wish, world);
  const sound = new RoomSound(room, { source: async () => null, embed: () => null });
  room.begin();
  last().onopen?.();
  if (wish.kind === 'create') hear({ kind: 'created', welcome: welcomed('listener') });
  else hear({ kind: 'joined', member: welcome('listener').you, welcome: welcomed('listener') });
  sound.listen();
  player.isPaused = false;
  return { session: room.session, hear, lose, stands: () => [room.phase, room.farewell], isSilent: () => player.isPaused && !sound.is_wanted };
}

const opening = () => following({ kind: 'create', preset: 'party' });

/** A browser that keeps what it is told. */
function keeping(): void {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
}

// No storage here, as in a browser that refuses it.
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOON);
  vi.stubGlobal('navigator', { userAgent: '', maxTouchPoints: 0 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe.each([
  { who: 'a cast', enter: casting, over: ['ended', 'session-over'] },
  { who: 'a listener', enter: listening, over: ['left', 'session-over'] },
  { who: 'a room with a queue', enter: () => following(), over: ['gone', 'session-over'] },
])('the free session of $who', ({ enter, over }) => {
  async function told() {
    const page = await enter();
    const news: (number | null)[] = [];
    page.session.onnews = (minutes_left) => news.push(minutes_left);
    const tell = (session: FreeSession | null, minutes_left: number | null) => page.hear({ kind: 'session', session, minutes_left });
    return { ...page, news, tell };
  }

  test('is announced five minutes before its end, and one', async () => {
    const { session, news, tell } = await told();
    const here = { ends_at: ends_at + AHEAD, free_again_at: free_again_at + AHEAD };
    expect([session.current, news]).toEqual([here, []]);
    tell({ ends_at, free_again_at }, 5);
    tell({ ends_at, free_again_at }, 1);
    expect([session.current, news]).toEqual([here, [5, 1]]);
  });

  test('has no end any more, or gets one, as the server says', async () => {
    const { session, news, tell } = await told();
    tell(null, null);
    expect(session.current).toBeNull();
    tell({ ends_at, free_again_at }, null);
    expect(session.current?.ends_at).toBe(ends_at + AHEAD);
    expect(news).toEqual([null, 63]);
  });

  test('is over with its reason, in silence, and it is known when the next may begin', async () => {
    const { session, hear, stands, isSilent } = await told();
    hear({ kind: 'leave', member: 'm_9', reason: 'session-over', until: free_again_at });
    expect([isSilent(), session.again_at]).toEqual([false, null]);
    hear({ kind: 'leave', member: 'm_1', reason: 'session-over', until: free_again_at });
    expect(stands()).toEqual(over);
    expect(isSilent()).toBe(true);
    expect(session.again_at).toBe(free_again_at + AHEAD);
    expect(session.restsUntil(free_again_at)).toBe(free_again_at + AHEAD);
    expect(session.restsUntil(free_again_at + AHEAD)).toBeNull();
  });

  test('says of no other end when a next one may begin', async () => {
    const { session, hear, isSilent } = await told();
    hear({ kind: 'leave', member: 'm_1', reason: 'expired', until: null });
    expect([isSilent(), session.again_at]).toEqual([true, null]);
  });
});

test('a cast that comes back after the end is told when the next session may begin', async () => {
  const { session, hear, lose, stands, isSilent } = await casting();
  lose();
  hear({ kind: 'error', code: 'resting', message: '', retry_after_s: 900 });
  expect([stands(), isSilent()]).toEqual([['ended', 'session-over'], true]);
  expect(session.restsUntil(NOON)).toBe(NOON + 15 * MINUTE);
});

test('nothing rests once the next session has begun', async () => {
  const { session } = await casting();
  session.over(free_again_at);
  session.welcomed(welcomed('caster') as unknown as Welcome);
  expect(session.again_at).toBeNull();
});

describe('the mirror of the pause to come', () => {
  test.each([
    { what: 'a cast', enter: casting },
    { what: 'a room with a queue that was opened here', enter: opening },
  ])('goes when the end of $what goes, and comes when there is one again', async ({ enter }) => {
    keeping();
    const { hear } = await enter();
    const rests = () => restsUntil(ends_at + AHEAD);
    expect(rests()).toBe(free_again_at + AHEAD);
    hear({ kind: 'session', session: null, minutes_left: null });
    expect(rests()).toBeNull();
    hear({ kind: 'session', session: { ends_at, free_again_at }, minutes_left: null });
    expect(rests()).toBe(free_again_at + AHEAD);
  });

  test.each([
    { who: 'a listener', enter: listening },
    { who: 'a guest of a room with a queue', enter: () => following() },
  ])('of $who stays, whatever comes of the end of somebody else’s room', async ({ enter }) => {
    keeping();
    keepSession({ ends_at: NOON, free_again_at: NOON + 15 * MINUTE }, 'mine');
    const { hear } = await enter();
    hear({ kind: 'session', session: { ends_at, free_again_at }, minutes_left: 5 });
    hear({ kind: 'session', session: null, minutes_left: null });
    expect(restsUntil(NOON)).toBe(NOON + 15 * MINUTE);
  });
});
