// The addresses of this page. Anything else belongs to the server.
import { readCode } from './code';

export type Route =
  /** `text` was typed before the page could read it, or shared to it: it is read at once. */
  | { name: 'home'; text: string | null }
  | { name: 'cast' }
  | { name: 'listen'; code: string; fragment: string | null }
  | { name: 'gallery'; show: string | null }
  | { name: 'not-found'; path: string };

export type RouteName = Route['name'];

export function parseRoute(url: URL): Route {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  if (path === '' || path === '/') return { name: 'home', text: url.searchParams.get('text') };
  if (path === '/cast') return { name: 'cast' };
  if (path === '/gallery') return { name: 'gallery', show: url.searchParams.get('show') };
  const code = path.startsWith('/r/') ? readCode(decode(path.slice('/r/'.length))) : null;
  if (code) return { name: 'listen', code, fragment: url.hash.slice(1) || null };
  return { name: 'not-found', path };
}

/** The path and fragment that lead to `route`. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'home':
      return route.text ? `/?text=${encodeURIComponent(route.text)}` : '/';
    case 'cast':
      return '/cast';
    case 'listen':
      return `/r/${route.code}${route.fragment ? `#${route.fragment}` : ''}`;
    case 'gallery':
      return route.show ? `/gallery?show=${encodeURIComponent(route.show)}` : '/gallery';
    case 'not-found':
      return route.path;
  }
}

/** The server gives Cast a content policy of its own, so going there or away loads a new document. */
export function needsFullLoad(from: Route, to: Route): boolean {
  return to.name === 'not-found' || (from.name === 'cast') !== (to.name === 'cast');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
