// Everything that a link of ours leads to, for guests and members, in every language.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
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
/** Where people come in; the rest is found by links. */
const DOORS = ['/', '/privacy', '/privacy/me', '/account', '/sign-in', '/register', '/reset', '/pricing', '/account/plan', '/rooms', '/support'];
/** More than there are: whoever finds as many goes round in circles. */
const PAGES_MAX = 60;
/** Of one kind one is looked at. */
const ALIKE = /^\/(r|l|u|f|blog|problems|support)\/[^/]+$/;
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
  return { server, doors: [...DOORS, `/share?text=${deezerLink(song)}`] };
}

/** Looks at each page once, in the order in which it is found. Returns the tab. */
async function crawl(stage, device, server, doors, { lang, dir }) {
  const page = await device.page();
  const waiting = doors.map((door) => new URL(door, server.origin));
  const seen = new Map();
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
    if (!answer.headers()['content-type'].startsWith('text/html')) continue;
    await page.goto(url.href, { waitUntil: 'domcontentloaded' });
    const here = new URL(page.url());
    seen.set(kindOf(here), here);
    await whole(page, { lang, dir }).catch((error) => fault(error.message));
    waiting.push(...(await linksOf(page, server.origin)));
  }
  stage.note(`${seen.size} pages: ${[...seen.keys()].sort().join(' ')}`);
  assert.deepEqual(faults, []);
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

function kindOf({ pathname }) {
  return pathname.replace(ALIKE, '/$1/*');
}
