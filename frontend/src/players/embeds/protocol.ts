/** What a page and the frame of a service's player say to each other. Both sides belong to this server. */

/** Said in every message: a page and a frame of different releases do not understand each other by accident. */
export const PROTOCOL = 'unisono-embed/1';
/** No message is longer than this, as JSON. */
export const MESSAGE_CHARS_MAX = 512;
const ID = /^[\w-]{1,64}$/;
/** A day: nothing that is played is longer. */
const POSITION_MS_MAX = 86_400_000;

/** From the page. */
export type FrameCommand =
  /** Have this recording ready at a place, without a sound. */
  | { do: 'cue'; id: string; position_ms: number }
  /** Play this recording from a place, at once. */
  | { do: 'start'; id: string; position_ms: number }
  | { do: 'play' }
  | { do: 'pause' }
  | { do: 'seek'; position_ms: number }
  | { do: 'volume'; percent: number }
  /** The person pressed it: let them sign in at the service. */
  | { do: 'connect' };

export type FrameState = 'unstarted' | 'cued' | 'playing' | 'paused' | 'buffering' | 'ended';

export type FrameFault =
  /** The service's script did not come. */
  | 'unreachable'
  /** The number that the player gave. */
  | { code: number }
  /** The browser lets no sound out before a tap. */
  | 'needs-tap'
  /** The browser cannot play what the service sends. */
  | 'unsupported'
  /** The account has not paid the service for playing here. */
  | 'no-premium'
  | 'not-in-country'
  /** The service did not let the account in. */
  | 'account'
  /** The service does not have it, or could not play it. */
  | 'gone';

/** Whether the person is signed in, where the service's player needs that. */
export type FrameAccount = 'none' | 'asking' | 'connected';

/** From the frame. */
export type FrameNews =
  /** The service's player is there. */
  | { say: 'here' }
  | { say: 'account'; account: FrameAccount }
  | { say: 'state'; state: FrameState; duration_ms: number | null }
  /** Where it is, and when that was so: Unix ms with fractions, by the browser's monotonic clock. */
  | { say: 'place'; position_ms: number; at_ms: number }
  | { say: 'fault'; fault: FrameFault };

const STATES: readonly FrameState[] = ['unstarted', 'cued', 'playing', 'paused', 'buffering', 'ended'];
const ACCOUNTS: readonly FrameAccount[] = ['none', 'asking', 'connected'];
const FAULTS = ['unreachable', 'needs-tap', 'unsupported', 'no-premium', 'not-in-country', 'account', 'gone'] as const;

export function envelope<Body extends FrameCommand | FrameNews>(body: Body): Body & { protocol: typeof PROTOCOL } {
  return { protocol: PROTOCOL, ...body };
}

/** `null` for what is none of ours. */
export function readCommand(data: unknown): FrameCommand | null {
  const message = fieldsOf(data);
  if (!message) return null;
  const { do: deed, id, position_ms, percent } = message;
  switch (deed) {
    case 'cue':
    case 'start':
      return typeof id === 'string' && ID.test(id) && isWithin(position_ms, POSITION_MS_MAX) ? { do: deed, id, position_ms } : null;
    case 'play':
    case 'pause':
    case 'connect':
      return { do: deed };
    case 'seek':
      return isWithin(position_ms, POSITION_MS_MAX) ? { do: 'seek', position_ms } : null;
    case 'volume':
      return isWithin(percent, 100) ? { do: 'volume', percent } : null;
    default:
      return null;
  }
}

/** `null` for what is none of ours. */
export function readNews(data: unknown): FrameNews | null {
  const message = fieldsOf(data);
  if (!message) return null;
  const { say, state, duration_ms, position_ms, at_ms, fault, account } = message;
  switch (say) {
    case 'here':
      return { say };
    case 'account': {
      const known = ACCOUNTS.find((one) => one === account);
      return known ? { say, account: known } : null;
    }
    case 'state': {
      const known = STATES.find((one) => one === state);
      if (!known || !(duration_ms === null || isWithin(duration_ms, POSITION_MS_MAX))) return null;
      return { say, state: known, duration_ms };
    }
    case 'place':
      return isWithin(position_ms, POSITION_MS_MAX) && isWithin(at_ms, Number.MAX_SAFE_INTEGER) ? { say, position_ms, at_ms } : null;
    case 'fault': {
      const read = readFault(fault);
      return read && { say, fault: read };
    }
    default:
      return null;
  }
}

function readFault(fault: unknown): FrameFault | null {
  const word = FAULTS.find((one) => one === fault);
  if (word !== undefined) return word;
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : null;
  return isWithin(code, 9999) && Number.isInteger(code) ? { code } : null;
}

function fieldsOf(data: unknown): Record<string, unknown> | null {
  if (typeof data !== 'object' || data === null || !('protocol' in data) || data.protocol !== PROTOCOL) return null;
  try {
    if (JSON.stringify(data).length > MESSAGE_CHARS_MAX) return null;
  } catch {
    // It holds itself, or numbers that are none.
    return null;
  }
  return { ...data };
}

function isWithin(value: unknown, max: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= max;
}
