import { expect, test } from 'vitest';
import { bufferMs, readSnapshot, reportBetween } from './stats';

const rows = (remote: string, seconds: number) => [
  { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
  { id: 'P1', type: 'candidate-pair', nominated: true, state: 'succeeded', localCandidateId: 'L', remoteCandidateId: 'X' },
  { id: 'P2', type: 'candidate-pair', currentRoundTripTime: 0.012, localCandidateId: 'L', remoteCandidateId: 'R' },
  { id: 'L', type: 'local-candidate', candidateType: 'host' },
  { id: 'R', type: 'remote-candidate', candidateType: remote },
  {
    id: 'A',
    type: 'inbound-rtp',
    kind: 'audio',
    jitter: 0.0034,
    bytesReceived: 16_000 * seconds,
    packetsReceived: 45 * seconds,
    packetsLost: 5 * seconds,
    jitterBufferDelay: 48_000 * 0.06 * seconds,
    jitterBufferEmittedCount: 48_000 * seconds,
  },
];

test('two moments make a report', () => {
  const [before, now] = [readSnapshot(rows('srflx', 1), 'inbound', 1000), readSnapshot(rows('srflx', 2), 'inbound', 2000)];
  expect(reportBetween(before, now, true)).toEqual({ delay_ms: 86, loss: 0.1, jitter_ms: 3.4, kbps: 128, path: 'direct', playing: true });
  expect(bufferMs(before, now)).toBeCloseTo(60);
});

test('a path is relayed when either end of the chosen pair is', () => {
  expect(readSnapshot(rows('relay', 1), 'inbound', 0).path).toBe('relayed');
  expect(readSnapshot(rows('prflx', 1), 'inbound', 0).path).toBe('direct');
});

test('the nominated pair counts where the browser has no transport row', () => {
  const [, ...rest] = rows('relay', 1);
  expect(readSnapshot(rest, 'inbound', 0).path).toBe('direct');
});

test('before there is a path everything is zero', () => {
  const nothing = readSnapshot([], 'inbound', 0);
  expect(nothing.path).toBeNull();
  expect(reportBetween(nothing, { ...nothing, at_ms: 1000 }, false)).toMatchObject({ loss: 0, kbps: 0 });
});
