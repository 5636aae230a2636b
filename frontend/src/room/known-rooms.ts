/** Who this browser is in which room. Each room gets a key of its own, so that a server cannot tell that two persons are one. */
import { randomBytes, toBase64Url } from '../cast/bytes';
import { NAME_CHARS_MAX } from '../cast/wire';
import { NAME_KEY, ROOMS_KEY, SEAT_KEY } from './storage-keys';

const ROOMS_MAX = 20;
/** 128 bits. */
const KEY_BYTES = 16;

export interface KnownRoom {
  code: string;
  /** Told to the server: makes this browser the same person each time, in this room only. */
  key: string;
}

export function newKey(): string {
  return toBase64Url(randomBytes(KEY_BYTES));
}

/** Newest first. What is not readable is as good as not there. */
export function parseKnownRooms(text: string | null): KnownRoom[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isKnownRoom).slice(0, ROOMS_MAX) : [];
  } catch {
    return [];
  }
}

export function withKnownRoom(rooms: readonly KnownRoom[], { code, key }: KnownRoom): KnownRoom[] {
  return [{ code, key }, ...rooms.filter((other) => other.code !== code)].slice(0, ROOMS_MAX);
}

/** The key for the room `code`, if this browser was in it. */
export function knownKey(code: string): string | null {
  return knownRooms().find((room) => room.code === code)?.key ?? null;
}

export function keepRoom(room: KnownRoom): void {
  attempt(() => localStorage.setItem(ROOMS_KEY, JSON.stringify(withKnownRoom(knownRooms(), room))));
}

export function forgetRoom(code: string): void {
  const others = knownRooms().filter((room) => room.code !== code);
  attempt(() => (others.length > 0 ? localStorage.setItem(ROOMS_KEY, JSON.stringify(others)) : localStorage.removeItem(ROOMS_KEY)));
}

export function keptName(): string {
  return (attempt(() => localStorage.getItem(NAME_KEY)) ?? '').slice(0, NAME_CHARS_MAX);
}

export function keepName(name: string): void {
  attempt(() => (name === '' ? localStorage.removeItem(NAME_KEY) : localStorage.setItem(NAME_KEY, name)));
}

/** The token for the seat in the room `code`, if this tab has one. */
export function keptSeat(code: string): string | null {
  const [keptCode, token] = attempt(() => sessionStorage.getItem(SEAT_KEY))?.split(' ') ?? [];
  return keptCode === code && token ? token : null;
}

export function keepSeat(code: string, token: string | null): void {
  attempt(() => (token === null ? sessionStorage.removeItem(SEAT_KEY) : sessionStorage.setItem(SEAT_KEY, `${code} ${token}`)));
}

function knownRooms(): KnownRoom[] {
  return parseKnownRooms(attempt(() => localStorage.getItem(ROOMS_KEY)));
}

/** Some browsers refuse storage; then nothing is kept. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

function isKnownRoom(value: unknown): value is KnownRoom {
  const { code, key } = (value ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && code !== '' && typeof key === 'string' && key !== '';
}
