/** A file on its way here: what has come, what is missing, and whether it is what it should be. */
import { Sha256 } from './hash';

/** Bytes are handed to the browser in pieces of this size, which it may keep on disk. */
const PIECE_BYTES = 8 * 1024 * 1024;

export class Incoming {
  private hash = new Sha256();
  private pieces: Blob[] = [];
  private loose: Uint8Array<ArrayBuffer>[] = [];
  private looseBytes = 0;
  private got = 0;

  constructor(
    readonly sha256: string,
    readonly bytes: number,
  ) {}

  /** Where to go on. */
  get offset(): number {
    return this.got;
  }

  /** Takes the next bytes. False when there are more than there should be. */
  add(chunk: Uint8Array<ArrayBuffer>): boolean {
    if (this.got + chunk.byteLength > this.bytes) return false;
    this.hash.add(chunk);
    this.loose.push(chunk);
    this.looseBytes += chunk.byteLength;
    this.got += chunk.byteLength;
    if (this.looseBytes >= PIECE_BYTES) this.bundle();
    return true;
  }

  get isWhole(): boolean {
    return this.got === this.bytes;
  }

  /** The file, if it is whole and the right one. */
  finish(media_type: string): Blob | null {
    if (!this.isWhole || this.hash.hex !== this.sha256) return null;
    this.bundle();
    return new Blob(this.pieces, { type: media_type });
  }

  /** Begins anew. */
  forget(): void {
    this.hash = new Sha256();
    this.pieces = [];
    this.loose = [];
    this.looseBytes = 0;
    this.got = 0;
  }

  private bundle(): void {
    this.pieces.push(new Blob(this.loose));
    this.loose = [];
    this.looseBytes = 0;
  }
}
