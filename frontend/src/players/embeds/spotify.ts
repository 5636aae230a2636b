/** Spotify's player as one of the players of a room, where the operator has chosen it. */
import { PlayerFault } from '../player';
import { FramedPlayer, type FramedWorld } from './framed-player';
import type { FrameFault } from './protocol';

export const SPOTIFY = 'spotify';

export function openSpotify(world: Pick<FramedWorld, 'now' | 'origin_ms' | 'later'>): FramedPlayer {
  return new FramedPlayer({ ...world, service: SPOTIFY, precision: 'remote', faultOf: spotifyFault });
}

export function spotifyFault(fault: FrameFault): PlayerFault {
  switch (fault) {
    case 'unreachable':
      return new PlayerFault('network');
    case 'needs-tap':
    case 'no-premium':
    case 'not-in-country':
    case 'account':
      return new PlayerFault(fault);
    case 'gone':
      return new PlayerFault('gone');
    case 'unsupported':
      return new PlayerFault('unsupported-format');
    default:
      return new PlayerFault('not-allowed');
  }
}
