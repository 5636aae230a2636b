/** What a connection is like, from `getStats` of its peer connection. Pure reading of the report's rows. */
import type { ListenerReport, Path } from './channel';

type Row = Record<string, unknown> & { id: string; type: string };

/** Counters of one moment; two moments make a report. */
export interface Snapshot {
  at_ms: number;
  path: Path | null;
  rtt_ms: number;
  jitter_ms: number;
  bytes: number;
  packets: number;
  lost: number;
  /** Seconds spent in the jitter buffer, summed over `emitted` samples. */
  buffered_s: number;
  emitted: number;
  /** Seconds spent in the output buffer, summed over `played` samples, where the browser tells. */
  played_s: number;
  played: number;
}

export function readSnapshot(rows: Iterable<unknown>, direction: 'inbound' | 'outbound', at_ms: number): Snapshot {
  const all = [...rows] as Row[];
  const pair = selectedPair(all);
  const audio = all.find((row) => row.type === `${direction}-rtp` && row['kind'] === 'audio');
  const playout = all.find((row) => row.type === 'media-playout');
  return {
    at_ms,
    path: pathOf(all, pair),
    rtt_ms: number(pair, 'currentRoundTripTime') * 1000,
    jitter_ms: number(audio, 'jitter') * 1000,
    bytes: number(audio, direction === 'inbound' ? 'bytesReceived' : 'bytesSent'),
    packets: number(audio, direction === 'inbound' ? 'packetsReceived' : 'packetsSent'),
    lost: number(audio, 'packetsLost'),
    buffered_s: number(audio, 'jitterBufferDelay'),
    emitted: number(audio, 'jitterBufferEmittedCount'),
    played_s: number(playout, 'totalPlayoutDelay'),
    played: number(playout, 'totalSamplesCount'),
  };
}

/** Milliseconds of the longest packet: the sound waits for its packet to be full. */
const PACKET_MS = 20;

/**
 * What happened between two moments. The delay adds one packet, half a round trip, the jitter buffer and the output
 * buffer where the browser tells it; the source's own capture buffer (some 10 ms) and the loudspeaker are not in it.
 */
export function reportBetween(before: Snapshot, now: Snapshot, is_playing: boolean): ListenerReport {
  const seconds = Math.max(0.001, (now.at_ms - before.at_ms) / 1000);
  const lost = Math.max(0, now.lost - before.lost);
  const received = Math.max(0, now.packets - before.packets);
  const buffer_ms = perSampleMs(now.buffered_s - before.buffered_s, now.emitted - before.emitted);
  const output_ms = perSampleMs(now.played_s - before.played_s, now.played - before.played);
  return {
    delay_ms: Math.round(PACKET_MS + now.rtt_ms / 2 + buffer_ms + output_ms),
    loss: lost + received === 0 ? 0 : lost / (lost + received),
    jitter_ms: Math.round(now.jitter_ms * 10) / 10,
    kbps: Math.round(((now.bytes - before.bytes) * 8) / seconds / 1000),
    path: now.path ?? 'direct',
    playing: is_playing,
  };
}

/** The jitter buffer alone, in ms: what `jitterBufferTarget` moves. */
export function bufferMs(before: Snapshot, now: Snapshot): number {
  return perSampleMs(now.buffered_s - before.buffered_s, now.emitted - before.emitted);
}

function perSampleMs(seconds: number, samples: number): number {
  return samples > 0 ? Math.max(0, (seconds / samples) * 1000) : 0;
}

function selectedPair(rows: readonly Row[]): Row | undefined {
  const id = rows.find((row) => row.type === 'transport' && row['selectedCandidatePairId'])?.['selectedCandidatePairId'];
  const isPair = (row: Row) => row.type === 'candidate-pair';
  return (
    rows.find((row) => isPair(row) && row.id === id) ??
    rows.find((row) => isPair(row) && (row['selected'] === true || (row['nominated'] === true && row['state'] === 'succeeded')))
  );
}

/** Relayed when either end of the chosen pair is a relay's. */
function pathOf(rows: readonly Row[], pair: Row | undefined): Path | null {
  if (!pair) return null;
  const ends = [pair['localCandidateId'], pair['remoteCandidateId']];
  const isRelay = rows.some((row) => ends.includes(row.id) && row['candidateType'] === 'relay');
  return isRelay ? 'relayed' : 'direct';
}

function number(row: Row | undefined, key: string): number {
  const value = row?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
