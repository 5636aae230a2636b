import { expect, test } from 'vitest';
import type { Outcome } from './commands';
import { suggestEach } from './suggesting';
import type { NewItem } from './wire';

const ok: Outcome = { answer: 'ok', seq: 1 };
const rejected = (code: 'limit' | 'duplicate', retry_after_ms: number | null = null): Outcome => ({ answer: 'reject', code, retry_after_ms });

/** Suggests so many songs to a room that gives these answers, and what became of it. */
async function suggested(songs: number, answers: Outcome[]) {
  const said: string[] = [];
  const waited: number[] = [];
  const items = Array.from({ length: songs }, (_, at): NewItem => ({ source: 'demo', name: 'rain', title: String(at + 1) }));
  const taken = await suggestEach(items, {
    say: (command) => {
      said.push(command.do === 'suggest' ? (command.item.title ?? '') : command.do);
      return Promise.resolve(answers.shift() ?? ok);
    },
    wait: (ms) => Promise.resolve(void waited.push(ms)),
  });
  return { ...taken, said, waited };
}

test('each song is suggested, past those that are there already', async () => {
  expect(await suggested(3, [ok, rejected('duplicate'), ok])).toMatchObject({ count: 2, refused: null, said: ['1', '2', '3'] });
  expect(await suggested(2, [rejected('duplicate'), rejected('duplicate')])).toMatchObject({ count: 0, refused: { code: 'duplicate' } });
});

test('a room that takes no more ends it, and what was taken counts', async () => {
  expect(await suggested(3, [ok, rejected('limit')])).toMatchObject({ count: 1, refused: { code: 'limit' }, said: ['1', '2'], waited: [] });
});

test('who is asked to wait a moment does, and not for ever', async () => {
  expect(await suggested(2, [rejected('limit', 250), ok, ok])).toMatchObject({ count: 2, refused: null, said: ['1', '1', '2'], waited: [250] });
  const never = Array.from({ length: 9 }, () => rejected('limit', 250));
  expect(await suggested(1, never)).toMatchObject({ count: 0, refused: { code: 'limit' }, waited: [250, 250, 250] });
  expect(await suggested(1, [rejected('limit', 60_000)])).toMatchObject({ count: 0, waited: [] });
});
