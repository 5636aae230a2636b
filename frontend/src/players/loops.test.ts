import { describe, expect, it } from 'vitest';
import { PIECES } from '../../build/loops/pieces';
import { encodeFlac } from '../../build/loops/flac';
import { Loop, RATE } from '../../build/loops/synth';
import { decodeFlac } from './flac-reader.testing';
import { LOOPS, loopNamed } from './loops';

/** All loops together, in bytes: they are part of the binary. */
const BYTES_MAX = 1_500_000;

/** A busy machine takes its time over a minute and a half of sound. */
const SLOW_MS = 60_000;

const SOUNDS = PIECES.map((piece) => ({ piece, samples: piece.compose(new Loop(piece.seconds)).mastered() }));

describe('the demo loops', () => {
  it('are listed with what a page needs', () => {
    expect(LOOPS.map(({ name, duration_ms }) => [name, duration_ms])).toEqual(PIECES.map(({ name, seconds }) => [name, seconds * 1000]));
    expect(loopNamed('tide')).toMatchObject({ kind: 'loop', url: expect.stringMatching(/^\/assets\/loop-tide-[0-9a-f]{8}\.flac$/) });
    expect(loopNamed('other')).toBe(null);
  });

  it('last as long as they say, are loud enough and never clip', () => {
    for (const { piece, samples } of SOUNDS) {
      const peak = samples.reduce((top, one) => Math.max(top, Math.abs(one)), 0) / 32_768;
      const rms = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) / 32_768;
      expect([piece.name, samples.length]).toEqual([piece.name, piece.seconds * RATE]);
      expect(peak).toBeGreaterThan(0.65);
      expect(peak).toBeLessThan(0.75);
      expect(rms).toBeGreaterThan(piece.name === 'metronome' ? 0.02 : 0.1);
    }
  });

  it('go round without a click', () => {
    for (const { piece, samples } of SOUNDS.filter((one) => one.piece.name !== 'metronome')) {
      const step = (at: number) => Math.abs((samples[at] ?? 0) - (samples[(at + 1) % samples.length] ?? 0));
      const largest = samples.subarray(1).reduce((top, _, at) => Math.max(top, step(at)), 0);
      expect([piece.name, step(samples.length - 1) <= largest]).toEqual([piece.name, true]);
    }
  });

  it('are few bytes', { timeout: SLOW_MS }, () => {
    const bytes = SOUNDS.reduce((sum, { samples }) => sum + encodeFlac(samples, RATE).length, 0);
    expect(bytes).toBeLessThan(BYTES_MAX);
  });

  it('come out of their files sample by sample', { timeout: SLOW_MS }, () => {
    for (const { samples } of SOUNDS) {
      // Whole blocks, and a short one at the end; from where there is most to hear.
      const part = samples.slice(8 * RATE, 8 * RATE + 5 * 4096 + 77);
      expect(Buffer.compare(bytesOf(decodeFlac(encodeFlac(part, RATE))), bytesOf(part))).toBe(0);
    }
  });

  it('have a click at each second of the metronome', () => {
    const samples = SOUNDS.find(({ piece }) => piece.name === 'metronome')?.samples ?? new Int16Array();
    for (let second = 0; second < samples.length / RATE; second += 1) {
      const loud = (from_s: number, to_s: number) =>
        samples.subarray((second + from_s) * RATE, (second + to_s) * RATE).some((one) => Math.abs(one) > 3000);
      expect([loud(0, 0.002), loud(0.1, 0.99)]).toEqual([true, false]);
    }
  });
});

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
