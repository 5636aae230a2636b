// Rooms visited lately, for the page that shows when the server does not answer. Nothing is kept unless somebody asked for it.
import { readCode } from '../router/code';
import { STORED, type Keep } from '../state/storage';

const ROOMS_MAX = 5;

/** The codes that this browser keeps: none by default, and none that is not a code. */
export function lastRooms(keep: Keep): string[] {
  const kept = parse(keep.read(STORED.rooms) ?? '[]');
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((entry) => (typeof entry === 'string' ? (readCode(entry) ?? []) : [])).slice(0, ROOMS_MAX);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
