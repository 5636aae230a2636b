/** Asks the server about accounts. Whatever goes wrong is an answer too. */
import { referenceOf } from '../api/problem';

/** Why the server said no, in its own words, or that it said nothing. */
export interface Refusal {
  /** The last part of the problem's type, or `unanswered`. */
  kind: string;
  title: string;
  next: string;
  /** More than the kind tells, such as what is wrong with a password. */
  why: string | null;
  /** To be shown: the log of the server holds the same. */
  reference: string | null;
}

export type Answer<T> = { is: 'yes'; value: T } | { is: 'no'; refusal: Refusal };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Puts one question. `path` follows `/api/v1/account`; `body` becomes JSON unless it is a file. */
export type Ask = <T>(method: Method, path: string, body?: unknown) => Promise<Answer<T>>;

/** A password takes the server a second, and others may be in front. */
const ANSWER_MAX_MS = 30_000;
const BASE = '/api/v1/account';

export const UNANSWERED: Refusal = { kind: 'unanswered', title: '', next: '', why: null, reference: null };

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** `language` is what refusals are to be said in. */
export function asking(language: () => string, fetched: Fetch = (address, init) => fetch(address, init)): Ask {
  return async <T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> => {
    try {
      const response = await fetched(`${BASE}${path}${path.includes('?') ? '&' : '?'}lang=${language()}`, {
        method,
        headers: headersOf(body),
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_MAX_MS),
      });
      if (!response.ok) return { is: 'no', refusal: refusalOf(await response.json()) };
      if (response.headers.get('content-type') === 'application/zip') return { is: 'yes', value: (await response.blob()) as T };
      const text = await response.text();
      return { is: 'yes', value: (text === '' ? undefined : JSON.parse(text)) as T };
    } catch {
      return { is: 'no', refusal: UNANSWERED };
    }
  };
}

function headersOf(body: unknown): Record<string, string> {
  const accept = 'application/json, application/problem+json';
  if (body === undefined) return { accept };
  return { accept, 'content-type': body instanceof Blob ? body.type : 'application/json' };
}

/** A problem response (RFC 9457). Anything else that fails comes from somewhere between here and the server. */
function refusalOf(problem: Record<string, unknown>): Refusal {
  const { type, title, detail, why } = problem;
  if (typeof title !== 'string' || typeof detail !== 'string') return UNANSWERED;
  return {
    kind: typeof type === 'string' ? type.slice(type.lastIndexOf('/') + 1) : '',
    title,
    next: detail,
    why: typeof why === 'string' ? why : null,
    reference: referenceOf(problem),
  };
}
