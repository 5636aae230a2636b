import { describe, expect, it } from 'vitest';
import { answerBytes, readRequest } from '../sync/frame';
import { TimeKeeper } from './time-keeper';

/** Unix time of a day, in microseconds. */
const NOON_US = 1_750_000_000_000_000;

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

/** What a server says whose clock stands still: what o'clock it is does not matter here. */
function answered(request: ArrayBuffer): ArrayBuffer {
  const sent = readRequest(new Uint8Array(request))?.sent ?? 0;
  return answerBytes({ sent, got: NOON_US, answered: NOON_US, clock_epoch: 1 }).buffer;
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
