/** The bytes of what is to be played. */
import { type Playable, PlayerFault } from './player';

/** Twelve minutes of uncompressed stereo, rounded up: whatever is larger is not decoded at once anyway. */
export const FETCHED_BYTES_MAX = 160 * 1024 * 1024;
/** A server that sends nothing for so long is not there. */
const SILENCE_MS_MAX = 15_000;

/** Reads a source whole. Rejects with a `PlayerFault`. */
export async function bytesOf(source: Playable, signal: AbortSignal): Promise<ArrayBuffer> {
  switch (source.kind) {
    case 'bytes':
      if (source.blob.size > FETCHED_BYTES_MAX) throw new PlayerFault('too-long');
      return source.blob.arrayBuffer().catch((cause: unknown) => {
        // A file that was changed or moved since it was picked cannot be read any more.
        throw new PlayerFault('gone', { cause });
      });
    case 'loop':
      return fetched(source.url, signal);
    // The content policy lets an element play an address of another host, and nothing read it.
    case 'address':
    case 'embed':
      throw new PlayerFault('unsupported-format');
  }
}

async function fetched(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS_MAX);
  const isHeard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS_MAX);
  };
  const forward = () => silence.abort();
  signal.addEventListener('abort', forward);
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok) throw new PlayerFault(GONE.has(response.status) ? 'gone' : 'network');
    return await whole(response, isHeard);
  } catch (cause) {
    if (cause instanceof PlayerFault) throw cause;
    throw new PlayerFault('network', { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}

/** HTTP statuses of what is not there. */
const GONE = new Set([404, 410, 451]);

async function whole(response: Response, isHeard: () => void): Promise<ArrayBuffer> {
  if (Number(response.headers.get('content-length') ?? 0) > FETCHED_BYTES_MAX) throw new PlayerFault('too-long');
  const reader = response.body?.getReader();
  if (!reader) return response.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    isHeard();
    length += value.byteLength;
    if (length > FETCHED_BYTES_MAX) {
      await reader.cancel();
      throw new PlayerFault('too-long');
    }
    parts.push(value as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts).arrayBuffer();
}
