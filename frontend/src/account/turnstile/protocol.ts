/** What the frame of the check says to the page around it. Both sides belong to this server. */

/** Said in every message: a page and a frame of different releases do not understand each other by accident. */
export const PROTOCOL = 'unisono-check/1';
/** The service gives nothing longer. */
export const TOKEN_CHARS_MAX = 2048;
const TOKEN = /^[\x21-\x7e]+$/;

export type CheckNews =
  /** The browser passed; the server confirms it by this. */
  | { say: 'passed'; token: string }
  /** The service did not come, or let the browser not pass. */
  | { say: 'fault' };

export function envelope(news: CheckNews): CheckNews & { protocol: typeof PROTOCOL } {
  return { protocol: PROTOCOL, ...news };
}

/** `null` for what is none of ours. */
export function readNews(data: unknown): CheckNews | null {
  if (typeof data !== 'object' || data === null || !('protocol' in data) || data.protocol !== PROTOCOL || !('say' in data)) return null;
  if (data.say === 'fault') return { say: 'fault' };
  const token = 'token' in data ? data.token : null;
  const isToken = typeof token === 'string' && token.length <= TOKEN_CHARS_MAX && TOKEN.test(token);
  return data.say === 'passed' && isToken ? { say: 'passed', token } : null;
}
