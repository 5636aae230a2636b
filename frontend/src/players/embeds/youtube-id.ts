/** The name of a video in an address of YouTube's. */

const ID = /^[\w-]{11}$/;
const HOSTS = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'music.youtube.com', 'youtube-nocookie.com', 'www.youtube-nocookie.com']);
const SHORT_HOST = 'youtu.be';
/** Paths whose second part is the name. */
const FOLDERS = new Set(['shorts', 'embed', 'v', 'live']);

/** `null` for what is no video of YouTube's. */
export function youtubeId(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return checked(nameIn(url));
}

/** The services whose pages are played by this player; the same names name the videos of both. */
const PLATFORMS = ['youtube', 'youtube_music'];

/** The first video among the pages of a recording: songs first, which have no talk before them. */
export function youtubeIdOf(links: readonly { platform: string; url: string }[]): string | null {
  const ids = [...PLATFORMS].reverse().flatMap((platform) => links.filter((link) => link.platform === platform)).map(({ url }) => youtubeId(url));
  return ids.find((id) => id !== null) ?? null;
}

function nameIn({ hostname, pathname, searchParams }: URL): string | null {
  const [folder, name] = pathname.split('/').slice(1);
  if (hostname === SHORT_HOST) return folder ?? null;
  if (!HOSTS.has(hostname)) return null;
  if (folder === 'watch') return searchParams.get('v');
  return folder !== undefined && FOLDERS.has(folder) ? (name ?? null) : null;
}

function checked(name: string | null): string | null {
  return name !== null && ID.test(name) ? name : null;
}
