/** The name of a track in an address of Spotify's. */

const ID = /^[A-Za-z0-9]{22}$/;
const HOST = 'open.spotify.com';
/** Some addresses say a country's language first. */
const LANGUAGE = /^intl-[a-z]{2,}$/;

/** `null` for what is no track of Spotify's. */
export function spotifyId(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.hostname !== HOST) return null;
  const parts = url.pathname.split('/').slice(1);
  const [kind, name] = LANGUAGE.test(parts[0] ?? '') ? parts.slice(1) : parts;
  return kind === 'track' && name !== undefined && ID.test(name) ? name : null;
}

/** The first track among the pages of a recording. */
export function spotifyIdOf(links: readonly { platform: string; url: string }[]): string | null {
  const ids = links.filter(({ platform }) => platform === 'spotify').map(({ url }) => spotifyId(url));
  return ids.find((id) => id !== null) ?? null;
}
