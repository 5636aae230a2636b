// The other end of the socket, for tests.
import type { Socket } from '../src/cast/signalling';
import type { ClientMessage, ErrorCode } from '../src/cast/wire';

/** A server that answers by hand, and timers that fire by hand. */
export function server() {
  const sockets: FakeSocket[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  class FakeSocket implements Socket {
    said: ClientMessage[] = [];
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    send(data: string | ArrayBuffer): void {
      if (typeof data === 'string') this.said.push(JSON.parse(data) as ClientMessage);
    }
    close(): void {}
  }
  const world = {
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    later: (run: () => void, ms: number) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
    now: () => 0,
    chance: () => 0,
  };
  const last = () => sockets.at(-1)!;
  const hear = (message: unknown) => last().onmessage?.({ data: JSON.stringify(message) });
  const refuse = (code: ErrorCode, retry_after_s: number | null = null) => hear({ kind: 'error', code, message: '', retry_after_s });
  /** The socket is lost, comes back, and says its greeting. */
  const lose = () => {
    last().onclose?.({ code: 1012 });
    timers.shift()?.run();
    last().onopen?.();
  };
  return { world, sockets, timers, last, hear, refuse, lose };
}

/** How somebody is let in. */
export const welcome = (role: 'caster' | 'listener') => ({
  version: 1,
  room: { code: 'K7M4QX', hue: 3, has_password: false, ask_first: false, has_queue: false, expires_at: 0, listeners_max: 16, link: 'http://x/r/K7M4QX' },
  you: { id: 'm_1', role, form: 'phone', name: null, hide_address: false },
  resume: 'token',
  members: [],
  ice_servers: [],
  now: 0,
});
