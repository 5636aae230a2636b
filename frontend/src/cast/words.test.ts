import { expect, test } from 'vitest';
import { WORDS } from './words';

test('there are 256 words, told apart by their first four letters', () => {
  expect(WORDS).toHaveLength(256);
  expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(256);
});

test('every word is short and plain', () => {
  for (const word of WORDS) expect(word).toMatch(/^[a-z]{3,8}$/);
});
