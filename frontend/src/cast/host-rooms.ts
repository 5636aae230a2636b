/** The rooms that this device opened and can go on casting in. */
import { fromBase64Url, randomBytes, toBase64Url } from './bytes';
import { savedSecret } from './saved-rooms';
import { HOST_ROOMS_KEY } from './storage-keys';

const ROOMS_MAX = 5;
const KEY_BYTES = 16;

export interface HostRoom {
  code: string;
  /** Told to the server: makes this device the host. */
  key: string;
  /** Never told to the server: what the link proves. */
  secret: string;
  /** When the server forgets the room unless somebody casts in it, Unix ms. */
  until: number;
  /** It is opened as this saved room of the member. */
  saved?: string;
}

export function newHostRoom(): HostRoom {
  return { code: '', until: 0, key: toBase64Url(randomBytes(KEY_BYTES)), secret: toBase64Url(randomBytes(KEY_BYTES)) };
}

/** The saved room `id`, to be opened. */
export function savedHostRoom(id: string): HostRoom {
  return { ...newHostRoom(), secret: savedSecret(id), saved: id };
}

export function secretOf(room: HostRoom): Uint8Array {
  return fromBase64Url(room.secret, KEY_BYTES) ?? randomBytes(KEY_BYTES);
}

/** Newest first. What is not readable is as good as not there. */
export function parseHostRooms(text: string | null): HostRoom[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isHostRoom).slice(0, ROOMS_MAX) : [];
  } catch {
    return [];
  }
}

export function withHostRoom(rooms: readonly HostRoom[], room: HostRoom): HostRoom[] {
  return [room, ...rooms.filter((other) => other.code !== room.code)].slice(0, ROOMS_MAX);
}

/** Those that the server still knows. */
export function hostRooms(now_ms: number): HostRoom[] {
  try {
    return parseHostRooms(localStorage.getItem(HOST_ROOMS_KEY)).filter((room) => room.until > now_ms);
  } catch {
    return [];
  }
}

export function keepHostRoom(room: HostRoom): void {
  keep(withHostRoom(hostRooms(Date.now()), room));
}

export function forgetHostRoom(code: string): void {
  keep(hostRooms(Date.now()).filter((room) => room.code !== code));
}

function keep(rooms: readonly HostRoom[]): void {
  try {
    if (rooms.length === 0) localStorage.removeItem(HOST_ROOMS_KEY);
    else localStorage.setItem(HOST_ROOMS_KEY, JSON.stringify(rooms));
  } catch {
    // Without storage the room is this page's only.
  }
}

function isHostRoom(value: unknown): value is HostRoom {
  const { code, key, secret, until } = (value ?? {}) as Record<string, unknown>;
  const areTexts = [code, key, secret].every((text) => typeof text === 'string' && text !== '');
  return areTexts && typeof until === 'number';
}
