import { render } from 'svelte/server';
import { beforeAll, expect, test } from 'vitest';
import { i18n } from '../../i18n/i18n.svelte';
import PasswordField from './PasswordField.svelte';

const sources = import.meta.glob<string>('../../**/*.svelte', { query: '?raw', import: 'default', eager: true });

beforeAll(() => i18n.need('common', 'account'));

function input(autocomplete: 'current-password' | 'new-password'): string {
  const drawn = render(PasswordField, { props: { label: 'Password', value: '', autocomplete } }).body;
  return /<input[^>]*>/.exec(drawn)?.[0] ?? '';
}

test('a password is hidden until its owner wants to see it', () => {
  expect(input('current-password')).toContain('type="password"');
  expect(input('new-password')).toContain('type="password"');
});

test('programs that keep passwords find the field, and may fill it in', () => {
  expect(input('current-password')).toContain('autocomplete="current-password"');
  expect(input('new-password')).toContain('autocomplete="new-password"');
  expect(input('new-password')).not.toMatch(/readonly|disabled/);
});

/** The components whose source matches, by their files. */
function saying(what: RegExp): string[] {
  const found = Object.entries(sources).filter(([, text]) => what.test(text));
  return found.map(([name]) => name.replace(/.*\//, '')).sort();
}

test('nothing looks at what is pasted but the fields for links and codes', () => {
  expect(saying(/onpaste=/)).toEqual(['AddPanel.svelte', 'JoinForm.svelte']);
});

test('every field for a password of somebody is this one', () => {
  const users = new Set(saying(/<PasswordField/));
  const others = saying(/autocomplete[:=] *['"](current|new)-password/).filter((name) => !users.has(name));
  // Saved rooms have passwords of their own, which their members share.
  expect(others).toEqual(['PasswordField.svelte', 'SavedRooms.svelte']);
});
