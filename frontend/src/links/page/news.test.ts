import { describe, expect, test } from 'vitest';
import { News } from './news';

function listening() {
  const said: string[] = [];
  const waits: { run: () => void; delayMs: number }[] = [];
  const news = new News(
    (text) => said.push(text),
    (run, delayMs) => waits.push({ run, delayMs }),
  );
  return { said, news, pass: () => waits.shift()?.run(), next: () => waits[0]?.delayMs };
}

describe('news of a page', () => {
  test('that come in one breath are told in one', () => {
    const { said, news, pass } = listening();
    news.tell('Deezer: Same recording');
    news.tell('Tidal: Search instead');
    pass();
    expect(said).toEqual(['Deezer: Same recording. Tidal: Search instead']);
  });

  test('wait until the last ones were read', () => {
    const { said, news, pass, next } = listening();
    news.tell('one');
    pass();
    news.tell('two');
    expect(said).toEqual(['one']);
    expect(next()).toBe(2000);
    pass();
    expect(said).toEqual(['one', 'two']);
    pass();
    expect(next()).toBeUndefined();
  });

  test('are dropped when they are too many to be read, the oldest first', () => {
    const { said, news, pass } = listening();
    for (let at = 0; at < 20; at += 1) news.tell(`${at}`);
    pass();
    expect(said).toEqual([Array.from({ length: 16 }, (_, at) => `${at + 4}`).join('. ')]);
  });
});
