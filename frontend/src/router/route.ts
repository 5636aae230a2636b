// The addresses of this page. Anything else belongs to the server.
import { readCode } from './code';

export type Route =
  /** `text` was typed before the page could read it, or shared to it: it is read at once. */
  | { name: 'home'; text: string | null }
  /** `room`: cast into this one, as its host. */
  /** `saved`: into this saved room of whoever is signed in. */
  | { name: 'cast'; room: string | null; saved?: string }
  | { name: 'listen'; code: string; fragment: string | null }
  /** A new room, which goes on under its own address; with the recording of the link page `link`, or a password that is asked for first. */
  | { name: 'room'; link: string | null; has_password: boolean; saved?: string }
  | { name: 'gallery'; show: string | null }
  /** One of the pages of accounts, which read the rest of their address themselves. */
  | { name: 'account'; page: string; address: string }
  | { name: 'not-found'; path: string };

export type RouteName = Route['name'];

const ACCOUNT = /^\/(sign-in|register|reset|account|setup)$/;

export function parseRoute(url: URL): Route {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  if (path === '' || path === '/') return { name: 'home', text: url.searchParams.get('text') };
  const saved = url.searchParams.get('saved');
  const asSaved = saved ? { saved } : {};
  if (path === '/cast') return { name: 'cast', room: readCode(url.searchParams.get('room') ?? ''), ...asSaved };
  if (path === '/room') return { name: 'room', link: url.searchParams.get('link'), has_password: url.searchParams.get('with') === 'password', ...asSaved };
  if (path === '/gallery') return { name: 'gallery', show: url.searchParams.get('show') };
  const code = path.startsWith('/r/') ? readCode(decode(path.slice('/r/'.length))) : null;
  if (code) return { name: 'listen', code, fragment: url.hash.slice(1) || null };
  const page = ACCOUNT.exec(path)?.[1];
  if (page) return { name: 'account', page, address: path + url.search + url.hash };
  return { name: 'not-found', path };
}

/** The path and fragment that lead to `route`. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'home':
      return route.text ? `/?text=${encodeURIComponent(route.text)}` : '/';
    case 'cast':
      if (route.saved) return `/cast?saved=${encodeURIComponent(route.saved)}`;
      return route.room ? `/cast?room=${route.room}` : '/cast';
    case 'room':
      return roomAddress(route);
    case 'listen':
      return `/r/${route.code}${route.fragment ? `#${route.fragment}` : ''}`;
    case 'gallery':
      return route.show ? `/gallery?show=${encodeURIComponent(route.show)}` : '/gallery';
    case 'account':
      return route.address;
    case 'not-found':
      return route.path;
  }
}

function roomAddress({ link, has_password, saved }: Extract<Route, { name: 'room' }>): string {
  const query = new URLSearchParams({ ...(link ? { link } : {}), ...(has_password ? { with: 'password' } : {}), ...(saved ? { saved } : {}) });
  return query.size > 0 ? `/room?${query}` : '/room';
}

/** Cast and rooms each have a content policy of their own at the server, so going there or away loads a new document. */
export function needsFullLoad(from: Route, to: Route): boolean {
  return to.name === 'not-found' || policyOf(from) !== policyOf(to);
}

function policyOf({ name }: Route): 'cast' | 'room' | 'own' {
  if (name === 'cast') return 'cast';
  return name === 'listen' || name === 'room' ? 'room' : 'own';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
