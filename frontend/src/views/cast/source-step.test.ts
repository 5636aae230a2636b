import { render } from 'svelte/server';
import { beforeAll, expect, test } from 'vitest';
import { i18n } from '../../i18n/i18n.svelte';
import { resting, sessionOver } from '../session-texts';
import SourceStep from './SourceStep.svelte';

const AGAIN = Date.UTC(2026, 10, 22, 15, 40);

beforeAll(() => i18n.need('common', 'cast', 'session'));

/** The page after a cast whose session is over. */
function drawn(rests_until: number | null, theirs: boolean): string {
  const can = { is_secure: true, is_handheld: false, has_display_capture: true, has_tab_audio: true, has_microphone: true };
  const cards = { can, page: new URL('https://unisono.example/cast'), onchoose() {} };
  const options = { password: '', ask_first: false, hide_address: false };
  return render(SourceStep, { props: { cards, options, rooms: [], room: null, ending: 'session-over', rests_until, theirs } }).body;
}

test('who casts in a session of their own is told when the next may begin, and what there is without limits', () => {
  expect(drawn(AGAIN, false)).toContain(resting(AGAIN).title);
  expect(drawn(AGAIN, false)).toContain('href="/pricing"');
});

test('who casts in a session of somebody else is told when that may go on', () => {
  expect(drawn(AGAIN, true)).toContain(sessionOver(AGAIN, false).next);
  expect(drawn(AGAIN, true)).not.toContain('href="/pricing"');
});

test('once the next may begin, nothing is said of it', () => {
  expect(drawn(null, false)).not.toContain('href="/pricing"');
});
