/** Files on their way to others: as many at once as a home's line carries, the rest in turn. */
import { CHUNK_BYTES, type FileChannel, parseFileMessage, tell } from './protocol';

/** Sent at once; the rest waits. */
export const UPLOADS_MAX = 4;
/** Waiting at most; who comes later asks somebody else, or again. */
const WAITING_MAX = 64;
/** Handed to the browser at most before it has sent them, and when it gets more. */
const BUFFERED_BYTES_MAX = 1024 * 1024;
const BUFFERED_BYTES_LOW = 256 * 1024;
/** Read from the file at once. */
const READ_BYTES = 512 * 1024;

interface Upload {
  channel: FileChannel;
  blob: Blob;
  at: number;
}

export class Uploads {
  private readonly running = new Set<Upload>();
  private waiting: Upload[] = [];

  /** `find` gives a file by its hash. */
  constructor(private readonly find: (sha256: string) => Blob | null) {}

  get isIdle(): boolean {
    return this.running.size === 0 && this.waiting.length === 0;
  }

  /** Serves a channel that somebody opened. */
  serve(channel: FileChannel): void {
    channel.onmessage = ({ data }) => {
      const message = parseFileMessage(data);
      if (message?.t !== 'want') return channel.close();
      // One channel, one file.
      channel.onmessage = null;
      const blob = this.find(message.sha256);
      if (!blob || message.from > blob.size || this.waiting.length >= WAITING_MAX) return tell(channel, { t: 'none' });
      this.take({ channel, blob, at: message.from });
    };
  }

  private take(upload: Upload): void {
    upload.channel.onclose = () => this.leave(upload);
    if (this.running.size < UPLOADS_MAX) return this.begin(upload);
    this.waiting.push(upload);
    tell(upload.channel, { t: 'wait' });
  }

  private begin(upload: Upload): void {
    this.running.add(upload);
    const { channel, blob, at } = upload;
    tell(channel, { t: 'file', bytes: blob.size, from: at });
    void this.send(upload);
  }

  private leave(upload: Upload): void {
    this.running.delete(upload);
    this.waiting = this.waiting.filter((one) => one !== upload);
    upload.channel.onclose = null;
    upload.channel.onbufferedamountlow = null;
    while (this.running.size < UPLOADS_MAX) {
      const next = this.waiting.shift();
      if (!next) break;
      this.begin(next);
    }
  }

  private async send(upload: Upload): Promise<void> {
    const { channel, blob } = upload;
    try {
      while (upload.at < blob.size) {
        const bytes = await blob.slice(upload.at, upload.at + READ_BYTES).arrayBuffer();
        for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
          if (channel.bufferedAmount >= BUFFERED_BYTES_MAX) await drained(channel);
          if (channel.readyState !== 'open') return this.leave(upload);
          channel.send(bytes.slice(at, at + CHUNK_BYTES));
        }
        upload.at += bytes.byteLength;
      }
      tell(channel, { t: 'done' });
    } catch {
      // The file was moved or changed since it was picked.
      tell(channel, { t: 'none' });
    }
    this.leave(upload);
  }
}

/** Until there is room in the channel again, or it is closed. */
function drained(channel: FileChannel): Promise<void> {
  return new Promise((resolve) => {
    const closed = channel.onclose;
    channel.bufferedAmountLowThreshold = BUFFERED_BYTES_LOW;
    channel.onbufferedamountlow = () => {
      channel.onclose = closed;
      resolve();
    };
    channel.onclose = () => {
      closed?.();
      resolve();
    };
  });
}
