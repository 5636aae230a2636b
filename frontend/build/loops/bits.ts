// Writes numbers bit by bit, the highest first.

export class BitWriter {
  private readonly out: number[] = [];
  private free = 0;

  /** The lowest `count` bits of a number that is not negative. */
  bits(value: number, count: number): void {
    for (let left = count; left > 0; ) {
      if (this.free === 0) {
        this.out.push(0);
        this.free = 8;
      }
      const take = Math.min(this.free, left);
      const part = Math.floor(value / 2 ** (left - take)) & ((1 << take) - 1);
      this.out[this.out.length - 1] = (this.out.at(-1) ?? 0) | (part << (this.free - take));
      this.free -= take;
      left -= take;
    }
  }

  /** A number in two's complement. */
  signed(value: number, count: number): void {
    this.bits(value < 0 ? value + 2 ** count : value, count);
  }

  /** So many zeros and a one. */
  unary(zeros: number): void {
    for (let left = zeros; left > 0; left -= 16) this.bits(0, Math.min(16, left));
    this.bits(1, 1);
  }

  /** A number as UTF-8 writes code points; up to 65,535. */
  utf8(value: number): void {
    if (value < 0x80) return this.bits(value, 8);
    if (value < 0x800) return this.bits(0xc080 | ((value >> 6) << 8) | (value & 0x3f), 16);
    if (value > 0xffff) throw new Error(`${value} is too large`);
    this.bits(0xe08080 | ((value >> 12) << 16) | (((value >> 6) & 0x3f) << 8) | (value & 0x3f), 24);
  }

  align(): void {
    this.free = 0;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}
