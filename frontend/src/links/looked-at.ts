// The list of links that this browser looked at: kept on the device, and sent nowhere but into an account whose owner says yes.

export interface Looked {
  /** Its name in `/l/{id}`. */
  id: string;
  title: string;
  /** By whom, as the page says it; empty where nobody is named. */
  by: string;
  /** When, in Unix milliseconds. Lists of before have none. */
  at?: number | undefined;
}

/** `off` is kept as a word, because the wish to keep nothing must outlive the page. */
export type LookedAt = { kind: 'off' } | { kind: 'on'; links: readonly Looked[] };

export const LINKS_MAX = 100;
/** Titles are shown on one line each. */
const TEXT_LENGTH_MAX = 200;
const OFF = 'off';

/** Newest first. What is not readable is as good as not there. */
export function readLookedAt(kept: string | null): LookedAt {
  if (kept === OFF) return { kind: 'off' };
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return { kind: 'on', links: Array.isArray(list) ? list.filter(isLooked).slice(0, LINKS_MAX) : [] };
  } catch {
    return { kind: 'on', links: [] };
  }
}

/** What is to be kept; null when that is nothing. */
export function writeLookedAt(list: LookedAt): string | null {
  if (list.kind === 'off') return OFF;
  return list.links.length === 0 ? null : JSON.stringify(list.links);
}

/** The newest comes first, and once. */
export function withLooked(list: LookedAt, { id, title, by, at }: Looked): LookedAt {
  if (list.kind === 'off') return list;
  const link = { id, title: title.slice(0, TEXT_LENGTH_MAX), by: by.slice(0, TEXT_LENGTH_MAX), at };
  return { kind: 'on', links: [link, ...list.links.filter((other) => other.id !== id)].slice(0, LINKS_MAX) };
}

export function withoutLooked(list: LookedAt, id: string): LookedAt {
  return list.kind === 'off' ? list : { kind: 'on', links: list.links.filter((other) => other.id !== id) };
}

function isLooked(value: unknown): value is Looked {
  const { id, title, by, at } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && /^\w+$/.test(id) && typeof title === 'string' && typeof by === 'string' && (at === undefined || Number.isSafeInteger(at));
}
