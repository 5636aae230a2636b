import { render } from 'svelte/server';
import { beforeAll, expect, test } from 'vitest';
import { i18n } from '../i18n/i18n.svelte';
import { sessionNews } from '../views/session-texts';
import SessionEnds from './SessionEnds.svelte';

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const session = { ends_at: NOON, free_again_at: NOON + 15 * MINUTE };

beforeAll(() => i18n.need('session'));

/** What is read: no markup, and no signs that keep the direction of a number. */
const plain = (text: string): string => text.replace(/<!--.*?-->|<[^>]*>|[\u2068\u2069]/g, '').trim();

/** It, that many minutes before the end. */
function drawn(minutes: number, mine = false): { html: string; text: string } {
  const { body } = render(SessionEnds, { props: { session, mine, now: NOON - minutes * MINUTE } });
  return { html: body, text: plain(body) };
}

test.each([
  [5, 'This room’s free session ends in 5 minutes.'],
  [1, 'This room’s free session ends in 1 minute.'],
])('%i minutes before the end the page says what was announced', (minutes, text) => {
  expect(drawn(minutes).text).toBe(text);
  expect(drawn(minutes).html).toContain(`data-session-ends="${minutes}"`);
  expect(plain(sessionNews(minutes))).toBe(text);
});

test('only whose session it is learns what there is without limits', () => {
  expect(drawn(5, true).html).toContain('href="/pricing"');
  expect(drawn(5).html).not.toContain('href');
});

test('nothing is drawn before the last minutes, nor where a room has no end', () => {
  expect(drawn(6).text).toBe('');
  const { body } = render(SessionEnds, { props: { session: null, mine: true, now: NOON } });
  expect(body).not.toContain('data-session-ends');
  expect(sessionNews(null)).toBe('This room has no end any more.');
});
