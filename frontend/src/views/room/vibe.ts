/** A picture of the sound: rings, each of which follows the one inside it. Where it may not move, it is still. */
import type { PlayerClass } from '../../players/player';

export const RINGS = 5;
/** How quickly a ring follows the one inside it. */
const FOLLOW = 0.6;

/** 0 to 1 for each ring, the innermost first. */
export type Heights = readonly number[];

export const STILL: Heights = Array.from({ length: RINGS }, () => 0);

/** Only sound that this page makes itself is looked at. Services show no theirs, and Spotify's terms forbid to move with it. */
export function canShow(player: PlayerClass): boolean {
  return player === 'own-audio';
}

export type Mood =
  /** It moves with the sound. */
  | 'moving'
  /** Nothing plays here that can be shown. */
  | 'still'
  /** The device asks for less motion. */
  | 'calm';

export function moodOf({ is_calm, is_playing, player }: { is_calm: boolean; is_playing: boolean; player: PlayerClass }): Mood {
  if (is_calm) return 'calm';
  return is_playing && canShow(player) ? 'moving' : 'still';
}

/** The rings a moment later, when the sound is as loud as `level`. */
export function followed(heights: Heights, level: number): Heights {
  return heights.map((height, ring) => height + FOLLOW * ((ring === 0 ? level : (heights[ring - 1] ?? 0)) - height));
}
