/** What the two peers tell each other on the data channel `unisono/1` (`docs/signalling.md`). */

import { NAME_CHARS_MAX } from './wire';

export const CHANNEL_LABEL = 'unisono/1';
/** The longest message, in UTF-16 units: the bound of 4 KiB is kept because all our text is short. */
const MESSAGE_CHARS_MAX = 4096;
const TITLE_CHARS_MAX = 200;

export type Path = 'direct' | 'relayed';
export type SourceKind = 'tab' | 'file' | 'address' | 'microphone';

/** What the caster says is playing. */
export interface NowPlaying {
  title: string;
  paused: boolean;
  kind: SourceKind | null;
}

/** What a listener says of itself once a second. */
export interface ListenerReport {
  delay_ms: number;
  /** Share of packets lost in the last second, 0 to 1. */
  loss: number;
  jitter_ms: number;
  kbps: number;
  path: Path;
  playing: boolean;
}

export type PeerMessage =
  | { t: 'proof'; mac: string }
  | { t: 'commit'; hash: string }
  | { t: 'nonce'; nonce: string }
  | { t: 'matched'; same: boolean }
  | { t: 'ping'; id: number; at: number }
  | { t: 'pong'; id: number; at: number; got: number; sent: number }
  | ({ t: 'stats' } & ListenerReport)
  | { t: 'now'; title: string; paused: boolean; kind: SourceKind | null }
  | { t: 'volume'; gain: number }
  | { t: 'name'; name: string };

type Fields = Record<string, unknown>;

/** Reads a message of the other peer, who may be anybody. `null` when it is none or breaks a bound. */
export function parsePeerMessage(data: unknown): PeerMessage | null {
  if (typeof data !== 'string' || data.length > MESSAGE_CHARS_MAX) return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null ? read(value as Fields) : null;
}

function read(m: Fields): PeerMessage | null {
  const t = m['t'];
  switch (t) {
    case 'proof':
      return isShort(m['mac']) ? { t, mac: m['mac'] } : null;
    case 'commit':
      return isShort(m['hash']) ? { t, hash: m['hash'] } : null;
    case 'nonce':
      return isShort(m['nonce']) ? { t, nonce: m['nonce'] } : null;
    case 'matched':
      return typeof m['same'] === 'boolean' ? { t, same: m['same'] } : null;
    case 'ping':
      return isNumber(m['id']) && isNumber(m['at']) ? { t, id: m['id'], at: m['at'] } : null;
    case 'pong':
      return readPong(m);
    case 'stats':
      return readStats(m);
    case 'now':
      return readNow(m);
    case 'volume':
      return isNumber(m['gain']) ? { t, gain: clamp(m['gain'], 0, 1) } : null;
    case 'name':
      return typeof m['name'] === 'string' ? { t, name: m['name'].slice(0, NAME_CHARS_MAX) } : null;
    default:
      return null;
  }
}

function readPong(m: Fields): PeerMessage | null {
  const { id, at, got, sent } = m;
  if (!isNumber(id) || !isNumber(at) || !isNumber(got) || !isNumber(sent)) return null;
  return { t: 'pong', id, at, got, sent };
}

function readStats(m: Fields): PeerMessage | null {
  const { delay_ms, loss, jitter_ms, kbps, path, playing } = m;
  if (!isNumber(delay_ms) || !isNumber(loss) || !isNumber(jitter_ms) || !isNumber(kbps)) return null;
  if (path !== 'direct' && path !== 'relayed') return null;
  return {
    t: 'stats',
    delay_ms: clamp(delay_ms, 0, 60_000),
    loss: clamp(loss, 0, 1),
    jitter_ms: clamp(jitter_ms, 0, 60_000),
    kbps: clamp(kbps, 0, 100_000),
    path,
    playing: playing === true,
  };
}

function readNow(m: Fields): PeerMessage | null {
  const { title, paused, kind } = m;
  if (typeof title !== 'string' || typeof paused !== 'boolean') return null;
  const known = kind === 'tab' || kind === 'file' || kind === 'address' || kind === 'microphone';
  return { t: 'now', title: title.slice(0, TITLE_CHARS_MAX), paused, kind: known ? kind : null };
}

/** Says `message` if the channel is open; a closed one loses it, as it would on the way. */
export function say(channel: RTCDataChannel | null, message: PeerMessage): void {
  if (channel?.readyState === 'open') channel.send(JSON.stringify(message));
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
