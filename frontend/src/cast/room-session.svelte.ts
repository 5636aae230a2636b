/** The free session that a room belongs to, as this device's clock has it. */
import { type FreeSession, minutesLeft, onThisClock } from './free-session';
import type { ServerMessage, Welcome } from './wire';

export class RoomSession {
  /** `null` where the room has no end. */
  current = $state.raw<FreeSession | null>(null);
  /** Once it is over: when the next may begin, Unix ms. */
  again_at = $state<number | null>(null);
  /** It ends in so many minutes, or there is no end any more: told so that the view can announce it. */
  onnews: ((minutes_left: number | null) => void) | null = null;
  /** How far this clock is ahead of the server's. */
  private ahead_ms = 0;

  welcomed(welcome: Welcome): void {
    this.ahead_ms = Date.now() - welcome.now;
    this.current = onThisClock(welcome.session, this.ahead_ms);
    this.again_at = null;
  }

  heard(message: ServerMessage & { kind: 'session' }): void {
    this.current = onThisClock(message.session, this.ahead_ms);
    const { current } = this;
    // A session that begins in a room without one comes without an announcement.
    this.onnews?.(current && (message.minutes_left ?? minutesLeft(current, Date.now())));
  }

  over(until: number | null): void {
    this.again_at = until === null ? null : until + this.ahead_ms;
  }

  /** It was over when this page came back: the next may begin in so many seconds. */
  overFor(wait_s: number | null): void {
    this.again_at = wait_s === null ? null : Date.now() + wait_s * 1000;
  }

  /** When the next may begin, while that is to come. */
  restsUntil(now_ms: number): number | null {
    return this.again_at !== null && this.again_at > now_ms ? this.again_at : null;
  }
}
