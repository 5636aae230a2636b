import { expect, test } from 'vitest';
import { Additions, addTogether } from './additions';
import type { Outcome } from './commands';
import type { NewItem, RoomEvent } from './wire';

const event = (seq: number, at: number, by: string, what: object): RoomEvent => ({ seq, at, by, ...what }) as RoomEvent;
const added = (seq: number, at: number, by: string, count: number) => event(seq, at, by, { event: 'added', items: Array.from({ length: count }, () => ({})) });
const song: NewItem = { source: 'demo', name: 'bells', title: 'Bells', duration_ms: 1000 };
const answering = (outcome: Outcome, additions = new Additions()) => ({ say: () => Promise.resolve(outcome), additions });

test('a command brings in what its events say, however many they are, and nothing of another one', () => {
  const additions = new Additions();
  additions.heard(added(1, 10, 'p_1', 7));
  additions.heard(added(2, 20, 'p_2', 5));
  additions.heard(added(3, 30, 'p_1', 2));
  additions.heard(added(4, 30, 'p_1', 1));
  additions.heard(event(5, 30, 'p_1', { event: 'playback' }));
  additions.heard(added(6, 40, 'p_1', 4));
  expect([additions.by(5), additions.by(2), additions.by(6)]).toEqual([3, 5, 4]);
});

test('what came in with a snapshot counts as all of it', async () => {
  expect(new Additions().by(9)).toBeNull();
  const room = answering({ answer: 'ok', seq: 9 });
  expect(await addTogether([song, song], room)).toEqual({ count: 2, seen: 2, refused: null });
});

test('of a refused command nothing was looked at, unless all of it was there already', async () => {
  const reject = (code: 'limit' | 'duplicate'): Outcome => ({ answer: 'reject', code, retry_after_ms: null });
  expect(await addTogether([song, song], answering(reject('limit')))).toMatchObject({ count: 0, seen: 0, refused: { code: 'limit' } });
  expect(await addTogether([song, song], answering(reject('duplicate')))).toMatchObject({ count: 0, seen: 2, refused: { code: 'duplicate' } });
});
