/** Reads FLAC as far as our encoder writes it (RFC 9639), written apart from it. For tests. */

class BitReader {
  at = 0;
  constructor(private readonly data: Uint8Array) {}

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) {
      value = value * 2 + (((this.data[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
      this.at += 1;
    }
    return value;
  }

  signed(count: number): number {
    const value = this.bits(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  zeros(): number {
    let count = 0;
    while (this.bits(1) === 0) count += 1;
    return count;
  }

  align(): void {
    this.at = Math.ceil(this.at / 8) * 8;
  }
}

const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];
const HEAD_BYTES = 42;

export function decodeFlac(file: Uint8Array): Int16Array {
  const reader = new BitReader(file);
  if (reader.bits(32) !== 0x664c6143) throw new Error('no FLAC');
  reader.at = (8 + 13) * 8 + 4;
  const out = new Int16Array(reader.bits(36));
  reader.at = HEAD_BYTES * 8;
  for (let at = 0; at < out.length; ) {
    const block = frame(reader);
    out.set(block, at);
    at += block.length;
  }
  return out;
}

function frame(reader: BitReader): number[] {
  if (reader.bits(16) !== 0xfff8) throw new Error('no frame');
  const size = reader.bits(4);
  reader.bits(12);
  const first = reader.bits(8);
  if (first >= 0xe0) reader.bits(16);
  else if (first >= 0xc0) reader.bits(8);
  const length = size === 12 ? 4096 : reader.bits(16) + 1;
  reader.bits(8);
  const block = subframe(reader, length);
  reader.align();
  reader.bits(16);
  return block;
}

function subframe(reader: BitReader, length: number): number[] {
  const type = reader.bits(7);
  const wasted = reader.bits(1) ? reader.zeros() + 1 : 0;
  const bits = 16 - wasted;
  if (type === 0) return Array.from({ length }, () => 0).fill(reader.signed(bits));
  const order = type >= 32 ? type - 31 : type - 8;
  const block = Array.from({ length: order }, () => reader.signed(bits));
  const isFixed = type < 32;
  const precision = isFixed ? 0 : reader.bits(4) + 1;
  const shift = isFixed ? 0 : reader.signed(5);
  const coefficients = isFixed ? (FIXED[order] ?? []) : Array.from({ length: order }, () => reader.signed(precision));
  for (const missed of residual(reader, length, order)) {
    const sum = coefficients.reduce((all, one, i) => all + one * (block[block.length - 1 - i] ?? 0), 0);
    block.push(Math.floor(sum / 2 ** shift) + missed);
  }
  return block.map((sample) => sample * 2 ** wasted);
}

function residual(reader: BitReader, length: number, order: number): number[] {
  if (reader.bits(2) !== 0) throw new Error('not the Rice codes that we write');
  const partitions = 2 ** reader.bits(4);
  const out: number[] = [];
  for (let part = 0; part < partitions; part += 1) {
    const parameter = reader.bits(4);
    const count = length / partitions - (part === 0 ? order : 0);
    for (let i = 0; i < count; i += 1) {
      const folded = reader.zeros() * 2 ** parameter + reader.bits(parameter);
      out.push(folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2);
    }
  }
  return out;
}
