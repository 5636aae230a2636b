import { expect, test } from 'vitest';
import { Signalling, type Socket, type SocketEnd, type SocketState } from './signalling';
import type { ClientMessage, ErrorCode, Failure, ServerMessage } from './wire';

const WELCOME = {
  version: 1,
  room: { code: 'K7M4QX', hue: 3, has_password: false, ask_first: false, has_queue: false, expires_at: 0, listeners_max: 16, link: 'http://x/r/K7M4QX' },
  you: { id: 'm_1', role: 'listener', form: 'phone', name: null, hide_address: false },
  resume: 'token',
  members: [],
  ice_servers: [],
  now: 0,
};

class FakeSocket implements Socket {
  said: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.said.push(JSON.parse(text) as ClientMessage);
  }
  close(): void {}
  hear(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function stage() {
  const sockets: FakeSocket[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const states: SocketState[] = [];
  const ends: SocketEnd[] = [];
  const heard: ServerMessage[] = [];
  const refusals: Failure[] = [];
  let clock = 0;
  const signalling = new Signalling(
    {
      greeting: () => ({ kind: 'leave', member: `greeting ${sockets.length}` }),
      message: (message) => heard.push(message),
      refusedGreeting: (failure) => refusals.push(failure),
      state: (state) => states.push(state),
      ended: (end) => ends.push(end),
    },
    {
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      later: (run, ms) => {
        const timer = { run, ms };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
      now: () => clock,
      chance: () => 0,
    },
  );
  const enter = () => {
    const socket = sockets.at(-1)!;
    socket.onopen?.();
    socket.hear({ kind: 'joined', member: WELCOME.you, welcome: WELCOME });
    return socket;
  };
  const wake = () => timers.shift()?.run();
  return { signalling, sockets, timers, states, ends, heard, refusals, enter, wake, pass: (ms: number) => (clock += ms) };
}

const answer = (to: string): ClientMessage => ({ kind: 'end-of-candidates', to });

test('the greeting comes first, and what was said before follows the welcome', () => {
  const { signalling, sockets, enter } = stage();
  signalling.connect();
  signalling.send(answer('a'));
  sockets[0]!.onopen?.();
  expect(sockets[0]!.said).toHaveLength(1);
  const socket = enter();
  expect(socket.said.at(-1)).toEqual(answer('a'));
});

test.each([1006, 1001, 1012])('a socket that closes with %i comes back after a wait', (code) => {
  const { signalling, sockets, timers, wake, enter } = stage();
  signalling.connect();
  enter().onclose?.({ code });
  expect(timers[0]?.ms).toBe(500);
  wake();
  expect(sockets).toHaveLength(2);
});

test('the waits grow until it holds for ten seconds', () => {
  const { signalling, timers, enter, sockets, wake, pass } = stage();
  signalling.connect();
  const waits = [];
  for (let i = 0; i < 11; i += 1) {
    sockets.at(-1)!.onclose?.({ code: 1006 });
    waits.push(timers[0]?.ms);
    wake();
  }
  expect(waits).toEqual([500, 500, 500, 500, 500, 500, 1000, 2000, 4000, 8000, 8000]);
  const socket = enter();
  pass(10_000);
  socket.onclose?.({ code: 1012 });
  expect(timers[0]?.ms).toBe(500);
});

test.each([
  [1000, 'goodbye'],
  [1009, 'not-accepted'],
  [4001, 'replaced'],
] as const)('after Close %i there is no other try', (code, end) => {
  const { signalling, timers, ends, enter } = stage();
  signalling.connect();
  enter().onclose?.({ code });
  expect(timers).toHaveLength(0);
  expect(ends).toEqual([end]);
});

test('what waits for a socket is bounded', () => {
  const { signalling } = stage();
  const taken = Array.from({ length: 300 }, () => signalling.send(answer('a'))).filter(Boolean);
  expect(taken).toHaveLength(200);
});

test('a new network replaces the socket at once, and the old one is not heard any more', () => {
  const { signalling, sockets, enter, heard } = stage();
  signalling.connect();
  const old = enter();
  signalling.renew();
  expect(sockets).toHaveLength(2);
  const before = heard.length;
  old.hear({ kind: 'end-of-candidates', from: 'm_2' });
  old.onclose?.({ code: 1006 });
  expect(heard).toHaveLength(before);
  expect(sockets).toHaveLength(2);
});

test('after closing nothing comes back', () => {
  const { signalling, sockets, states, enter } = stage();
  signalling.connect();
  const socket = enter();
  signalling.close();
  socket.onclose?.({ code: 1006 });
  signalling.renew();
  expect(states.at(-1)).toBe('closed');
  expect(sockets).toHaveLength(1);
});

const refusal = (code: ErrorCode) => ({ kind: 'error', code, message: '', retry_after_s: null });

test.each([
  [1008, 'not-accepted'],
  [1013, 'busy'],
] as const)('Close %i ends only what was never in a room', (code, end) => {
  const outside = stage();
  outside.signalling.connect();
  outside.sockets[0]!.onclose?.({ code });
  expect(outside.ends).toEqual([end]);
  expect(outside.timers).toHaveLength(0);
  const inside = stage();
  inside.signalling.connect();
  inside.enter().onclose?.({ code });
  expect(inside.ends).toEqual([]);
  inside.wake();
  expect(inside.sockets).toHaveLength(2);
});

test('a refused greeting is told apart from a refused message', () => {
  const { signalling, sockets, enter, heard, refusals } = stage();
  signalling.connect();
  sockets[0]!.onopen?.();
  sockets[0]!.hear(refusal('busy'));
  expect(refusals.map((one) => one.code)).toEqual(['busy']);
  enter().hear(refusal('gone'));
  expect(refusals).toHaveLength(1);
  expect(heard.at(-1)).toMatchObject({ code: 'gone' });
});

test('a refused greeting is repeated at the time that the server named, also when it closes meanwhile', () => {
  const { signalling, sockets, timers, wake, enter } = stage();
  signalling.connect();
  enter().onclose?.({ code: 1012 });
  wake();
  const second = sockets[1]!;
  second.onopen?.();
  signalling.greetLater(30);
  expect(timers.map((timer) => timer.ms)).toEqual([30_000]);
  second.onclose?.({ code: 1013 });
  expect(timers.map((timer) => timer.ms)).toEqual([30_000]);
  wake();
  expect(sockets).toHaveLength(3);
});

test('without a named time a refused greeting is repeated after growing waits', () => {
  const { signalling, sockets, timers, wake } = stage();
  signalling.connect();
  sockets[0]!.onopen?.();
  const waits = [];
  for (let i = 0; i < 4; i += 1) {
    signalling.greetLater(null);
    waits.push(timers[0]?.ms);
    wake();
  }
  expect(waits).toEqual([500, 1000, 2000, 4000]);
  expect(sockets[0]!.said).toHaveLength(5);
});

test('a lost path brings the socket back though the server said goodbye, unless another tab took over', () => {
  const left = stage();
  left.signalling.connect();
  left.enter().onclose?.({ code: 1000 });
  left.signalling.renew();
  expect(left.sockets).toHaveLength(2);
  const replaced = stage();
  replaced.signalling.connect();
  replaced.enter().onclose?.({ code: 4001 });
  replaced.signalling.renew();
  expect(replaced.sockets).toHaveLength(1);
});
