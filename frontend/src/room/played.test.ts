import { expect, test } from 'vitest';
import { again, matching } from './played';
import type { Item } from './wire';

const about = { id: 'i_1', added_by: 'p_1', votes: 0 };
const waltz: Item = { ...about, source: 'recording', page: '0123456789', links: [], title: 'Valsé Triste', artist: 'Ana', duration_ms: 1000 };
const bells: Item = { ...about, source: 'address', url: 'https://sound.example/a.mp3', title: 'Bells', artist: null };
const own: Item = { ...about, source: 'file', sha256: '0', bytes: 3, media_type: 'audio/flac', title: 'Ана', artist: null };

test('every word is looked for in title and artist, without accents or capitals', () => {
  const all = [waltz, bells, own];
  const titles = (text: string) => matching(all, text).map(({ title }) => title);
  expect(titles('  ')).toEqual(['Valsé Triste', 'Bells', 'Ана']);
  expect(titles('ana VALSE')).toEqual(['Valsé Triste']);
  expect(titles('АНА')).toEqual(['Ана']);
  expect(titles('valse bells')).toEqual([]);
});

test('what has played is added again as it was, but no file that nobody keeps', () => {
  expect(again(waltz)).toEqual({ source: 'recording', page: '0123456789', links: [], title: 'Valsé Triste', artist: 'Ana', duration_ms: 1000 });
  expect(again(bells)).toMatchObject({ source: 'address', url: 'https://sound.example/a.mp3', title: 'Bells' });
  expect(again(own)).toBeNull();
});
