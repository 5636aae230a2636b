import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeConnection } from '../../test/connection';
import { casterIdentity } from './certificate';

const DAY = 24 * 3600 * 1000;
const NOON = Date.UTC(2026, 10, 22, 12);
/** Those that the browser made in this test, the newest last. */
let made: RTCCertificate[] = [];

class FakeBrowserConnection extends FakeConnection {
  static async generateCertificate({ expires }: { expires: number }): Promise<RTCCertificate> {
    const certificate = until(NOON + expires);
    made.push(certificate);
    return certificate;
  }

  constructor(readonly configuration: { certificates: RTCCertificate[] }) {
    super();
  }
}

const until = (expires: number) => ({ expires }) as RTCCertificate;

/** A request that is answered after whoever asked has said what to do then. */
function answered<T>(result: T, error: Error | null = null) {
  const request = { result, error, onsuccess: null as (() => void) | null, onerror: null as (() => void) | null, onupgradeneeded: null };
  queueMicrotask(() => (error ? request.onerror?.() : request.onsuccess?.()));
  return request;
}

/** A browser's database with one certificate or none. */
function keeping(certificate: RTCCertificate | undefined) {
  const kept = { certificate };
  const store = {
    get: () => answered(kept.certificate),
    put: (given: RTCCertificate) => answered((kept.certificate = given)),
  };
  vi.stubGlobal('indexedDB', { open: () => answered({ transaction: () => ({ objectStore: () => store }), close() {} }) });
  return kept;
}

beforeEach(() => {
  made = [];
  FakeConnection.made = [];
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(NOON);
  vi.stubGlobal('RTCPeerConnection', FakeBrowserConnection);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The certificates of which fingerprints were read. */
const read = () => FakeConnection.made.map((one) => (one as FakeBrowserConnection).configuration.certificates);

test('a certificate that holds is kept, with its fingerprint', async () => {
  const known = until(NOON + 2 * DAY);
  keeping(known);
  const { certificate, fingerprint } = await casterIdentity();
  expect([certificate === known, made]).toEqual([true, []]);
  expect(fingerprint).toEqual(new Uint8Array(32).fill(0x0a));
  expect(read()).toEqual([[known]]);
  expect(FakeConnection.made.every((one) => one.connectionState === 'closed')).toBe(true);
});

test.each([
  { why: 'that ends within a day', known: until(NOON + DAY) },
  { why: 'that was not there', known: undefined },
])('one $why is replaced, and the new one is kept from then on', async ({ known }) => {
  const kept = keeping(known);
  const first = await casterIdentity();
  expect(made).toEqual([first.certificate]);
  expect(first.certificate.expires).toBe(NOON + 300 * DAY);
  expect(kept.certificate).toBe(first.certificate);
  expect((await casterIdentity()).certificate).toBe(first.certificate);
  expect(made).toHaveLength(1);
});

test.each([
  {
    how: 'at once',
    open: () => {
      throw new DOMException('', 'SecurityError');
    },
  },
  { how: 'when asked', open: () => answered(null, new Error('refused')) },
])('where storage refuses $how, a certificate is made for this page', async ({ open }) => {
  vi.stubGlobal('indexedDB', { open });
  const { certificate, fingerprint } = await casterIdentity();
  expect(made).toEqual([certificate]);
  expect(fingerprint).toHaveLength(32);
});
