/** The law of position: where in the item a playing room is. */
import { clamped, moment } from './time';

/** 2^42 milliseconds, 139 years: nothing that plays is longer, and microseconds of it are exact. */
const SPAN_MS_MAX = 2 ** 42;

/** What a playing room has agreed on. The position is derived, so that members agree without messages. */
export interface Law {
  /** The position at `start_at`. */
  position_ms: number;
  /** When playing starts or started, in Unix milliseconds. Until then the room waits at `position_ms`. */
  start_at: number;
  /** How long the item is, where that is known. */
  duration_ms: number | null;
}

/** Where in the item the room is at `room`, in microseconds: never before the beginning nor past the end. */
export function positionUs(law: Law, room: number): number {
  const played_us = Math.max(0, room - moment(law.start_at * 1000));
  const position_us = spanUs(law.position_ms) + played_us;
  return law.duration_ms === null ? position_us : Math.min(position_us, spanUs(law.duration_ms));
}

/** When the room reaches `position_us`: the moment to start a player that was prepared there. */
export function reaches(law: Law, position_us: number): number {
  const ahead_us = Math.max(0, position_us - spanUs(law.position_ms));
  return moment(moment(law.start_at * 1000) + ahead_us);
}

const spanUs = (ms: number): number => clamped(ms, 0, SPAN_MS_MAX) * 1000;
