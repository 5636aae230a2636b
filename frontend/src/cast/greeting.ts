/** What a refused greeting means to a device that is in a room already: sound between peers needs no server. */
import type { ErrorCode } from './wire';

/** `anew`: greet without the token. `later`: the same greeting once more. `closed`: the room is gone for good. */
export type GreetingRemedy = 'anew' | 'later' | 'closed';

/** `hasToken`: the refused greeting carried a resume token. */
export function remedyFor(code: ErrorCode, hasToken: boolean): GreetingRemedy {
  if (code === 'resume' && hasToken) return 'anew';
  return code === 'ended' || code === 'no-such-room' ? 'closed' : 'later';
}
