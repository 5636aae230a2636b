/**
 * How two people know that nobody sits between their devices, not even our server (`docs/signalling.md`).
 * Hashing is done in script: a page over plain http has no `crypto.subtle`.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

import { equal, fromBase64Url, joined, toBase64Url } from './bytes';
import type { Role } from './wire';
import { WORDS } from './words';

const SECRET_BYTES = 16;
const FINGERPRINT_BYTES = 32;
export const NONCE_BYTES = 16;

export type FingerprintFault = 'missing' | 'algorithm' | 'malformed' | 'several' | 'differs';
export type FingerprintReading =
  | { is_good: true; fingerprint: Uint8Array }
  | { is_good: false; fault: FingerprintFault };

/** What the link carries behind `#`: it never reaches the server. */
export interface Fragment {
  secret: Uint8Array;
  fingerprint: Uint8Array;
}

export type Words = readonly [string, string, string, string];

/**
 * The certificate fingerprint in a description (RFC 8122). Every `a=fingerprint` line must be SHA-256 and name the
 * same certificate: the pinned one, when there is one. Anything else fails closed.
 */
export function readFingerprint(sdp: string, pinned: Uint8Array | null): FingerprintReading {
  const lines = sdp.split(/\r?\n/).filter((line) => /^a=fingerprint\b/i.test(line));
  let found: Uint8Array | null = null;
  for (const line of lines) {
    const [, algorithm, hex] = /^a=fingerprint:(\S+) (\S+)\s*$/i.exec(line) ?? [];
    if (algorithm === undefined || hex === undefined) return fault('malformed');
    if (algorithm.toLowerCase() !== 'sha-256') return fault('algorithm');
    const bytes = fromColonHex(hex);
    if (bytes === null) return fault('malformed');
    if (pinned !== null && !equal(bytes, pinned)) return fault('differs');
    if (found !== null && !equal(bytes, found)) return fault('several');
    found = bytes;
  }
  return found === null ? fault('missing') : { is_good: true, fingerprint: found };
}

/** Reads `#...` of a link. `null` when it is not exactly a secret and a fingerprint. */
export function parseFragment(hash: string): Fragment | null {
  const bytes = fromBase64Url(hash.replace(/^#/, ''), SECRET_BYTES + FINGERPRINT_BYTES);
  if (bytes === null) return null;
  return { secret: bytes.slice(0, SECRET_BYTES), fingerprint: bytes.slice(SECRET_BYTES) };
}

/** The fragment without `#`. */
export function formatFragment(fragment: Fragment): string {
  return toBase64Url(joined(fragment.secret, fragment.fingerprint));
}

/** What a peer sends to prove that it read the link. Both fingerprints bind it to this very connection. */
export function proof(secret: Uint8Array, by: Role, caster: Uint8Array, listener: Uint8Array): string {
  return toBase64Url(hmac(sha256, secret, joined(label(`unisono/1 proof ${by}`), caster, listener)));
}

export function isProof(mac: string, secret: Uint8Array, by: Role, caster: Uint8Array, listener: Uint8Array): boolean {
  const bytes = fromBase64Url(mac, 32);
  const right = fromBase64Url(proof(secret, by, caster, listener), 32);
  return bytes !== null && right !== null && equal(bytes, right);
}

/** The caster's promise to its nonce, given before it knows the listener's. */
export function commitment(nonce: Uint8Array): string {
  return toBase64Url(sha256(joined(label('unisono/1 commit'), nonce)));
}

export interface WordsTranscript {
  caster: Uint8Array;
  listener: Uint8Array;
  casterNonce: Uint8Array;
  listenerNonce: Uint8Array;
}

/** The four words that both people see if and only if both devices saw the same certificates and nonces. */
export function wordsOf(t: WordsTranscript): Words {
  const hash = sha256(joined(label('unisono/1 words'), t.caster, t.listener, t.casterNonce, t.listenerNonce));
  const word = (place: number) => WORDS[hash[place] ?? 0] ?? '';
  return [word(0), word(1), word(2), word(3)];
}

function label(text: string): Uint8Array {
  return joined(new TextEncoder().encode(text), new Uint8Array(1));
}

function fromColonHex(text: string): Uint8Array | null {
  if (!/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/i.test(text)) return null;
  return Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16));
}

function fault(name: FingerprintFault): FingerprintReading {
  return { is_good: false, fault: name };
}
