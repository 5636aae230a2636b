import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { description, FakeConnection } from '../../test/connection';
import { toBase64Url } from './bytes';
import { PeerListener } from './peer-listener';
import { commitment, type FingerprintFault } from './verify';
import type { ClientMessage } from './wire';

beforeEach(() => {
  FakeConnection.made = [];
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
});
afterEach(() => vi.unstubAllGlobals());
const settled = () => new Promise((resolve) => setTimeout(resolve));

function listening(matched: Uint8Array | null) {
  const said: ClientMessage[] = [];
  const refused: FingerprintFault[] = [];
  const pinned: Uint8Array[] = [];
  const peer = new PeerListener(
    { caster: 'm_1', fragment: null, matched, ice_servers: [], relay_only: false },
    {
      send: (message) => said.push(message),
      stage() {},
      path() {},
      track() {},
      badge() {},
      message() {},
      matched: (fingerprint) => pinned.push(fingerprint),
      refused: (fault) => refused.push(fault),
    },
  );
  return { peer, said, refused, pinned };
}

/** The caster's half of the words, as far as a listener sees it. */
function compare(peer: PeerListener, verdict: boolean): void {
  const nonce = new Uint8Array(16);
  const { channel, ondatachannel } = FakeConnection.made.at(-1)!;
  ondatachannel?.({ channel });
  for (const message of [{ t: 'commit', hash: commitment(nonce) }, { t: 'nonce', nonce: toBase64Url(nonce) }]) {
    channel.onmessage?.({ data: JSON.stringify(message) });
  }
  peer.judge(verdict);
}

test('once the words matched, an offer with another certificate is refused', async () => {
  const { peer, said, refused, pinned } = listening(null);
  peer.offered(description(1, 'AA'));
  await settled();
  compare(peer, true);
  expect(pinned).toEqual([new Uint8Array(32).fill(0xaa)]);
  peer.offered(description(2, 'BB'));
  await settled();
  expect(refused).toEqual(['differs']);
  expect(said.filter((message) => message.kind === 'answer')).toHaveLength(1);
});

test('words that nobody compared pin nothing', async () => {
  const { peer, refused, pinned } = listening(null);
  peer.offered(description(1, 'AA'));
  await settled();
  peer.offered(description(2, 'BB'));
  await settled();
  expect([refused, pinned]).toEqual([[], []]);
});

test('a pin of an earlier connection holds in the next one, and lets the same device back in', async () => {
  const { peer, said, refused } = listening(new Uint8Array(32).fill(0xaa));
  peer.offered(description(3, 'AA'));
  await settled();
  expect(said.map((message) => message.kind)).toContain('answer');
  peer.offered(description(4, 'BB'));
  await settled();
  expect(refused).toEqual(['differs']);
});
