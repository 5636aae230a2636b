// What Home draws in each state, as markup.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { i18n } from '../i18n/i18n.svelte';
import { drawWhole } from '../parts/whole';
import entries from './home.entries';

vi.hoisted(() => Object.assign(globalThis, { location: new URL('https://unisono.example/'), isSecureContext: true }));

const drawn = (id: string): string => {
  const entry = entries.find((one) => one.id === id);
  if (!entry) throw new Error(`no state ${id}`);
  const { body } = drawWhole(entry.component, entry.props ?? {});
  return body.replace(/<!--.*?-->/g, '');
};

beforeAll(() => i18n.need('common', 'home', 'session'));

describe('Home', () => {
  test('works before its script: the form leads to where shared texts go', () => {
    expect(drawn('home-empty')).toMatch(/<form [^>]*action="\/share"/);
    expect(drawn('home-empty')).toMatch(/<input [^>]*name="text"/);
  });

  test('says that it looks at a link, and keeps the link in the field', () => {
    expect(drawn('home-looking')).toContain('Looking at the link: finding out what it is');
    expect(drawn('home-looking')).toContain('value="https://open.spotify.com/track/');
  });

  test('shows the sentences of a refusal, and the next step', () => {
    expect(drawn('home-refused')).toMatch(/role="alert".*That is a podcast\..*Paste a link to music instead\./s);
  });

  test('offers another try when no answer came', () => {
    expect(drawn('home-unanswered')).toMatch(/got no answer.*What you pasted stays.*<button.*Try again/s);
  });

  test('lists links by title and artist, each with a button to forget it', () => {
    const list = drawn('home-links');
    expect(list).toMatch(/href="\/l\/7k2m9x4qtd".*One More Time.*Daft Punk.*aria-label="Forget “.?One More Time.?”"/s);
    expect(list).toContain('Forget all');
    expect(list).not.toContain('Show all');
  });

  test('shows five links of many, and the rest on request', () => {
    expect(drawn('home-links-many').match(/href="\/l\//g)).toHaveLength(5);
    expect(drawn('home-links-many')).toMatch(/Show all .?100/);
  });

  test('says when the next free session may begin, and where there is no pause', () => {
    expect(drawn('home-resting')).toMatch(/The next free session may begin at .*href="\/pricing"/s);
    expect(drawn('home-empty')).not.toContain('free session');
  });

  test('has the switch for the list where it says what is kept', () => {
    expect(drawn('home-empty')).toMatch(/What is kept.*<input type="checkbox" checked/s);
  });
});
