/** The room's clock as a device sees it: asks, listens, and says what o'clock it is. */
import { ClockFilter, type Reading } from './filter';
import type { TimeAnswer, TimeRequest } from './frame';
import { exchangeOf, measurementOf, type Exchange } from './measurement';
import { Schedule, type Cause } from './schedule';

/** An answer that comes later than this after the last question of its burst is not waited for. */
const ANSWER_WAIT_US = 2_000_000;

/** Asks for the time when it is due, and keeps what it was told. */
export class RoomClock {
  private schedule: Schedule;
  private filter = new ClockFilter();
  private clock_epoch: number | null = null;
  /** Questions of this burst that have no answer yet, at most eight. */
  private asked: number[] = [];
  private last_asked: number;
  private burst: [Exchange, ...Exchange[]] | null = null;

  /** A clock that knows nothing yet; its first question is due at once. */
  constructor(now: number) {
    this.schedule = new Schedule(now);
    this.last_asked = now;
  }

  /** When to call `tick` next. */
  get next_deadline(): number {
    const next = this.schedule.next;
    const is_waiting = this.burst !== null && this.schedule.is_between_bursts;
    return is_waiting ? Math.min(next, this.last_asked + ANSWER_WAIT_US) : next;
  }

  /** What to send at once, if anything. */
  tick(now: number): TimeRequest | null {
    const is_over = now >= this.last_asked + ANSWER_WAIT_US;
    if (is_over && this.schedule.is_between_bursts) this.finish();
    const due = this.schedule.due(now);
    if (!due) return null;
    if (due.is_first) this.finish();
    this.asked.push(now);
    this.last_asked = now;
    return { sent: now };
  }

  /** Takes an answer that came at `now`. What was not asked, or not lately, is not heard. */
  hear(answer: TimeAnswer, now: number): void {
    const place = this.asked.indexOf(answer.sent);
    if (place < 0) return;
    this.asked.splice(place, 1);
    const exchange = exchangeOf(answer, now);
    if (!exchange) return;
    if (this.clock_epoch !== answer.clock_epoch) {
      this.clock_epoch = answer.clock_epoch;
      this.filter = new ClockFilter();
      this.burst = null;
    }
    if (this.burst) this.burst.push(exchange);
    else this.burst = [exchange];
    if (this.asked.length === 0 && this.schedule.is_between_bursts) this.finish();
  }

  /** Something happened that makes what is known doubtful: a new burst starts at once. */
  restart(cause: Cause, now: number): void {
    this.asked = [];
    this.burst = null;
    this.schedule = new Schedule(now);
    if (cause === 'wake') this.filter.doubt();
    else this.filter.forgetPath();
  }

  /** What o'clock it is in the room at `now`; nothing before the first answer. */
  at(now: number): Reading | null {
    return this.filter.read(now) ?? this.provisional()?.read(now) ?? null;
  }

  /** When, by our clock, it is `room` o'clock in the room. */
  localAt(room: number): number | null {
    return this.filter.localAt(room) ?? this.provisional()?.localAt(room) ?? null;
  }

  /** What the first burst says before it is over. */
  private provisional(): ClockFilter | null {
    if (!this.burst) return null;
    const filter = new ClockFilter();
    filter.observe(measurementOf(this.burst));
    return filter;
  }

  private finish(): void {
    this.asked = [];
    if (this.burst) this.filter.observe(measurementOf(this.burst));
    this.burst = null;
  }
}
