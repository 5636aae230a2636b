// Every page of ours, for guests and members, in every language: those that the server knows, and what their links lead to.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountServer, hasAccount, member, PASSWORD, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { deezerLink, Services } from '../lib/services.mjs';
import { until } from '../lib/waits.mjs';

const LANGUAGES = [
  { lang: 'en', dir: 'ltr', locale: 'en-GB' },
  { lang: 'ru', dir: 'ltr', locale: 'ru-RU' },
  { lang: 'ar', dir: 'rtl', locale: 'ar-EG' },
];
/** Where people come in: these are pages whatever else becomes none. */
const DOORS = ['/', '/privacy', '/privacy/me', '/account', '/sign-in', '/register', '/reset', '/pricing', '/account/plan', '/rooms', '/support'];
/** Where the tests of the server list every address that it knows. */
const TABLE = new URL('../../crates/testkit/tests/node/pages.rs', import.meta.url);
/** Pages that nobody comes to here, each with its reason. */
const UNSEEN = new Map([
  ['/embed/youtube', 'it stands in a frame of a room, and asks another service there once somebody has allowed that'],
  ['/gallery', 'it shows every part of every page at once, for journeys of their own, and no link leads there'],
]);
/** What answers programs, with no page. */
const FOR_PROGRAMS = /^\/(api|\.well-known)\//;
/** More than there are: whoever finds as many goes round in circles. */
const PAGES_MAX = 60;
/** Of one kind one is looked at. */
const ALIKE = /^\/(r|l|u|f|blog|problems|support)\/[^/]+$/;
/** As a form of a page of ours is sent. */
const FROM_HERE = { 'sec-fetch-site': 'same-origin' };
/** States of an account of which pages speak: how one comes to it, and where it shows by what. */
const STATES = [
  { act: '/privacy/me/restrict', form: { is_on: 'true' }, at: '/privacy/me', shows: 'form[action^="/privacy/me/restrict"] [name=is_on][value=false]' },
  { act: '/privacy/me/leave', form: { when: 'later', word: 'erase' }, at: '/privacy/me', shows: '[data-does=stay]' },
  // A collector of failures is one more who is told of people.
  { settings: { ERRORS__DSN: 'https://0123456789abcdef@errors.example.org/1' }, at: '/privacy', shows: 'aside.policy-notice' },
];
/** Pages that somebody in such a state looks at. */
const PLACES = ['/', '/rooms', '/privacy', '/privacy/me', '/account', '/account/plan', '/support', '/terms'];
const POST = `---
title: Hello
date: 2026-11-20
summary: The first post.
language: en
---
Words with [a link](/rooms).
`;

for (const language of LANGUAGES) {
  // Promises S20, S29, T3
  journey(`crawl: every page that a guest comes to in ${language.lang} is whole, asks nobody else and keeps nothing undeclared`, async (stage) => {
    const { server, doors } = await furnished(stage);
    const device = await stage.device('guest', { context: { locale: language.locale } });
    device.allowError('/account: Failed to load resource: the server responded with a status of 401');
    await crawl(stage, device, server, doors, language);
  });

  // Promises S20, S29
  journey(`crawl: every page that a member comes to in ${language.lang} is whole, asks nobody else and keeps nothing undeclared`, async (stage) => {
    const { server, doors } = await furnished(stage);
    const first = await member(stage, 'first');
    const page = await hasAccount(first, server, 'ana@example.org', { password: PASSWORD });
    const device = await member(stage, 'member', { context: { locale: language.locale } });
    await device.context.addCookies(await page.context().cookies());
    const last = await crawl(stage, device, server, doors, language);
    await last.goto(`${server.origin}/account`);
    // Still signed in, so every page was a member's.
    await standsInAccount(last);
  });

  // Promises S20, S29
  journey(`crawl: pages are whole in ${language.lang} for a member who limits the use, is about to leave and has news of the policy`, async (stage) => {
    const server = await accountServer(stage);
    const first = await member(stage, 'first');
    const page = await hasAccount(first, server, 'ana@example.org', { password: PASSWORD });
    await page.close();
    const device = await member(stage, 'member', { context: { locale: language.locale } });
    await device.context.addCookies(await first.context.cookies());
    const tab = await device.page();
    for (const state of STATES) {
      await comesTo(tab, server, state);
      await tab.goto(server.origin + state.at);
      await tab.locator(state.shows).waitFor({ state: 'attached' });
      assert.deepEqual(await faultsAt(tab, server, PLACES, { lang: language.lang, dir: language.dir }), [], state.shows);
    }
  });
}

/** A server with a blog, a listed room with somebody in it, and the page of a link. */
async function furnished(stage) {
  const services = await Services.start(stage);
  const server = await accountServer(stage, { CONFIG: services.file });
  await mkdir(join(server.folder, 'blog'));
  await writeFile(join(server.folder, 'blog', 'hello.md'), POST);
  const host = await RoomClient.create(server.origin, { key: newKey(), name: 'Ana', title: 'Friday evening' });
  stage.later(() => host.close());
  await host.command({ do: 'configure', change: { is_listed: true, wait_for: 'never' } });
  await until('a page leads to the blog', async () => (await (await fetch(`${server.origin}/contact`)).text()).includes('href="/blog"'));
  const song = await services.songOn('spotify', 'deezer');
  return { server, doors: [`/r/${host.code}`, `/share?text=${deezerLink(song)}`] };
}

/** Puts the account behind a tab, or the server, into a state. */
async function comesTo(tab, server, { act, form, settings }) {
  if (settings) {
    await tab.goto('about:blank');
    await server.stop();
    Object.assign(server.settings, settings);
    await server.start();
    return;
  }
  const answer = await tab.request.post(`${server.origin}${act}?lang=en`, { form, headers: FROM_HERE });
  assert.ok(answer.ok(), `${act}: ${answer.status()}`);
}

async function faultsAt(tab, server, paths, expected) {
  const faults = [];
  for (const path of paths) {
    await tab.goto(server.origin + path, { waitUntil: 'domcontentloaded' });
    await whole(tab, expected).catch((error) => faults.push(`${path}: ${error.message}`));
  }
  return faults;
}

/** A thread of whoever this is with whoever runs the server. */
async function writes(page, server) {
  const form = { topic: 'other', text: 'Hello', contact: 'ben@example.org' };
  const answer = await page.request.post(`${server.origin}/support`, { form, headers: FROM_HERE });
  assert.ok(answer.ok(), `support: ${answer.status()}`);
  return new URL(answer.url()).pathname;
}

/** The addresses that the server knows, as the tests of them list them. */
async function table() {
  const [, list] = (await readFile(TABLE, 'utf8')).match(/const PATHS: \[&str; \d+\] = \[(.*?)\];/s) ?? assert.fail('the table is gone');
  return [...list.matchAll(/"([^"]+)"/g)].map(([, path]) => path);
}

/** Those of them that show whoever this is a page, as they stand there. */
async function pagesOf(page, server, paths) {
  const shown = [];
  for (const path of paths) {
    const answer = await page.request.get(server.origin + path, { headers: { accept: 'text/html' }, maxRedirects: 0 });
    if (answer.ok() && isPage(answer)) shown.push(path);
  }
  return shown;
}

/** Looks at each page once, in the order in which it is found. Returns the tab. */
async function crawl(stage, device, server, doors, { lang, dir }) {
  const page = await device.page();
  const known = (await table()).filter((path) => !FOR_PROGRAMS.test(path));
  for (const path of UNSEEN.keys()) assert.ok(known.includes(path), `${path} is no exception any more`);
  const shown = (await pagesOf(page, server, known)).filter((path) => !UNSEEN.has(path));
  const waiting = [...doors, await writes(page, server), ...DOORS, ...shown].map((door) => new URL(door, server.origin));
  const seen = new Map();
  const looked = new Set();
  const faults = [];
  for (let url = waiting.shift(); url; url = waiting.shift()) {
    if (seen.has(kindOf(url))) continue;
    seen.set(kindOf(url), url);
    assert.ok(seen.size <= PAGES_MAX, `no end: ${[...seen.keys()].join(' ')}`);
    const fault = (words) => faults.push(`${url.pathname}: ${words}`);
    const answer = await page.request.get(url.href);
    // There a server says that it names no source.
    if (!answer.ok() && url.pathname !== '/source') fault(answer.status());
    // A feed or a plain text is no page.
    if (!isPage(answer)) continue;
    await page.goto(url.href, { waitUntil: 'domcontentloaded' });
    const here = new URL(page.url());
    seen.set(kindOf(here), here);
    looked.add(kindOf(url)).add(kindOf(here));
    await whole(page, { lang, dir }).catch((error) => fault(error.message));
    waiting.push(...(await linksOf(page, server.origin)));
  }
  stage.note(`${seen.size} pages: ${[...seen.keys()].sort().join(' ')}`);
  assert.deepEqual(faults, []);
  // Of each kind one was looked at, though it may need something to be there.
  const due = [...shown, ...known.filter((path) => ALIKE.test(path))].map((path) => kindOf({ pathname: path }));
  assert.deepEqual(due.filter((kind) => !looked.has(kind)), [], 'pages of the server that nobody has looked at');
  return page;
}

/** Waits until the page has what each page has. */
async function whole(page, expected) {
  await page.locator('#app[data-live], body:not(:has(#app))').waitFor({ state: 'attached' });
  await until('it has its language, its direction and one heading', async () => {
    const found = await page.evaluate(() => {
      const { lang, dir } = document.documentElement;
      return { lang, dir, headings: document.querySelectorAll('h1').length };
    });
    assert.deepEqual(found, { ...expected, headings: 1 });
    return true;
  });
}

/** Pages of ours that this one leads to, without what only names a language. */
async function linksOf(page, origin) {
  const addresses = await page.locator('a[href]:not([download])').evaluateAll((links) => links.map(({ href }) => href));
  const urls = addresses.map((address) => new URL(address)).filter((url) => url.origin === origin);
  for (const url of urls) {
    url.searchParams.delete('lang');
    url.hash = '';
  }
  return urls;
}

function isPage(answer) {
  return (answer.headers()['content-type'] ?? '').startsWith('text/html');
}

function kindOf({ pathname }) {
  return pathname.replace(ALIKE, '/$1/*');
}
