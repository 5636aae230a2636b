import { describe, expect, test } from 'vitest';
import { groupCode } from './code';
import { addressOf, needsFullLoad, parseRoute, type Route } from './route';
import { Router, type Browser } from './router.svelte';

const ORIGIN = 'https://unisono.example';
const parse = (path: string) => parseRoute(new URL(path, ORIGIN));

class FakeBrowser implements Browser {
  pushed: string[] = [];
  replaced: string[] = [];
  loaded: string[] = [];

  constructor(public path: string) {}

  address(): URL {
    return new URL(this.path, ORIGIN);
  }

  push(address: string): void {
    this.path = address;
    this.pushed.push(address);
  }

  replace(address: string): void {
    this.path = address;
    this.replaced.push(address);
  }

  load(address: string): void {
    this.loaded.push(address);
  }
}

describe('addresses', () => {
  const routes: [string, Route][] = [
    ['/', { name: 'home', text: null }],
    ['/?text=K7M', { name: 'home', text: 'K7M' }],
    ['/cast', { name: 'cast', room: null }],
    ['/cast?room=K7M4QX', { name: 'cast', room: 'K7M4QX' }],
    ['/room', { name: 'room', link: null, has_password: false }],
    ['/room?with=password', { name: 'room', link: null, has_password: true }],
    ['/room?link=0123456789', { name: 'room', link: '0123456789', has_password: false }],
    ['/r/K7M4QX', { name: 'listen', code: 'K7M4QX', fragment: null }],
    ['/r/K7M4QX#c2VjcmV0', { name: 'listen', code: 'K7M4QX', fragment: 'c2VjcmV0' }],
    ['/gallery', { name: 'gallery', show: null }],
    ['/gallery?show=home', { name: 'gallery', show: 'home' }],
    ['/nowhere', { name: 'not-found', path: '/nowhere' }],
  ];

  test.each(routes)('%s leads to its route and back', (path, route) => {
    expect(parse(path)).toEqual(route);
    expect(addressOf(route)).toBe(path);
  });

  test('a room is found by a code written carelessly', () => {
    expect(parse('/r/k7m-4qx/')).toEqual({ name: 'listen', code: 'K7M4QX', fragment: null });
    expect(parse('/r/k7m%204qx')).toEqual({ name: 'listen', code: 'K7M4QX', fragment: null });
  });

  test('what is no code is no room', () => {
    expect(parse('/r/K7M').name).toBe('not-found');
    expect(parse('/r/%E0%A4%A').name).toBe('not-found');
  });

  test('codes are read in groups of three', () => {
    expect(groupCode('K7M4QX')).toBe('K7M 4QX');
    expect(groupCode('K7M4QX2P')).toBe('K7M 4QX 2P');
  });
});

describe('the router', () => {
  test('going to Cast and leaving it loads a document, for its own content policy', () => {
    const cast: Route = { name: 'cast', room: null };
    const home: Route = { name: 'home', text: null };
    expect(needsFullLoad(home, cast)).toBe(true);
    expect(needsFullLoad(cast, home)).toBe(true);
    expect(needsFullLoad(home, { name: 'gallery', show: null })).toBe(false);
  });

  test('going into a room and out of it loads a document, and from room to room none', () => {
    const home: Route = { name: 'home', text: null };
    const fresh: Route = { name: 'room', link: null, has_password: false };
    const known: Route = { name: 'listen', code: 'K7M4QX', fragment: null };
    for (const room of [fresh, known]) {
      expect([needsFullLoad(home, room), needsFullLoad(room, home)]).toEqual([true, true]);
      expect([needsFullLoad({ name: 'cast', room: null }, room), needsFullLoad(room, { name: 'cast', room: null })]).toEqual([true, true]);
    }
    expect(needsFullLoad(fresh, known)).toBe(false);
    expect(needsFullLoad(known, { ...known, code: 'ZZZZZZ' })).toBe(false);
  });

  test('follows links to its own views and leaves the others to the browser', () => {
    const browser = new FakeBrowser('/room');
    const router = new Router(browser);
    expect(router.follow(new URL('/r/K7M4QX#c2VjcmV0', ORIGIN))).toBe(true);
    expect(router.route).toEqual({ name: 'listen', code: 'K7M4QX', fragment: 'c2VjcmV0' });
    expect(router.follow(new URL('/source', ORIGIN))).toBe(false);
    expect(router.follow(new URL('/', 'https://elsewhere.example'))).toBe(false);
    expect(router.follow(new URL('/cast', ORIGIN))).toBe(false);
    expect(browser.pushed).toEqual(['/r/K7M4QX#c2VjcmV0']);
    expect(browser.loaded).toEqual([]);
  });

  test('going to Cast asks the browser to load it', () => {
    const browser = new FakeBrowser('/');
    new Router(browser).go({ name: 'cast', room: null });
    expect(browser.loaded).toEqual(['/cast']);
  });

  test('a new room goes on under its own address, and Back leads to the page before it', () => {
    const browser = new FakeBrowser('/room');
    const router = new Router(browser);
    router.replace({ name: 'listen', code: 'K7M4QX', fragment: null });
    expect([router.route.name, browser.replaced, browser.pushed]).toEqual(['listen', ['/r/K7M4QX'], []]);
  });

  test('back and forward show what the address says', () => {
    const browser = new FakeBrowser('/gallery');
    const router = new Router(browser);
    browser.path = '/';
    router.arrive();
    expect(router.route).toEqual({ name: 'home', text: null });
  });
});
