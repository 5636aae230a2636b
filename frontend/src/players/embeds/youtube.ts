/** YouTube's player as one of the players of a room. */
import { PlayerFault } from '../player';
import { FramedPlayer, type FramedWorld } from './framed-player';
import type { FrameFault } from './protocol';

export const YOUTUBE = 'youtube';

export function openYoutube(world: Pick<FramedWorld, 'now' | 'origin_ms' | 'later'>): FramedPlayer {
  return new FramedPlayer({ ...world, service: YOUTUBE, precision: 'youtube', faultOf: youtubeFault });
}

/** The numbers of the player's `onError`, as its reference gives them. */
export function youtubeFault(fault: FrameFault): PlayerFault {
  if (fault === 'unreachable') return new PlayerFault('network');
  if (fault === 'needs-tap') return new PlayerFault('needs-tap');
  if (typeof fault === 'string') return new PlayerFault('not-allowed');
  switch (fault.code) {
    case 2:
    case 100:
      return new PlayerFault('gone');
    case 5:
      return new PlayerFault('unsupported-format');
    case 101:
    case 150:
      return new PlayerFault('not-embeddable');
    case 153:
      return new PlayerFault('hidden-origin');
    default:
      return new PlayerFault('not-allowed');
  }
}
