/** What a room has played: found again by words, and added again. */
import type { Item, NewItem } from './wire';

/** Words that are typed without their accents find what is written with them. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Those whose title or artist holds every word of `text`, in the order given. */
export function matching(items: readonly Item[], text: string): readonly Item[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return items.filter(({ title, artist }) => {
    const said = plain(`${title} ${artist ?? ''}`);
    return words.every((word) => said.includes(word));
  });
}

/** The same once more; `null` for a file, which its device no longer keeps for others. */
export function again(item: Item): NewItem | null {
  const { title, artist = null, duration_ms = null } = item;
  const described = { title, artist, duration_ms };
  switch (item.source) {
    case 'recording':
      return { source: 'recording', page: item.page, links: [], ...described };
    case 'address':
      return { source: 'address', url: item.url, ...described };
    case 'demo':
      return { source: 'demo', name: item.name, ...described };
    case 'file':
      return null;
  }
}
