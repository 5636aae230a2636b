/** Asks the server for the time whenever the room's clock wants to know, on the socket that there is. */
import { RoomClock } from '../sync/clock';
import { readAnswer, requestBytes, type TimeRequest } from '../sync/frame';
import { localTime } from '../sync/time';

/** Longer sleeps are looked at again, since timers of hidden pages come late anyway. */
const SLEEP_MS_MAX = 10_000;
/** A timer that comes this late was in a frozen page. */
const FROZEN_MS = 5000;
/** The least of so many round trips counts. */
const TRIPS_MAX = 8;
/** The server is asked this often at least, so that a way that is cut is noticed although no socket closes. */
const ASK_EVERY_MS = 3000;
/** No answer for so long, and there is no way to the server: a lost packet is sent anew several times in it. */
const ANSWER_MS_MAX = 4000;

export interface TimeWorld {
  /** Sends now or never; false for never. */
  send(bytes: ArrayBuffer): boolean;
  /** Questions were sent, and nothing came back. Told once for each time it happens. */
  unanswered(): void;
  now(): number;
  later(run: () => void, ms: number): () => void;
}

export class TimeKeeper {
  readonly clock: RoomClock;
  private trips: number[] = [];
  private cancel: () => void = () => {};
  private dueAt_ms = 0;
  private askedAt_ms = -Infinity;
  /** When the first of the questions was sent that have no answer yet. */
  private waitsSince_ms: number | null = null;

  constructor(private readonly world: TimeWorld) {
    this.clock = new RoomClock(localTime(world.now()));
  }

  /** The room is there, again or for the first time: the way to it may be another. */
  entered(): void {
    this.clock.restart('network-change', localTime(this.world.now()));
    this.trips = [];
    this.waitsSince_ms = null;
    this.pump();
  }

  heard(bytes: ArrayBuffer): void {
    const now_ms = this.world.now();
    const answer = readAnswer(new Uint8Array(bytes));
    if (!answer) return;
    this.waitsSince_ms = null;
    this.clock.hear(answer, localTime(now_ms));
    const trip_ms = (localTime(now_ms) - answer.sent - (answer.answered - answer.got)) / 1000;
    if (trip_ms >= 0) this.trips = [...this.trips, trip_ms].slice(-TRIPS_MAX);
  }

  /** The way to the server and back, in whole ms; `null` before the first answer. */
  rtt_ms(): number | null {
    return this.trips.length === 0 ? null : Math.ceil(Math.min(...this.trips));
  }

  /** Unix ms of the room now; `null` before the first answer. */
  room_ms(): number | null {
    const reading = this.clock.at(localTime(this.world.now()));
    return reading && reading.room / 1000;
  }

  close(): void {
    this.cancel();
  }

  private pump(): void {
    this.cancel();
    const now_ms = this.world.now();
    if (this.dueAt_ms > 0 && now_ms - this.dueAt_ms > FROZEN_MS) this.clock.restart('wake', localTime(now_ms));
    const request = this.clock.tick(localTime(now_ms));
    if (request) this.ask(request, now_ms);
    // The clock does not count an answer that it has not asked for; here any sign of life does.
    else if (now_ms - this.askedAt_ms >= ASK_EVERY_MS) this.ask({ sent: localTime(now_ms) }, now_ms);
    this.lookForAnswers(now_ms);
    const silence_ms = (this.waitsSince_ms ?? Infinity) + ANSWER_MS_MAX;
    const due_ms = Math.min(this.clock.next_deadline / 1000, this.askedAt_ms + ASK_EVERY_MS, silence_ms);
    const wait_ms = Math.min(SLEEP_MS_MAX, Math.max(0, due_ms - this.world.now()));
    this.dueAt_ms = now_ms + wait_ms;
    this.cancel = this.world.later(() => this.pump(), wait_ms);
  }

  private ask(request: TimeRequest, now_ms: number): void {
    this.askedAt_ms = now_ms;
    if (this.world.send(requestBytes(request).buffer)) this.waitsSince_ms ??= now_ms;
  }

  private lookForAnswers(now_ms: number): void {
    if (this.waitsSince_ms === null || now_ms - this.waitsSince_ms < ANSWER_MS_MAX) return;
    this.waitsSince_ms = null;
    this.world.unanswered();
  }
}
