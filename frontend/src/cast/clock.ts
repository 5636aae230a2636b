/** How far the other peer's clock is from ours, from pings on the data channel. Pure. */

const SAMPLES_MAX = 16;

interface Sample {
  offset_ms: number;
  rtt_ms: number;
}

export class ClockOffset {
  private samples: Sample[] = [];

  /** Takes a pong: sent and received by our clock, got and sent by theirs (RFC 5905, section 8). */
  add(at: number, got: number, sent: number, back: number): void {
    const rtt_ms = back - at - (sent - got);
    if (rtt_ms < 0) return;
    this.samples.push({ offset_ms: (got - at + (sent - back)) / 2, rtt_ms });
    if (this.samples.length > SAMPLES_MAX) this.samples.shift();
  }

  /** The sample that travelled fastest was disturbed least. */
  get best(): Sample | null {
    return this.samples.reduce<Sample | null>((best, one) => (best && best.rtt_ms <= one.rtt_ms ? best : one), null);
  }
}
