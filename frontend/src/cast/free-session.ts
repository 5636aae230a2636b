/** The free session of this device, where sessions have an end: a key by which it goes on in another room, and a mirror of when the next may begin. The server goes by neither. */
import { RESTING_KEY, SESSION_KEY } from './storage-keys';
import type { FreeSession } from './wire';

export type { FreeSession };

/** The last minutes of a session, in which the page says how many are left. */
const LAST_MS = 5 * 60_000;

/** A session with its moments as this device's clock has them; `ahead_ms`: how far it is ahead of the server's. */
export function onThisClock(session: FreeSession | null | undefined, ahead_ms: number): FreeSession | null {
  if (!session) return null;
  return { ends_at: session.ends_at + ahead_ms, free_again_at: session.free_again_at + ahead_ms };
}

/** The key in what is kept of a session, whether that has come to its end or not. */
export function keptSessionKey(kept: string | null): string | null {
  return kept?.split(' ')[1] || null;
}

/** Told to the server with each new room, so that a session goes on rather than begin anew; `null` when none is known. */
export function sessionKey(now_ms: number): string | null {
  const [until, key] = read(SESSION_KEY)?.split(' ') ?? [];
  if (Number(until) > now_ms && key) return key;
  write(SESSION_KEY, null);
  return null;
}

/** A session runs that was begun with `key`. `null`: nothing has an end any more, and no pause is to come. */
export function keepSession(session: FreeSession | null, key: string): void {
  if (session === null) return write(RESTING_KEY, null);
  const known = sessionKey(Date.now()) ?? key;
  write(SESSION_KEY, `${session.free_again_at} ${known}`);
  write(RESTING_KEY, `${session.ends_at} ${session.free_again_at}`);
}

/** When the next session may begin, while the last one is over and that has not come yet. */
export function restsUntil(now_ms: number): number | null {
  const [ends, again] = read(RESTING_KEY)?.split(' ').map(Number) ?? [];
  if (ends === undefined || again === undefined || !(again > now_ms)) {
    write(RESTING_KEY, null);
    return null;
  }
  return ends <= now_ms ? again : null;
}

/** Whole minutes that are left of a session, counting the one that runs. */
export function minutesLeft(session: FreeSession, now_ms: number): number {
  return Math.max(0, Math.ceil((session.ends_at - now_ms) / 60_000));
}

/** Whole minutes that are left of a session, in its last ones; else `null`. */
export function lastMinutes(session: FreeSession | null, now_ms: number): number | null {
  if (session === null || session.ends_at - now_ms > LAST_MS) return null;
  return minutesLeft(session, now_ms);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The server knows it all the same.
  }
}
