/** What two members say to each other on a data channel when one wants a file of the other's. One channel, one file. */

/** The label of such a channel. */
export const FILE_CHANNEL = 'unisono-file/1';
/** The largest file, in bytes: the server's bound too. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;
/** One message of bytes: every browser takes 64 KiB, and smaller ones share the way better. */
export const CHUNK_BYTES = 32 * 1024;
const TEXT_CHARS_MAX = 256;

export type FileMessage =
  /** Please send this file from this byte on. */
  | { t: 'want'; sha256: string; from: number }
  /** The bytes follow: the file has so many in all. */
  | { t: 'file'; bytes: number; from: number }
  /** Others are served first. */
  | { t: 'wait' }
  /** That file is not here, or cannot be read any more. */
  | { t: 'none' }
  /** That was the last byte. */
  | { t: 'done' };

/** Reads what the other member says, who may be anybody; `null` when it is nothing of this vocabulary. */
export function parseFileMessage(data: unknown): FileMessage | null {
  if (typeof data !== 'string' || data.length > TEXT_CHARS_MAX) return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { t, sha256, from, bytes } = value as Record<string, unknown>;
  switch (t) {
    case 'want':
      return isSha256(sha256) && isSize(from) ? { t, sha256, from } : null;
    case 'file':
      return isSize(bytes) && isSize(from) ? { t, bytes, from } : null;
    case 'wait':
    case 'none':
    case 'done':
      return { t };
    default:
      return null;
  }
}

export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= FILE_BYTES_MAX;
}

/** The part of `RTCDataChannel` that is used, so that tests bring their own. */
export interface FileChannel {
  readonly readyState: string;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  send(data: string | ArrayBuffer): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onbufferedamountlow: (() => void) | null;
  onclose: (() => void) | null;
}

/** Says `message` if the channel is open; a closed one loses it, as it would on the way. */
export function tell(channel: FileChannel, message: FileMessage): void {
  if (channel.readyState === 'open') channel.send(JSON.stringify(message));
}
