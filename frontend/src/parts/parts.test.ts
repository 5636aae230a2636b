// Pages drawn with their parts, as markup.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { i18n } from '../i18n/i18n.svelte';
import Home from '../views/Home.svelte';
import { drawWhole } from './whole';

vi.hoisted(() => Object.assign(globalThis, { location: new URL('https://unisono.example/'), isSecureContext: true }));

beforeAll(() => i18n.need('common', 'home'));

describe('a page of parts', () => {
  const draw = () => drawWhole(Home, { route: { name: 'home', text: null } });

  test('comes with each part drawn where it belongs', () => {
    const { body } = draw();
    const places = body.match(/<div data-part="\d+"[^>]*>.{0,8}/gs) ?? [];
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) expect(place).toMatch(/><!--\[-->$/);
  });

  test('gives no two elements one id, though each part counts its own', () => {
    const ids = [...draw().body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is drawn the same each time', () => {
    expect(draw()).toEqual(draw());
  });
});
