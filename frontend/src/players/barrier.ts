/** What a device tells the room of its player, no oftener than it means something. Pure. */
import type { FollowerSaid } from './follower';
import type { PlayerClass } from './player';

/** The room shows no more of it than one change in 5 s. */
const REPORT_EVERY_MS = 10_000;
/** A figure that moved less is the same. */
const REPORT_STEP_MS = 2;
/** One hole in the sound, however often the player says so. */
const BUFFERING_EVERY_MS = 3000;

export class Barrier {
  private readySaid = '';
  private bufferingAt = -Infinity;
  private reported: { class: PlayerClass; error_ms: number | null } | null = null;
  private reportedAt = -Infinity;

  constructor(
    private readonly say: (said: FollowerSaid) => void,
    private readonly now: () => number,
  ) {}

  /** A new socket: the room may have missed what was said. */
  forget(): void {
    this.readySaid = '';
    this.reported = null;
  }

  ready(item: string, generation: number, rtt_ms: number | null): void {
    const key = `${item} ${generation}`;
    if (key === this.readySaid) return;
    this.readySaid = key;
    this.say({ do: 'ready', item, generation, ...(rtt_ms === null ? {} : { rtt_ms: Math.ceil(rtt_ms) }) });
  }

  buffering(item: string): void {
    // The next `ready` counts again.
    this.readySaid = '';
    if (this.now() - this.bufferingAt < BUFFERING_EVERY_MS) return;
    this.bufferingAt = this.now();
    this.say({ do: 'buffering', item });
  }

  report(playerClass: PlayerClass, service: string | null, error_ms: number | null): void {
    const last = this.reported;
    const isNew = last?.class !== playerClass;
    const hasMoved = error_ms !== null && Math.abs(error_ms - (last?.error_ms ?? -Infinity)) >= REPORT_STEP_MS;
    if (!isNew && (!hasMoved || this.now() - this.reportedAt < REPORT_EVERY_MS)) return;
    this.reported = { class: playerClass, error_ms };
    this.reportedAt = this.now();
    this.say({ do: 'report', player: { class: playerClass, ...(service === null ? {} : { service }), ...(error_ms === null ? {} : { error_ms: Math.ceil(error_ms) }) } });
  }
}
