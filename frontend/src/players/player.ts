/** What the room plays with: one interface, however the sound is made. */
import type { PlayerClass } from '../sync/player-class';

export type { PlayerClass };

/** What can be played. */
export type Playable =
  /** A file that is here: a member's own, or one that came from another member. */
  | { kind: 'bytes'; blob: Blob }
  /** Sound at an `https:` address of anybody's. */
  | { kind: 'address'; url: string }
  /** A loop that comes with this server. */
  | { kind: 'loop'; url: string }
  /** A service's own player in a frame. `id` is what the service calls the recording. */
  | { kind: 'embed'; service: string; id: string };

/** Why something cannot be played. The words for people are the page's. */
export type FaultReason =
  /** This browser cannot decode it. */
  | 'unsupported-format'
  /** It did not arrive: no network, or the server there does not answer. */
  | 'network'
  /** That site does not let other sites read or play it. */
  | 'not-allowed'
  /** It is not there any more. */
  | 'gone'
  /** It is longer than what this player can hold. */
  | 'too-long'
  /** The browser wants a tap first. */
  | 'needs-tap'
  /** A service's player, which the person has not allowed to load on this device. */
  | 'needs-consent'
  /** Whoever put it on the service keeps it to the service's own pages. */
  | 'not-embeddable'
  /** The browser hides which site this is, and the service plays for none that it does not know. */
  | 'hidden-origin'
  /** The account at the service has not paid for playing elsewhere. */
  | 'no-premium'
  /** The service does not have it in the person's country. */
  | 'not-in-country'
  /** The service did not let the account in. */
  | 'account';

export class PlayerFault extends Error {
  /** `needs-consent`: the person has not allowed that service; the page asks, and then tries again. */
  constructor(
    readonly reason: FaultReason | 'needs-consent',
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'PlayerFault';
  }
}

/** What is heard: the sound at `position_ms` leaves the device when `performance.now()` is `at_ms`. */
export interface Heard {
  position_ms: number;
  at_ms: number;
}

export interface PlayerEvents {
  /** The source came to its end. */
  ended(): void;
  /** It ran dry, and goes on by itself. */
  stalled(): void;
  resumed(): void;
  fault(fault: PlayerFault): void;
}

export interface Loaded {
  /** `null` where the source has no end or does not tell. */
  duration_ms: number | null;
}

export interface Player {
  /** The class it may claim as it plays now. */
  readonly precision: PlayerClass;
  /** The service it plays from, where it is one. */
  readonly service?: string;
  /** Rejects with a `PlayerFault`. What was loaded before is let go. */
  load(source: Playable): Promise<Loaded>;
  /** Be at `position_ms` when `performance.now()` is `at_ms`, which may lie ahead. */
  play(position_ms: number, at_ms: number): void;
  pause(): void;
  /** Goes on elsewhere at once, if it plays. */
  seek(position_ms: number): void;
  /** Measured; `null` while nothing is heard. */
  position(): Heard | null;
  /** Plays at so many thousandths of the normal speed. Absent where the speed cannot be led. */
  rate?(permille: number): void;
  /** 0 to 1. False where it did not stick and the device's own buttons are the only volume. */
  volume?(level: number): boolean;
  /**
   * Loads what follows, to be there without a gap. A player that cannot is without it, or rejects; what was prepared
   * is dropped by the next `prepare` and by `load` of something else.
   */
  prepare?(source: Playable): Promise<Loaded>;
  /** Goes over to what was prepared: be at its `position_ms` at `at_ms`, without a gap if that lies ahead. */
  follow?(position_ms: number, at_ms: number): void;
  /** Call it in a tap: browsers let no sound out before. False when the browser still wants one. */
  unlock?(): Promise<boolean>;
  on(events: PlayerEvents): void;
  /** Lets go of what is loaded, and of the connection to where it came from. */
  release?(): void;
  /** 0 to 1: how loud it is right now, by its own sound; `null` where that cannot be looked at. */
  level?(): number | null;
  close(): void;
}
