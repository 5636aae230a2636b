/** The socket to the server that introduces peers. It comes back by itself, and playing peers don't need it. */
import { comeBackWait, openingWait, socketWait } from './retry';
import { type ClientMessage, type Failure, parseServerMessage, type ServerMessage } from './wire';

/** Messages kept while there is no socket. One connection needs about 30; more would be stale. */
const WAITING_MAX = 200;
/** This long in a room and the next loss of the socket counts as the first. */
const STEADY_MS = 10_000;

/** Closes after which nothing is to be tried again (RFC 6455, section 7.4.1; 4001 is the server's own). */
const ENDS: Record<number, SocketEnd> = { 1000: 'goodbye', 1009: 'not-accepted', 4001: 'replaced' };
/** Closes that end only what never began: who was in a room comes back (1013 is registered with IANA: try again later). */
const ENDS_OUTSIDE: Record<number, SocketEnd> = { 1008: 'not-accepted', 1013: 'busy' };
const CLOSE_NORMAL = 1000;
/** What browsers say when there was no goodbye (RFC 6455, section 7.1.5). */
const CLOSE_LOST = 1006;

export type SocketState = 'closed' | 'connecting' | 'open' | 'waiting';
/** Why there is no other try by itself: all is said, the server does not take what we say or us, or another tab took our place. */
export type SocketEnd = 'goodbye' | 'not-accepted' | 'busy' | 'replaced';

/** The part of `WebSocket` that is used, so that tests bring their own. */
export interface Socket {
  send(data: string | ArrayBuffer): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface SignallingEvents {
  /** The first thing to say on a new socket: `create`, `join`, or `join` with the resume token. */
  greeting(): ClientMessage;
  message(message: ServerMessage): void;
  /** A binary frame: an answer that asks for the time get. */
  frame?(bytes: ArrayBuffer): void;
  /** The greeting was not taken. It is said again only by `greetAgain` or `greetLater`. */
  refusedGreeting(failure: Failure): void;
  state(state: SocketState): void;
  ended(end: SocketEnd): void;
}

export interface SignallingWorld {
  open(): Socket;
  later(run: () => void, ms: number): () => void;
  now(): number;
  chance(): number;
}

export class Signalling {
  private state: SocketState = 'closed';
  private socket: Socket | null = null;
  private cancelRetry: () => void = () => {};
  private cancelOpening: () => void = () => {};
  private tries = 0;
  private openedAt = 0;
  private isGreeted = false;
  /** The server let us in since the last `close`. */
  private wasInside = false;
  /** Neither the person nor another tab ended it. */
  private isWanted = false;
  private cancelGreeting: () => void = () => {};
  /** No greeting before this time (ms): the server named it. */
  private notBefore = 0;
  private waiting: ClientMessage[] = [];

  constructor(
    private readonly events: SignallingEvents,
    private readonly world: SignallingWorld = browserWorld(),
  ) {}

  /** Opens the socket. Does nothing while there is one. */
  connect(): void {
    if (this.state === 'open' || this.state === 'connecting') return;
    this.isWanted = true;
    this.cancelRetry();
    this.enter('connecting');
    const socket = this.world.open();
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.heard(socket, event.data);
    socket.onclose = (event) => this.lost(socket, event.code);
    this.cancelOpening();
    this.cancelOpening = this.world.later(() => this.hang(socket), openingWait(this.tries));
  }

  /** Says `message` now or as soon as we are in the room again. False when too much is waiting. */
  send(message: ClientMessage): boolean {
    if (this.state === 'open' && this.isGreeted) {
      this.socket?.send(JSON.stringify(message));
      return true;
    }
    if (this.waiting.length >= WAITING_MAX) return false;
    this.waiting.push(message);
    return true;
  }

  /** Sends a binary frame now or never: one that waited would say nothing true. False for never. */
  sendFrame(bytes: ArrayBuffer): boolean {
    if (this.state !== 'open' || !this.isGreeted || !this.socket) return false;
    this.socket.send(bytes);
    return true;
  }

  /** Says the greeting once more on the open socket: after a refusal that another code or password may cure. */
  greetAgain(): void {
    this.cancelGreeting();
    if (this.state === 'open') this.socket?.send(JSON.stringify(this.events.greeting()));
    else this.connect();
  }

  /** Says the greeting once more after `seconds`, or after a wait that grows with each refusal. */
  greetLater(seconds: number | null): void {
    const wait = seconds === null ? this.nextWait(socketWait) : seconds * 1000;
    this.notBefore = this.world.now() + wait;
    this.cancelGreeting();
    this.cancelGreeting = this.world.later(() => this.greetAgain(), wait);
  }

  /** A new network: the old socket is dead, though it may not know. Nothing comes back that the person closed. */
  renew(): void {
    if (!this.isWanted) return;
    this.drop();
    this.tries = 0;
    this.notBefore = 0;
    this.connect();
  }

  /** Closes for good. */
  close(): void {
    this.drop();
    this.waiting = [];
    this.wasInside = false;
    this.isWanted = false;
    this.notBefore = 0;
    this.enter('closed');
  }

  private drop(): void {
    this.cancelRetry();
    this.cancelOpening();
    this.cancelGreeting();
    const socket = this.socket;
    this.socket = null;
    this.isGreeted = false;
    this.state = 'closed';
    socket?.close(CLOSE_NORMAL);
  }

  /** Browsers wait two minutes for a server that says nothing; another try may find it at once. */
  private hang(socket: Socket): void {
    if (socket !== this.socket || this.state !== 'connecting') return;
    this.lost(socket, CLOSE_LOST);
    socket.close(CLOSE_NORMAL);
  }

  private opened(socket: Socket): void {
    if (socket !== this.socket) return;
    this.cancelOpening();
    this.openedAt = this.world.now();
    this.enter('open');
    socket.send(JSON.stringify(this.events.greeting()));
  }

  private heard(socket: Socket, data: unknown): void {
    if (socket !== this.socket) return;
    if (data instanceof ArrayBuffer) return this.events.frame?.(data);
    const message = typeof data === 'string' ? parseServerMessage(data) : null;
    if (message === null) return;
    if (message.kind === 'created' || (message.kind === 'joined' && message.welcome)) {
      this.isGreeted = true;
      this.wasInside = true;
      this.cancelGreeting();
      const waiting = this.waiting;
      this.waiting = [];
      this.events.message(message);
      for (const said of waiting) this.send(said);
      return;
    }
    if (message.kind === 'error' && !this.isGreeted) this.events.refusedGreeting(message);
    else this.events.message(message);
  }

  private lost(socket: Socket, code: number): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.cancelOpening();
    const wasSteady = this.isGreeted && this.world.now() - this.openedAt >= STEADY_MS;
    this.isGreeted = false;
    this.cancelGreeting();
    const end = ENDS[code] ?? (this.wasInside ? undefined : ENDS_OUTSIDE[code]);
    if (end) {
      if (end === 'replaced') this.isWanted = false;
      this.enter('closed');
      this.events.ended(end);
      return;
    }
    if (wasSteady) this.tries = 0;
    this.enter('waiting');
    const wait = Math.max(this.nextWait(comeBackWait), this.notBefore - this.world.now());
    this.cancelRetry = this.world.later(() => this.connect(), wait);
  }

  private nextWait(waitOf: typeof socketWait): number {
    const wait = waitOf(this.tries, this.world.chance());
    this.tries += 1;
    return wait;
  }

  private enter(state: SocketState): void {
    this.state = state;
    this.events.state(state);
  }
}

function browserWorld(): SignallingWorld {
  return {
    open: () => {
      const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(`${scheme}//${location.host}/api/v1/socket`);
      socket.binaryType = 'arraybuffer';
      return socket as Socket;
    },
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
    chance: () => Math.random(),
  };
}
