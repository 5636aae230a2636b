/** How much later this device plays, in ms. Negative for a loudspeaker that is late itself: Bluetooth takes 100 to 250. */
import { NUDGE_KEY } from '../cast/storage-keys';

export const NUDGE_MS_MAX = 200;

export function clampNudge(later_ms: number): number {
  if (!Number.isFinite(later_ms)) return 0;
  // No negative zero: it would be shown.
  return Math.round(Math.min(NUDGE_MS_MAX, Math.max(-NUDGE_MS_MAX, later_ms))) + 0;
}

export function readNudge(): number {
  try {
    return clampNudge(Number(localStorage.getItem(NUDGE_KEY) ?? 0));
  } catch {
    return 0;
  }
}

export function writeNudge(later_ms: number): void {
  try {
    localStorage.setItem(NUDGE_KEY, String(clampNudge(later_ms)));
  } catch {
    // The choice holds until the page is closed.
  }
}
