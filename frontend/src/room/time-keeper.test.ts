import { describe, expect, it } from 'vitest';
import { TimeKeeper } from './time-keeper';

/** Runs timers by a clock that moves only when told. */
class Clock {
  now = 0;
  private timers: { at: number; run: () => void }[] = [];

  later = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((one) => one !== timer));
  };

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = [...this.timers].sort((one, other) => one.at - other.at);
      if (!next || next.at > end) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

function keeper(answer: (request: ArrayBuffer) => ArrayBuffer | null, send = true) {
  const clock = new Clock();
  let [sent, unanswered] = [0, 0];
  const made: TimeKeeper = new TimeKeeper({
    now: () => clock.now,
    later: clock.later,
    unanswered: () => (unanswered += 1),
    send(bytes) {
      sent += 1;
      const heard = answer(bytes);
      if (heard) clock.later(() => made.heard(heard), 20);
      return send;
    },
  });
  made.entered();
  return { clock, sent: () => sent, unanswered: () => unanswered };
}

/** An answer of the right length for any question; what o'clock it is does not matter here. */
function answered(request: ArrayBuffer): ArrayBuffer {
  const answer = new Uint8Array(25);
  answer.set(new Uint8Array(request));
  answer[0] = 2;
  return answer.buffer;
}

describe('TimeKeeper', () => {
  it('notices within seconds that nothing comes back, and says so once for each time', () => {
    const { clock, unanswered } = keeper(() => null);
    clock.pass(3900);
    expect(unanswered()).toBe(0);
    clock.pass(200);
    expect(unanswered()).toBe(1);
  });

  it('asks every few seconds, and is content with any answer', () => {
    const { clock, sent, unanswered } = keeper(answered);
    clock.pass(60_000);
    const before = sent();
    clock.pass(60_000);
    expect(sent() - before).toBeGreaterThanOrEqual(20);
    expect(sent() - before).toBeLessThanOrEqual(90);
    expect(unanswered()).toBe(0);
  });

  it('expects no answer to what could not be sent', () => {
    const { clock, unanswered } = keeper(() => null, false);
    clock.pass(60_000);
    expect(unanswered()).toBe(0);
  });
});
