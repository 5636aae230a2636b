/** SHA-256 over what comes piece by piece: no browser hashes a stream by itself. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** What is read of a file at once. Between two pieces the page may draw. */
const PIECE_BYTES = 4 * 1024 * 1024;

export class Sha256 {
  private readonly state = sha256.create();

  add(bytes: Uint8Array): void {
    this.state.update(bytes);
  }

  /** 64 hexadecimal digits. Nothing can be added after this. */
  get hex(): string {
    return bytesToHex(this.state.clone().digest());
  }
}

/** Hashes a file; `progress` hears how many bytes are done. Rejects when it cannot be read. */
export async function hashOf(blob: Blob, progress: (bytes: number) => void = () => {}): Promise<string> {
  const hash = new Sha256();
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    hash.add(new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer()));
    progress(Math.min(blob.size, at + PIECE_BYTES));
  }
  return hash.hex;
}
