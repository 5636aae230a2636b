/** At most one announcement in this time, so that a screen reader can finish the last one. */
export const ANNOUNCEMENT_GAP_MS = 2000;
