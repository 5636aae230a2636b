/** What a refused greeting means to a device that is in a room already: sound between peers needs no server. */
import type { ErrorCode } from './wire';

/** `anew`: greet without the token. `later`: the same greeting once more. `closed`: there is no way back into the room. */
export type GreetingRemedy = 'anew' | 'later' | 'closed';

/** The room is gone for good, or this person may not be there any more. */
const CLOSED: readonly ErrorCode[] = ['ended', 'no-such-room', 'forbidden', 'follow', 'resting', 'asleep'];

/** `hasToken`: the refused greeting carried a resume token. */
export function remedyFor(code: ErrorCode, hasToken: boolean): GreetingRemedy {
  if (code === 'resume' && hasToken) return 'anew';
  return CLOSED.includes(code) ? 'closed' : 'later';
}
