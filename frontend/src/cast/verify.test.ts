import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './bytes';
import { commitment, formatFragment, isProof, parseFragment, proof, readFingerprint, wordsOf } from './verify';

const CASTER = new Uint8Array(32).fill(0xc1);
const LISTENER = new Uint8Array(32).fill(0x15);
const SECRET = new Uint8Array(16).fill(7);

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
const line = (bytes: Uint8Array, algorithm = 'sha-256') => `a=fingerprint:${algorithm} ${hex(bytes)}`;
const sdp = (...lines: string[]) => ['v=0', ...lines, 'a=mid:0', ''].join('\r\n');

describe('the fingerprint in a description', () => {
  test('is read, also when it is said twice', () => {
    expect(readFingerprint(sdp(line(CASTER), line(CASTER)), CASTER)).toEqual({ is_good: true, fingerprint: CASTER });
  });

  test.each([
    ['missing', sdp(), null],
    ['algorithm', sdp(line(new Uint8Array(20), 'sha-1')), null],
    ['algorithm', sdp(line(CASTER), line(new Uint8Array(64), 'sha-512')), CASTER],
    ['malformed', sdp('a=fingerprint:sha-256 AB:CD'), null],
    ['malformed', sdp('a=fingerprint:sha-256'), null],
    ['several', sdp(line(CASTER), line(LISTENER)), null],
    ['differs', sdp(line(LISTENER)), CASTER],
    ['differs', sdp(line(CASTER), line(LISTENER)), CASTER],
  ] as const)('fails closed: %s', (fault, text, pinned) => {
    expect(readFingerprint(text, pinned)).toEqual({ is_good: false, fault });
  });
});

describe('the fragment of a link', () => {
  test('comes back as it went', () => {
    const text = formatFragment({ secret: SECRET, fingerprint: CASTER });
    expect(text).toHaveLength(64);
    expect(parseFragment(`#${text}`)).toEqual({ secret: SECRET, fingerprint: CASTER });
  });

  test.each(['', '#', '#abc', `#${'A'.repeat(63)}`, `#${'A'.repeat(65)}`, `#${'!'.repeat(64)}`])('%j is none', (text) => {
    expect(parseFragment(text)).toBeNull();
  });
});

describe('a proof', () => {
  const mac = proof(SECRET, 'listener', CASTER, LISTENER);

  test('is the HMAC that the protocol names', () => {
    const said = new Uint8Array([...new TextEncoder().encode('unisono/1 proof listener'), 0, ...CASTER, ...LISTENER]);
    expect(mac).toBe(toBase64Url(hmac(sha256, SECRET, said)));
  });

  test('holds for this role, this secret and these two certificates only', () => {
    const other = new Uint8Array(32).fill(9);
    expect(isProof(mac, SECRET, 'listener', CASTER, LISTENER)).toBe(true);
    expect(isProof(mac, SECRET, 'caster', CASTER, LISTENER)).toBe(false);
    expect(isProof(mac, new Uint8Array(16), 'listener', CASTER, LISTENER)).toBe(false);
    expect(isProof(mac, SECRET, 'listener', other, LISTENER)).toBe(false);
    expect(isProof(mac, SECRET, 'listener', CASTER, other)).toBe(false);
    expect(isProof('', SECRET, 'listener', CASTER, LISTENER)).toBe(false);
  });
});

test('each of the two certificates and nonces changes the words', () => {
  const nonce = (fill: number) => new Uint8Array(16).fill(fill);
  const base = { caster: CASTER, listener: LISTENER, casterNonce: nonce(1), listenerNonce: nonce(2) };
  const all = [base, { ...base, caster: LISTENER }, { ...base, listener: CASTER }, { ...base, casterNonce: nonce(3) }, { ...base, listenerNonce: nonce(3) }];
  expect(new Set(all.map((transcript) => wordsOf(transcript).join(' '))).size).toBe(5);
});

test('a commitment hides the nonce and is 32 bytes', () => {
  const text = commitment(new Uint8Array(16));
  expect(fromBase64Url(text, 32)).not.toBeNull();
  expect(text).not.toBe(commitment(new Uint8Array(16).fill(1)));
});
