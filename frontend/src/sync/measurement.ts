/** From questions and answers to one measurement of how far the room's clock is from ours. */
import type { TimeAnswer } from './frame';
import { moment } from './time';

/** A question that took longer says nothing that is worth knowing. */
const ROUND_TRIP_US_MAX = 10_000_000;
/** Some browsers count in steps of a millisecond: on a near network less than nothing may seem to have passed. */
export const CLOCK_STEP_US_MAX = 1000;
/** The steps in which browsers count: cautious ones, most, those on isolated pages; and clocks without steps. */
const CLOCK_STEPS_US = [CLOCK_STEP_US_MAX, 100, 20, 1];

/** One question and its answer. */
export interface Exchange {
  sent: number;
  heard: number;
  /** The room's clock less ours on the way up: what it is ahead, plus the time that the question travelled. */
  up_us: number;
  /** Ours less the room's on the way down: what it is behind, plus the time that the answer travelled. */
  down_us: number;
}

/** Reads an answer that was heard at `heard`; nothing when it cannot have been like that. */
export function exchangeOf(answer: TimeAnswer, heard: number): Exchange | null {
  const up_us = answer.got - answer.sent;
  const down_us = heard - answer.answered;
  const round_trip_us = up_us + down_us;
  const is_possible =
    heard >= answer.sent &&
    answer.answered >= answer.got &&
    round_trip_us >= -CLOCK_STEP_US_MAX &&
    round_trip_us <= ROUND_TRIP_US_MAX;
  return is_possible ? { sent: answer.sent, heard, up_us, down_us } : null;
}

/** What a burst says about the clocks. */
export interface Measurement {
  /** The moment of which it is said. */
  at: number;
  /** Twice the room's clock less ours: a whole number, and exact. */
  twice_offset_us: number;
  /** The time both ways took at their fastest. The offset is at most half of this wrong. */
  round_trip_us: number;
  /** How much longer the middle one of the round trips took. */
  scatter_us: number;
  /** In which steps our clock seems to count. */
  step_us: number;
}

/**
 * What the exchanges of one burst say together. Delays only ever add. The fastest question and the fastest answer need
 * not belong together, and chosen apart both waited less than in the exchange with the least round trip. It is made
 * half-way between the two, where a steady drift cancels out.
 */
export function measurementOf(burst: readonly [Exchange, ...Exchange[]]): Measurement {
  let [up, down] = [burst[0], burst[0]];
  let step_us = CLOCK_STEP_US_MAX;
  for (const one of burst) {
    if (one.up_us < up.up_us) up = one;
    if (one.down_us < down.down_us) down = one;
    step_us = Math.min(step_us, clockStepUs(one));
  }
  const trips = burst.map((one) => one.up_us + one.down_us).sort((a, b) => a - b);
  const round_trip_us = Math.max(0, up.up_us + down.down_us);
  return {
    at: moment(Math.floor((up.sent + down.heard) / 2)),
    twice_offset_us: up.up_us - down.down_us,
    round_trip_us,
    scatter_us: Math.max(0, (trips[Math.floor(trips.length / 2)] ?? round_trip_us) - round_trip_us),
    step_us,
  };
}

/** The coarsest steps that both moments of our clock are on. */
function clockStepUs(one: Exchange): number {
  return CLOCK_STEPS_US.find((step_us) => one.sent % step_us === 0 && one.heard % step_us === 0) ?? 1;
}
