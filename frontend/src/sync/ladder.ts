/**
 * The correction ladder: what a player that is not where the room is should do about it. Small errors are played away,
 * a little faster or slower than anybody hears; large ones are jumped over, rarely.
 */
import type { PlayerClass } from './player-class';
import { clamped } from './time';

/** A player that has only just started is still finding its feet. */
const FIRST_SEEK_US = 1_000_000;
/** A seek that is needed again so soon shows how late the last one landed. */
const LEARN_US = 15_000_000;
/** No seek is aimed further ahead than this. */
const LEAD_US_MAX = 2_000_000;
/** Ten seconds either way: far more than any loudspeaker lags. */
const NUDGE_MS_MAX = 10_000;

/** Where a player is and where it should be, at one moment. */
export interface Playing {
  now: number;
  /** Where the room is in the item. */
  wanted_us: number;
  /** Where the player is. */
  actual_us: number;
}

/** Play on at the normal speed; or at so many thousandths of it; or jump there and play at the normal speed. */
export type Correction = { do: 'hold' } | { do: 'rate'; permille: number } | { do: 'seek'; position_us: number };

/** The rungs for one class of player. Errors are compared without their sign. */
interface Rungs {
  rates: Rates | null;
  seek_beyond_us: number;
  /** How long the error must last before it is jumped over. */
  seek_held_us: number;
  /** The least time between two seeks. */
  seek_every_us: number;
  /** A seek takes time of its own, which is learnt. */
  lands_late: boolean;
}

/** How a player is led by its speed, which is changed by thousandths. */
interface Rates {
  /** Errors up to here are left alone, */
  dead_us: number;
  /** but one that was begun to be corrected is corrected down to here. */
  settled_us: number;
  slow: number;
  /** Beyond this error the faster change is used, */
  fast_us: number;
  /** until the error is below this one. */
  fast_until_us: number;
  fast: number;
}

const RUNGS: Readonly<Record<PlayerClass, Rungs>> = {
  'own-audio': {
    rates: { dead_us: 5_000, settled_us: 1_500, slow: 3, fast_us: 35_000, fast_until_us: 25_000, fast: 5 },
    seek_beyond_us: 200_000,
    seek_held_us: 0,
    seek_every_us: 1_500_000,
    lands_late: false,
  },
  'media-element': {
    rates: { dead_us: 15_000, settled_us: 5_000, slow: 5, fast_us: 60_000, fast_until_us: 40_000, fast: 10 },
    seek_beyond_us: 300_000,
    seek_held_us: 500_000,
    seek_every_us: 3_000_000,
    lands_late: true,
  },
  youtube: {
    rates: null,
    seek_beyond_us: 400_000,
    seek_held_us: 2_000_000,
    seek_every_us: 5_000_000,
    lands_late: true,
  },
  remote: {
    rates: null,
    seek_beyond_us: 800_000,
    seek_held_us: 3_000_000,
    seek_every_us: 10_000_000,
    lands_late: true,
  },
};

/** How the speed is changed at present. */
type Stride = 'normal' | { is_fast: boolean; is_ahead: boolean };

/** Leads one player. */
export class Ladder {
  private nudge_us = 0;
  private stride: Stride = 'normal';
  private beyond_since: number | null = null;
  private last_seek: number | null = null;
  private lead_us = 0;

  /** A ladder for a player that starts at `began`. */
  constructor(
    private readonly player: PlayerClass,
    private began: number,
  ) {}

  /** Plays so many milliseconds ahead of the room, because the sound comes so much later out of the loudspeaker. */
  nudge(nudge_ms: number): void {
    this.nudge_us = clamped(nudge_ms, -NUDGE_MS_MAX, NUDGE_MS_MAX) * 1000;
  }

  /** Another item, a pause that is over, a buffer that was empty: the player starts anew at `now`. */
  restart(now: number): void {
    this.began = now;
    this.stride = 'normal';
    this.beyond_since = null;
  }

  /** How far ahead of where it should be the player is; negative when it is behind. */
  errorUs(playing: Playing): number {
    return playing.actual_us - this.targetUs(playing);
  }

  /** What the player should do now. */
  step(playing: Playing): Correction {
    const rungs = RUNGS[this.player];
    const error_us = this.errorUs(playing);
    if (this.isSeekDue(rungs, error_us, playing.now)) return this.seek(rungs, playing);
    if (!rungs.rates) return { do: 'hold' };
    this.stride = nextStride(this.stride, rungs.rates, error_us);
    if (this.stride === 'normal') return { do: 'hold' };
    const change = this.stride.is_fast ? rungs.rates.fast : rungs.rates.slow;
    return { do: 'rate', permille: this.stride.is_ahead ? 1000 - change : 1000 + change };
  }

  private targetUs(playing: Playing): number {
    return Math.max(0, playing.wanted_us + this.nudge_us);
  }

  private isSeekDue(rungs: Rungs, error_us: number, now: number): boolean {
    if (Math.abs(error_us) <= rungs.seek_beyond_us) {
      this.beyond_since = null;
      return false;
    }
    this.beyond_since ??= now;
    return (
      now - this.beyond_since >= rungs.seek_held_us &&
      now - this.began >= FIRST_SEEK_US &&
      (this.last_seek === null || now - this.last_seek >= rungs.seek_every_us)
    );
  }

  private seek(rungs: Rungs, playing: Playing): Correction {
    const is_again = this.last_seek !== null && playing.now - this.last_seek <= LEARN_US;
    if (rungs.lands_late && is_again) {
      this.lead_us = clamped(this.lead_us - this.errorUs(playing), 0, LEAD_US_MAX);
    }
    this.last_seek = playing.now;
    this.beyond_since = null;
    this.stride = 'normal';
    return { do: 'seek', position_us: this.targetUs(playing) + this.lead_us };
  }
}

function nextStride(stride: Stride, rates: Rates, error_us: number): Stride {
  const is_ahead = error_us > 0;
  const size_us = Math.abs(error_us);
  const goes_on = stride !== 'normal' && stride.is_ahead === is_ahead;
  const enough_us = goes_on ? rates.settled_us : rates.dead_us;
  const fast_us = goes_on && stride.is_fast ? rates.fast_until_us : rates.fast_us;
  if (size_us <= enough_us) return 'normal';
  return { is_fast: size_us > fast_us, is_ahead };
}
