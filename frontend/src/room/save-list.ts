/** Saves a room's list of songs as a file: for whoever has a seat there. */
import { saveFile } from '../components/save-file';

export const LIST_FORMATS = ['json', 'm3u', 'csv'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** M3U in UTF-8 has an ending of its own. */
const ENDINGS: Record<ListFormat, string> = { json: 'json', m3u: 'm3u8', csv: 'csv' };

/** Whether the server gave the list. */
export async function saveList(code: string, token: string, format: ListFormat): Promise<boolean> {
  try {
    const response = await fetch(`/api/v1/rooms/${code}/list?format=${format}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) return false;
    saveFile(await response.blob(), `unisono-${code}.${ENDINGS[format]}`);
    return true;
  } catch {
    return false;
  }
}
