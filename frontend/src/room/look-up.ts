/** Asks the server what a pasted link is, and for the tracks of a playlist. */
import { referenceOf } from '../api/problem';
import { readEvents } from '../links/events';

/** A recording with a page of its own here. */
export interface Track {
  /** Its name in `/l/{page}`. */
  page: string;
  title: string;
  artist: string;
  duration_ms: number | null;
}

/** A track that a service lists for some words. Its page is found by its address. */
export interface FoundTrack {
  platform: string;
  url: string;
  title: string;
  artist: string;
  duration_ms: number | null;
}

export type Searched =
  | { kind: 'found'; tracks: readonly FoundTrack[] }
  | Extract<LookedUp, { kind: 'refused' | 'unanswered' }>;

export type LookedUp =
  | { kind: 'track'; track: Track }
  | { kind: 'playlist'; page: string; title: string; total: number }
  | { kind: 'album' | 'artist' }
  | { kind: 'refused'; title: string; next: string; reference: string | null; is_unknown_host: boolean }
  /** No answer: this device is offline, the server is away, or it takes too long. */
  | { kind: 'unanswered' };

/** The server finds out within 2.5 s what a link is; the rest is for slow networks. */
const ANSWER_MAX_MS = 15_000;
/** A hundred tracks, as fast as the services allow. */
const PLAYLIST_MAX_MS = 5 * 60_000;

type Fetch = (address: string, init: RequestInit) => Promise<Response>;
type Fields = Record<string, unknown>;

/** Waits until it is known what `text` points at, not for the other services. */
export async function lookUp(text: string, language: string, ended: AbortSignal, ask: Fetch = fetch): Promise<LookedUp> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(ANSWER_MAX_MS)]);
  try {
    const response = await ask(`/api/v1/links?lang=${language}`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal,
    });
    if (!response.ok) return refusal((await response.json()) as Fields);
    if (!response.body) return { kind: 'unanswered' };
    for await (const { name, data } of readEvents(response.body)) {
      if (name === 'identified') return readPage((data as { page: Fields }).page);
    }
    return { kind: 'unanswered' };
  } catch {
    return { kind: 'unanswered' };
  }
}

/** Tracks that music services list for `words`. They are not told who asks. */
export async function searchTracks(words: string, language: string, ended: AbortSignal, ask: Fetch = fetch): Promise<Searched> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(ANSWER_MAX_MS)]);
  try {
    const response = await ask(`/api/v1/tracks?words=${encodeURIComponent(words)}&lang=${language}`, { signal });
    const body = (await response.json()) as Fields;
    if (!response.ok) return refusal(body);
    const tracks = Array.isArray(body['tracks']) ? (body['tracks'] as Fields[]) : [];
    return { kind: 'found', tracks: tracks.map(foundTrack).filter(({ url }) => url !== '') };
  } catch {
    return { kind: 'unanswered' };
  }
}

/** What a link page of this server is about. */
export async function lookUpPage(page: string, language: string, ended: AbortSignal, ask: Fetch = fetch): Promise<LookedUp> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(ANSWER_MAX_MS)]);
  try {
    const response = await ask(`/api/v1/links/${encodeURIComponent(page)}?lang=${language}`, { signal });
    const body = (await response.json()) as Fields;
    return response.ok ? readPage(body) : refusal(body);
  } catch {
    return { kind: 'unanswered' };
  }
}

/** The tracks of a playlist that have a page here; `null` when there was no answer. */
export async function playlistTracks(
  page: string,
  ended: AbortSignal,
  progress: (done: number, total: number) => void,
  ask: Fetch = fetch,
): Promise<readonly Track[] | null> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(PLAYLIST_MAX_MS)]);
  try {
    const [list, response] = await Promise.all([
      ask(`/api/v1/links/${page}`, { signal }),
      ask(`/api/v1/links/${page}/tracks`, { method: 'POST', headers: { accept: 'text/event-stream' }, signal }),
    ]);
    if (!list.ok || !response.ok || !response.body) return null;
    const listed = (((await list.json()) as Fields)['piece'] as { tracks?: { track: Fields }[] }).tracks ?? [];
    let pages: (string | null)[] = [];
    for await (const { name, data } of readEvents(response.body)) {
      if (name !== 'progress') continue;
      const { done, total, lines } = data as { done: number; total: number; lines: { line: number; page?: string | null }[] };
      progress(done, total);
      pages = lines.map((line) => line.page ?? null);
    }
    return pages.flatMap((own, line) => (own && listed[line] ? [trackOf(own, listed[line].track)] : []));
  } catch {
    return null;
  }
}

function readPage(view: Fields): LookedUp {
  const page = view['id'];
  const piece = (view['piece'] ?? {}) as Fields;
  if (typeof page !== 'string') return { kind: 'unanswered' };
  switch (piece['kind']) {
    case 'track':
      return { kind: 'track', track: trackOf(page, piece) };
    case 'playlist':
      return { kind: 'playlist', page, title: textOf(piece['title']), total: Number(piece['total'] ?? 0) };
    case 'album':
    case 'artist':
      return { kind: piece['kind'] };
    default:
      return { kind: 'unanswered' };
  }
}

function trackOf(page: string, track: Fields): Track {
  return { page, ...namesOf(track) };
}

function foundTrack(track: Fields): FoundTrack {
  return { platform: textOf(track['platform']), url: textOf(track['url']), ...namesOf(track) };
}

function namesOf(track: Fields): Pick<Track, 'title' | 'artist' | 'duration_ms'> {
  const artists = Array.isArray(track['artists']) ? track['artists'].map(textOf) : [];
  const duration = track['duration_ms'];
  return { title: textOf(track['title']), artist: artists.join(', '), duration_ms: typeof duration === 'number' ? duration : null };
}

/** A problem response (RFC 9457). Anything else that fails comes from somewhere between here and the server. */
function refusal(problem: Fields): Extract<LookedUp, { kind: 'refused' | 'unanswered' }> {
  const { title, detail, type } = problem;
  if (typeof title !== 'string' || typeof detail !== 'string') return { kind: 'unanswered' };
  return {
    kind: 'refused',
    title,
    next: detail,
    reference: referenceOf(problem),
    is_unknown_host: typeof type === 'string' && type.endsWith('unknown-host'),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
