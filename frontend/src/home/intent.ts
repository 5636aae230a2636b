// What a person means by the words in the one field of Home.
import { CODE_LENGTH_MAX, CODE_LENGTH_MIN, codeLetters, readCode } from '../router/code';
import { parseRoute } from '../router/route';

export type Intent =
  | { kind: 'nothing' }
  | { kind: 'room'; code: string; fragment: string | null }
  /** A room that another server knows. */
  | { kind: 'room-elsewhere'; address: string; host: string }
  /** Whether it is one that can be converted is the server's to say. */
  | { kind: 'link' }
  /** The page of a link on this server. */
  | { kind: 'link-page'; address: string }
  /** A page of this server that is neither a room nor a link. */
  | { kind: 'page-here' }
  | { kind: 'code-too-short'; length: number }
  | { kind: 'code-too-long'; length: number }
  | { kind: 'code-with-stranger'; letter: string }
  | { kind: 'words' };

const WEB = /^https?:\/\//i;
/** A web address somewhere in a text that was shared, or an address of an app such as `spotify:track:...`. */
const HOLDS_LINK = /https?:\/\/\S|(^|\s)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\/\S|^[a-z]+:([a-z]+:|\/\/)\S/iu;
const LINK_PAGE = /^\/l\/[^/]+$/;
const BARE_HOST = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}([/?#:]|$)/u;
/** Nobody types more than this and means a code. */
const CODE_ATTEMPT_MAX = 16;

/** Reads the field. `origin` is this page's own. */
export function readIntent(text: string, origin: string): Intent {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'nothing' };
  const code = readCode(trimmed);
  if (code) return { kind: 'room', code, fragment: null };
  const url = readUrl(trimmed);
  if (url) return intentOfUrl(url, origin);
  return HOLDS_LINK.test(trimmed) ? { kind: 'link' } : intentOfWords(trimmed);
}

function readUrl(text: string): URL | null {
  const address = WEB.test(text) ? text : BARE_HOST.test(text) ? `https://${text}` : null;
  return address && URL.canParse(address) ? new URL(address) : null;
}

function intentOfUrl(url: URL, origin: string): Intent {
  const route = parseRoute(url);
  if (route.name === 'listen') {
    if (url.origin === origin) return { kind: 'room', code: route.code, fragment: route.fragment };
    return { kind: 'room-elsewhere', address: url.href, host: url.host };
  }
  if (url.origin !== origin) return { kind: 'link' };
  return LINK_PAGE.test(url.pathname) ? { kind: 'link-page', address: url.href } : { kind: 'page-here' };
}

/** Says how it differs from a code, if it looks like an attempt at one. */
function intentOfWords(text: string): Intent {
  const letters = codeLetters(text);
  if (letters.length > CODE_ATTEMPT_MAX || /\s\S+\s\S+\s/.test(text)) return { kind: 'words' };
  const stranger = [...letters].find((letter) => !/[0-9A-TV-Z]/.test(letter));
  if (stranger) return /\p{L}/u.test(stranger) && letters.length > CODE_LENGTH_MAX ? { kind: 'words' } : { kind: 'code-with-stranger', letter: stranger };
  return letters.length < CODE_LENGTH_MIN
    ? { kind: 'code-too-short', length: letters.length }
    : { kind: 'code-too-long', length: letters.length };
}
