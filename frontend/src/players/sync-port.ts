/** The clock, ladder and readout of `../sync` as players use them: in milliseconds of `performance.now()`. */
import type { RoomClock } from '../sync/clock';
import { Ladder } from '../sync/ladder';
import type { PlayerClass } from '../sync/player-class';
import { Readout, type Shown } from '../sync/readout';
import { localTime } from '../sync/time';

export type { Shown as SyncShown };

/** The room's clock as this device knows it. */
export interface RoomTime {
  /** Unix ms of the room at `at_ms`; `null` before the first answer. */
  room(at_ms: number): number | null;
  /** The reverse. */
  local(room_ms: number): number | null;
  /** The way to the server and back. */
  rtt_ms(): number | null;
  /** What may be said at `at_ms` beside these errors. */
  shown(readout: Readout, at_ms: number): Shown;
}

export function roomTimeOf(clock: Pick<RoomClock, 'at' | 'localAt'>, rtt_ms: () => number | null): RoomTime {
  return {
    room(at_ms) {
      const reading = clock.at(localTime(at_ms));
      return reading && reading.room / 1000;
    },
    local(room_ms) {
      const local = clock.localAt(room_ms * 1000);
      return local === null ? null : local / 1000;
    },
    rtt_ms,
    shown: (readout, at_ms) => readout.shown(clock.at(localTime(at_ms))),
  };
}

export type LeaderCorrection = { do: 'hold' } | { do: 'rate'; permille: number } | { do: 'seek'; position_ms: number };

/** Where the room is and where the sound is, at one moment. */
export interface Moment {
  class: PlayerClass;
  at_ms: number;
  wanted_ms: number;
  actual_ms: number;
}

/** The ladder and the readout of one player, which may become one of another class. */
export class Leader {
  private ahead_ms = 0;
  private ladder: Ladder;
  private readout: Readout;

  constructor(
    private playerClass: PlayerClass,
    private now_ms: number,
  ) {
    this.ladder = new Ladder(playerClass, localTime(now_ms));
    this.readout = new Readout(playerClass);
  }

  step(moment: Moment): LeaderCorrection {
    if (moment.class !== this.playerClass) this.become(moment.class, moment.at_ms);
    const playing = { now: localTime(moment.at_ms), wanted_us: micros(moment.wanted_ms), actual_us: micros(moment.actual_ms) };
    this.now_ms = moment.at_ms;
    this.readout.add(playing.now, this.ladder.errorUs(playing));
    const correction = this.ladder.step(playing);
    if (correction.do !== 'seek') return correction;
    return { do: 'seek', position_ms: correction.position_us / 1000 };
  }

  /** The player starts anew, at another place or with another item. */
  restart(now_ms: number): void {
    this.ladder.restart(localTime(now_ms));
  }

  /** Plays so many ms ahead of the room. */
  nudge(ahead_ms: number): void {
    this.ahead_ms = ahead_ms;
    this.ladder.nudge(ahead_ms);
    this.readout.clear();
  }

  shown(time: RoomTime): Shown {
    return time.shown(this.readout, this.now_ms);
  }

  get p95_ms(): number | null {
    const p95_us = this.readout.p95_us;
    return p95_us === null ? null : p95_us / 1000;
  }

  private become(playerClass: PlayerClass, now_ms: number): void {
    this.playerClass = playerClass;
    this.ladder = new Ladder(playerClass, localTime(now_ms));
    this.ladder.nudge(this.ahead_ms);
    this.readout = new Readout(playerClass);
  }
}

const micros = (ms: number): number => Math.round(ms * 1000);
