// A small FLAC encoder (RFC 9639): one channel, 16 bits, linear prediction. Every browser decodes FLAC, and it adds no
// silence at either end, so that a loop stays a loop.
import { createHash } from 'node:crypto';
import { BitWriter } from './bits.ts';
import { predictions, residualOf } from './predict.ts';
import { ricePlan, writeRice } from './rice.ts';

const BLOCK = 4096;
const BITS = 16;
/** Frame header codes of RFC 9639, section 9.1: 4096 samples, another number in 16 bits, 16 bits a sample. */
const BLOCK_4096 = 12;
const BLOCK_FOLLOWS = 7;
const SAMPLE_16 = 4;
const RATES: Readonly<Record<number, number>> = { 32_000: 8, 44_100: 9, 48_000: 10 };

export function encodeFlac(samples: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const code = RATES[rate];
  if (code === undefined) throw new Error(`no frame header code for ${rate} Hz`);
  const frames: Uint8Array[] = [];
  for (let from = 0, number = 0; from < samples.length; from += BLOCK, number += 1) {
    frames.push(frame(Int32Array.from(samples.subarray(from, from + BLOCK)), number, code));
  }
  const sizes = frames.map((one) => one.length);
  const head = streamInfo(samples, rate, Math.min(...sizes), Math.max(...sizes));
  return joined([head, ...frames]);
}

function streamInfo(samples: Int16Array, rate: number, least: number, most: number): Uint8Array {
  const out = new BitWriter();
  for (const letter of 'fLaC') out.bits(letter.charCodeAt(0), 8);
  out.bits(1, 1); // The last metadata block,
  out.bits(0, 7); // which is STREAMINFO,
  out.bits(34, 24); // in bytes.
  out.bits(BLOCK, 16);
  out.bits(BLOCK, 16);
  out.bits(least, 24);
  out.bits(most, 24);
  out.bits(rate, 20);
  out.bits(0, 3);
  out.bits(BITS - 1, 5);
  out.bits(0, 4);
  out.bits(samples.length, 32);
  const digest = createHash('md5').update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)).digest();
  for (const byte of digest) out.bits(byte, 8);
  return out.bytes();
}

function frame(block: Int32Array, number: number, rate: number): Uint8Array {
  const out = new BitWriter();
  out.bits(0xfff8, 16);
  out.bits(block.length === BLOCK ? BLOCK_4096 : BLOCK_FOLLOWS, 4);
  out.bits(rate, 4);
  out.bits(0, 4);
  out.bits(SAMPLE_16, 3);
  out.bits(0, 1);
  out.utf8(number);
  if (block.length !== BLOCK) out.bits(block.length - 1, 16);
  out.bits(crc(out.bytes(), 0x07, 8), 8);
  subframe(out, block);
  out.align();
  out.bits(crc(out.bytes(), 0x8005, 16), 16);
  return out.bytes();
}

function subframe(out: BitWriter, block: Int32Array): void {
  if (block.every((sample) => sample === block[0])) {
    // A block that stands still is one number.
    out.bits(0, 8);
    return out.signed(block[0] ?? 0, BITS);
  }
  const wasted = wastedBits(block);
  const scaled = block.map((sample) => sample >> wasted);
  const bits = BITS - wasted;
  const tried = predictions(scaled).map((prediction) => {
    const residual = residualOf(scaled, prediction);
    const order = prediction.coefficients.length;
    const plan = ricePlan(residual, order);
    return { prediction, residual, plan, cost: plan.bits + order * (bits + prediction.precision) };
  });
  const best = tried.reduce((a, b) => (b.cost < a.cost ? b : a));
  const { coefficients, precision, shift, isFixed } = best.prediction;
  const order = coefficients.length;
  out.bits(isFixed ? 8 + order : 32 + order - 1, 7);
  out.bits(wasted > 0 ? 1 : 0, 1);
  if (wasted > 0) out.unary(wasted - 1);
  for (const sample of scaled.subarray(0, order)) out.signed(sample, bits);
  if (!isFixed) {
    out.bits(precision - 1, 4);
    out.signed(shift, 5);
    for (const coefficient of coefficients) out.signed(coefficient, precision);
  }
  writeRice(out, best.residual, order, best.plan);
}

/** Low bits that are zero in every sample. */
function wastedBits(block: Int32Array): number {
  const all = block.reduce((sum, sample) => sum | sample, 0);
  let wasted = 0;
  while (wasted < BITS - 1 && ((all >> wasted) & 1) === 0) wasted += 1;
  return wasted;
}

/** A checksum without reflection, beginning with zero. */
function crc(bytes: Uint8Array, polynomial: number, width: 8 | 16): number {
  const top = 1 << (width - 1);
  const mask = (1 << width) - 1;
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask;
  }
  return sum;
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
