/** What the room plays, in the terms of a player. Pure. */

/** The wire's `Playback`, as far as a player needs it. */
export type RoomPlayback =
  | { phase: 'idle' }
  | { phase: 'preparing'; item: string; generation: number; position_ms: number; deadline: number }
  | { phase: 'playing'; item: string; generation: number; position_ms: number; start_at: number; next?: string | null | undefined }
  | { phase: 'paused'; item: string; generation: number; position_ms: number; because: string };

export type Playing = Extract<RoomPlayback, { phase: 'playing' }>;

export function itemOf(playback: RoomPlayback): string | null {
  return playback.phase === 'idle' ? null : playback.item;
}

/** Where the room is at `room_ms` of its clock; past the end it says so by a place beyond it. */
export function positionAt(playing: Playing, room_ms: number): number {
  return playing.position_ms + Math.max(0, room_ms - playing.start_at);
}

/** When the room comes to the end of what it plays, Unix ms. */
export function endOf(playing: Playing, duration_ms: number): number {
  return playing.start_at + Math.max(0, duration_ms - playing.position_ms);
}

/** Whether both are the same place at every moment, to `within_ms`. */
export function isSameLaw(a: Playing, b: Playing, within_ms: number): boolean {
  if (a.item !== b.item) return false;
  const shift = a.start_at - a.position_ms - (b.start_at - b.position_ms);
  return Math.abs(shift) <= within_ms;
}
