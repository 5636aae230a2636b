/** What this browser keeps for a guest: what can come along into an account, and what goes when somebody signs out. */
import { keptSessionKey } from '../cast/free-session';
import { HOST_ROOMS_KEY, SESSION_KEY } from '../cast/storage-keys';
import { parseHostRooms } from '../cast/host-rooms';
import { NAME_CHARS_MAX } from '../cast/wire';
import { readLookedAt } from '../links/looked-at';
import { parseKnownRooms } from '../room/known-rooms';
import { NAME_KEY, ROOMS_KEY } from '../room/storage-keys';
import { STORED } from '../state/storage';
import type { Account, KeptOfGuest } from './wire';

/** The part of the browser's storage that is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'clear'>;

/** How this device is set, for whoever uses it. */
const STAYS = [STORED.theme, STORED.language, STORED.shortcuts];

/** The keys by which the server knows this browser: those of rooms, and that of a free session, whose room may be gone. */
export function keysOf(shelf: Pick<Shelf, 'getItem'>): string[] {
  const session = keptSessionKey(read(shelf, SESSION_KEY));
  return [...new Set([...roomKeysOf(shelf), ...(session === null ? [] : [session])])];
}

function roomKeysOf(shelf: Pick<Shelf, 'getItem'>): string[] {
  const rooms = [...parseKnownRooms(read(shelf, ROOMS_KEY)), ...parseHostRooms(read(shelf, HOST_ROOMS_KEY))];
  return [...new Set(rooms.map(({ key }) => key))];
}

/** What an account can take along. A link whose moment is not known was looked at by `now`. */
export function keptOfGuest(shelf: Pick<Shelf, 'getItem'>, now: number): KeptOfGuest {
  const list = readLookedAt(read(shelf, STORED.links));
  const links = list.kind === 'on' ? list.links : [];
  const name = (read(shelf, NAME_KEY) ?? '').slice(0, NAME_CHARS_MAX).trim();
  return { keys: roomKeysOf(shelf), pages: links.map(({ id, at = now }) => ({ id, at })), name: name === '' ? null : name };
}

/** What of it `account` would take: no links where it keeps none, and no name beside its own. */
export function newTo(account: Account, { keys, pages, name }: KeptOfGuest): KeptOfGuest {
  return { keys, pages: account.history_days === 0 ? [] : pages, name: account.user_name ? null : name };
}

export function isAnything({ keys, pages, name }: KeptOfGuest): boolean {
  return keys.length + pages.length > 0 || name !== null;
}

/** Takes away what `shelf` keeps of a person. How the device is set stays, and comes back if the server had all of it cleared. */
export async function clearing(shelf: Shelf, signOut: () => Promise<boolean>): Promise<boolean> {
  const settings = STAYS.map((key) => [key, read(shelf, key)] as const);
  if (!(await signOut())) return false;
  try {
    shelf.clear();
    for (const [key, value] of settings) if (value !== null) shelf.setItem(key, value);
  } catch {
    // Where nothing can be kept there is nothing to clear.
  }
  return true;
}

function read(shelf: Pick<Shelf, 'getItem'>, key: string): string | null {
  try {
    return shelf.getItem(key);
  } catch {
    return null;
  }
}
