import { describe, expect, test } from 'vitest';
import { parsePeerMessage } from './channel';
import { parseServerMessage } from './wire';

const MEMBER = { id: 'm_1', role: 'caster', form: 'computer', name: null, hide_address: false };

describe('what the server sends', () => {
  test.each([
    { kind: 'join', member: MEMBER },
    { kind: 'joined', member: MEMBER },
    { kind: 'offer', from: 'm_1', sdp: 'v=0' },
    { kind: 'candidate', from: 'm_1', candidate: 'candidate:1', mid: null },
    { kind: 'leave', member: 'm_1', reason: 'away', until: 1 },
    { kind: 'leave', member: 'm_1', reason: 'session-over', until: 1 },
    { kind: 'session', session: { ends_at: 1, free_again_at: 2 }, minutes_left: 5 },
    { kind: 'session', session: null, minutes_left: null },
    { kind: 'error', code: 'no-such-room', message: '', retry_after_s: null, reference: null },
  ])('$kind is read', (message) => {
    expect(parseServerMessage(JSON.stringify(message))).toEqual(message);
  });

  test.each(['', 'null', '[]', '{"kind":"hello"}', '{"kind":"offer","from":1,"sdp":""}', '{"kind":"joined","member":{}}', '{"kind":"session","session":{"ends_at":"1"}}', '{"kind":"error","code":"?"}'])(
    '%j is no message',
    (text) => {
      expect(parseServerMessage(text)).toBeNull();
    },
  );
});

describe('what the other peer sends', () => {
  test('numbers are brought into their bounds', () => {
    const text = JSON.stringify({ t: 'stats', delay_ms: -5, loss: 7, jitter_ms: 1, kbps: 1e12, path: 'relayed', playing: 'yes' });
    expect(parsePeerMessage(text)).toEqual({ t: 'stats', delay_ms: 0, loss: 1, jitter_ms: 1, kbps: 100_000, path: 'relayed', playing: false });
  });

  test('a long title is cut and an unknown source is none', () => {
    const message = parsePeerMessage(JSON.stringify({ t: 'now', title: 'x'.repeat(3000), paused: false, kind: 'magic' }));
    expect(message).toEqual({ t: 'now', title: 'x'.repeat(200), paused: false, kind: null });
  });

  test.each([
    42,
    'x',
    'null',
    '{"t":"shout"}',
    '{"t":"volume","gain":"1"}',
    '{"t":"ping","id":1}',
    JSON.stringify({ t: 'proof', mac: 'x'.repeat(65) }),
    JSON.stringify({ t: 'now', title: 'x'.repeat(5000), paused: false, kind: 'tab' }),
  ])('%j is no message', (data) => {
    expect(parsePeerMessage(data)).toBeNull();
  });
});
