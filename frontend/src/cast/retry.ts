/** When to try again: the socket, and the path between two peers. Pure: time and chance come in as arguments. */

const SOCKET_FIRST_MS = { low: 500, high: 2500 };
const SOCKET_MAX_MS = 8000;
/** So many tries come as soon as the first: a server that restarts is back within seconds, and so should people be. */
const SOCKET_SOON = 6;

const OPENING_FIRST_MS = 4000;
const OPENING_MAX_MS = 30_000;

/** How long a socket may take to open, on try number `tries`: more each time, for the sake of very slow links. */
export function openingWait(tries: number): number {
  return Math.min(OPENING_MAX_MS, OPENING_FIRST_MS * 2 ** Math.min(tries, 10));
}

/** The wait before try number `tries` (from 0). Random, so that a restarted server isn't stormed. */
export function socketWait(tries: number, chance: number): number {
  const first = SOCKET_FIRST_MS.low + chance * (SOCKET_FIRST_MS.high - SOCKET_FIRST_MS.low);
  return Math.min(SOCKET_MAX_MS, first * 2 ** Math.min(tries, 10));
}

/** The same for a socket that was lost. */
export function comeBackWait(tries: number, chance: number): number {
  return socketWait(Math.max(0, tries - SOCKET_SOON + 1), chance);
}

/** `slow`: a first path is being looked for. */
export type PathState = 'slow' | 'good' | 'disturbed' | 'broken';
export type PathOrder = 'nothing' | 'restart' | 'rejoin';

const GRACE_MS = 1000;
const FIRST_PATH_MS = 12_000;
const RESTART_FIRST_MS = 500;
const RESTART_MAX_MS = 8000;
/** After this long without a path everything is begun anew. */
export const RESTART_FOR_MS = 90_000;

/** Asks for ICE restarts while there is no path, and gives up after 90 s. */
export class PathKeeper {
  private badSince: number | null = null;
  private nextAt = Infinity;
  private wait = RESTART_FIRST_MS;
  private hasMoved = false;

  /** The path is like this at `now` (ms). Saying it again changes nothing. */
  observe(state: PathState, now: number): void {
    if (state === 'good') this.clear();
    if (state === 'slow') this.begin(now, now + FIRST_PATH_MS);
    if (state === 'disturbed') this.begin(now, now + GRACE_MS);
    if (state === 'broken') this.begin(now, now);
  }

  /** The device is on another network: one restart finds the better path, whether or not the old one still works. */
  networkChanged(): void {
    this.hasMoved = true;
  }

  /** Since when there is no path, in ms; `null` while there is one. */
  get since(): number | null {
    return this.badSince;
  }

  /** What is due at `now`. */
  due(now: number): PathOrder {
    if (this.hasMoved) {
      this.hasMoved = false;
      return 'restart';
    }
    if (this.badSince === null) return 'nothing';
    if (now - this.badSince >= RESTART_FOR_MS) {
      this.clear();
      return 'rejoin';
    }
    if (now < this.nextAt) return 'nothing';
    this.nextAt = now + this.wait;
    this.wait = Math.min(RESTART_MAX_MS, this.wait * 2);
    return 'restart';
  }

  private begin(now: number, at: number): void {
    const isNew = this.badSince === null;
    this.badSince ??= now;
    // Once restarts were asked for, the distance between them counts.
    if (isNew || this.wait === RESTART_FIRST_MS) this.nextAt = Math.min(this.nextAt, at);
  }

  private clear(): void {
    this.badSince = null;
    this.nextAt = Infinity;
    this.wait = RESTART_FIRST_MS;
  }
}
