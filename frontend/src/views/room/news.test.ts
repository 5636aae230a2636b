import { beforeAll, expect, test } from 'vitest';
import { i18n } from '../../i18n/i18n.svelte';
import type { Item, RoomEvent, Shared } from '../../room/wire';
import { newsText } from './texts';

const item = { id: 'a', title: 'Long Bells' } as Item;
const before = { current: null, queue: [item], suggestions: [], people: [] } as unknown as Shared;
const after = { ...before, queue: [] };
const removed = (why: string, by: string | null) => ({ seq: 1, at: 0, event: 'removed', items: ['a'], why, by }) as RoomEvent;

beforeAll(() => i18n.need('common', 'room'));

test('an item that the room takes out because of its length is told by its name', () => {
  expect(newsText(removed('refused', null), before, after, null)).toContain('Long Bells');
  expect(newsText(removed('refused', 'p_1'), before, after, null), 'somebody turned a suggestion down').toBeNull();
});
