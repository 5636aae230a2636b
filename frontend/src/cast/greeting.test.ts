import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeConnection } from '../../test/connection';
import { server, welcome } from '../../test/signalling-server';
import { Caster } from './caster.svelte';
import { remedyFor } from './greeting';
import { Listener } from './listener.svelte';
import type { Playout } from './playout';
import type { Source } from './sources';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', maxTouchPoints: 0 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a refused token is given up once, a closed room is closed, and all else passes', () => {
  expect(remedyFor('resume', true)).toBe('anew');
  expect(remedyFor('resume', false)).toBe('later');
  expect(remedyFor('no-such-room', true)).toBe('closed');
  for (const code of ['ended', 'forbidden', 'follow'] as const) expect(remedyFor(code, true)).toBe('closed');
  for (const code of ['busy', 'server', 'full', 'too-many-tries', 'caster-present'] as const) expect(remedyFor(code, true)).toBe('later');
});

describe('a cast', () => {
  async function begun() {
    const fake = server();
    const caster = new Caster(Promise.resolve({ certificate: {} as RTCCertificate, fingerprint: new Uint8Array(32) }), fake.world);
    const track = { onended: null, stop() {} } as unknown as MediaStreamTrack;
    const source: Source = { kind: 'file', track, close() {} };
    await caster.cast(source);
    fake.last().onopen?.();
    return { caster, ...fake };
  }

  async function open() {
    const fake = await begun();
    fake.hear({ kind: 'created', welcome: welcome('caster') });
    return fake;
  }

  test.each(['busy', 'server', 'full', 'too-many-tries', 'caster-present'] as const)('goes on while its greeting is refused with %s', async (code) => {
    const { caster, lose, refuse, timers, last } = await open();
    lose();
    refuse(code, 7);
    expect(caster.state).toBe('waiting');
    expect(caster.is_alone).toBe(true);
    expect(timers.map((timer) => timer.ms)).toEqual([7000]);
    timers.shift()?.run();
    expect(last().said).toHaveLength(2);
    last().onmessage?.({ data: JSON.stringify({ kind: 'joined', member: welcome('caster').you, welcome: welcome('caster') }) });
    expect(caster.is_alone).toBe(false);
  });

  test('whose token does not hold greets with its key', async () => {
    const { caster, lose, refuse, last } = await open();
    lose();
    expect(last().said[0]).toMatchObject({ resume: 'token', device_key: expect.any(String), cast: true });
    refuse('resume');
    expect(last().said[1]).toMatchObject({ resume: null, device_key: expect.any(String), cast: true });
    expect(caster.state).toBe('waiting');
  });

  test('whose person may cast there no more ends', async () => {
    const { caster, lose, refuse } = await open();
    lose();
    refuse('forbidden');
    expect([caster.state, caster.ending]).toEqual(['ended', 'expired']);
  });

  test('that nobody hears ends with its room', async () => {
    const { caster, lose, refuse } = await open();
    lose();
    refuse('ended');
    expect([caster.state, caster.ending]).toEqual(['ended', 'expired']);
  });

  test('that never began says that the server is busy, and for how long', async () => {
    const { caster, refuse, last } = await begun();
    refuse('busy', 30);
    last().onclose?.({ code: 1013 });
    expect(caster.state).toBe('failed');
    expect(caster.failure).toMatchObject({ code: 'busy', retry_at: Date.now() + 30_000 });
  });

  test('restarts the one path that is asked for', async () => {
    FakeConnection.made = [];
    vi.stubGlobal('RTCPeerConnection', FakeConnection);
    const { hear } = await begun();
    const members = ['m_2', 'm_3'].map((id) => ({ id, role: 'listener', form: 'phone', name: null, hide_address: false }));
    hear({ kind: 'created', welcome: { ...welcome('caster'), members } });
    await vi.runAllTimersAsync();
    hear({ kind: 'restart', from: 'm_3', ice_servers: [] });
    await vi.runAllTimersAsync();
    expect(FakeConnection.made.map((made) => made.offers)).toEqual([[false], [false, true]]);
  });

  test('ignores a refused message in the room', async () => {
    const { caster, refuse, timers } = await open();
    refuse('gone');
    expect(caster.state).toBe('waiting');
    expect(timers).toEqual([]);
  });
});

describe('a listener', () => {
  const playout = { play: async () => true, pause() {}, close() {}, setVolume: () => true, setDelay() {}, attach() {} } as unknown as Playout;

  function begun(hash: string | null = null) {
    const fake = server();
    const listener = new Listener('K7M4QX', hash, playout, fake.world);
    listener.begin();
    fake.sockets[0]?.onopen?.();
    return { listener, ...fake };
  }

  function inside() {
    const fake = begun();
    fake.hear({ kind: 'joined', member: welcome('listener').you, welcome: welcome('listener') });
    return fake;
  }

  test.each(['busy', 'server', 'full', 'too-many-tries'] as const)('in a room greets once more after %s', (code) => {
    const { listener, lose, refuse, timers, last } = inside();
    lose();
    refuse(code);
    expect(listener.state).toBe('waiting-host');
    timers.shift()?.run();
    expect(last().said).toHaveLength(2);
  });

  test('that comes back into a closed room is told so', () => {
    const { listener, lose, refuse } = inside();
    lose();
    refuse('ended');
    expect(listener.state).toBe('refused');
    expect(listener.refusal).toMatchObject({ why: 'ended' });
  });

  test('at the door learns that the server is busy, and until when', () => {
    const { listener, refuse, last } = begun();
    refuse('busy', 30);
    last().onclose?.({ code: 1013 });
    expect(listener.refusal).toEqual({ why: 'busy', retry_at: Date.now() + 30_000, reference: null });
  });

  test('of a room with a queue is told to come in, and shows who is in already', () => {
    const { listener, last, refuse } = begun();
    expect(last().said[0]).toMatchObject({ device_key: null });
    refuse('follow');
    expect(listener.mustFollow).toBe(true);
    listener.key = 'key-of-the-person';
    listener.askAgain();
    expect(last().said[1]).toMatchObject({ device_key: 'key-of-the-person', resume: null });
    expect(listener.mustFollow).toBe(false);
  });

  test('whose link is cut asks the person before it goes on with the code', () => {
    const { listener, sockets } = begun('A1b2C3');
    expect(sockets).toHaveLength(0);
    expect(listener.refusal).toEqual({ why: 'cut-link' });
    listener.networkChanged();
    expect(sockets).toHaveLength(0);
    listener.askAgain();
    expect(sockets).toHaveLength(1);
    expect(listener.state).toBe('hello');
  });

  test('that hides its address joins anew and says so', () => {
    const { listener, sockets, last } = inside();
    expect(sockets[0]!.said[0]).toMatchObject({ hide_address: false });
    listener.hideAddress(true);
    last().onopen?.();
    expect(sockets).toHaveLength(2);
    expect(last().said[0]).toMatchObject({ hide_address: true, resume: 'token' });
  });
});
