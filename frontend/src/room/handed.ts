/** A room that was just opened goes on under its own address, without coming in a second time. */
import type { RoomState } from './room.svelte';

let handed: RoomState | null = null;

export function handOver(room: RoomState): void {
  handed?.close();
  handed = room;
}

/** The room that was opened as `code`, once. */
export function takeOver(code: string): RoomState | null {
  if (handed?.code !== code) return null;
  const room = handed;
  handed = null;
  return room;
}
