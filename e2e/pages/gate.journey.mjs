// What watches over every journey: a page that asks another host, or keeps what nobody declared, is told by name.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Device } from '../lib/device.mjs';
import { journey } from '../lib/journey.mjs';
import { listening } from '../lib/listening.mjs';

const DOT = '<svg xmlns="http://www.w3.org/2000/svg"/>';

journey('gate: a frame of another host is told, and what is asked from inside it, until a person’s own choice leads there', async (stage) => {
  const other = await pagesOf(stage, { '/frame': () => '<img src="/dot.svg" alt="">' });
  const own = await pagesOf(stage, {
    '/framed': () => `<iframe src="${other}/frame" title="other"></iframe>`,
    '/nested': () => '<iframe src="/framed" title="own"></iframe>',
    '/moved': () => '<iframe src="/away" title="own"></iframe>',
    '/away': () => `<script>location = '${other}/frame';</script>`,
  });
  for (const path of ['/framed', '/nested', '/moved']) {
    const device = await unwatched(stage);
    const page = await device.page();
    const inside = page.waitForResponse(`${other}/dot.svg`);
    await page.goto(own + path);
    await inside;
    const told = await toldBy(device);
    for (const asked of ['/frame', '/dot.svg']) assert.ok(told.includes(`${own}${path} asked ${other}${asked}`), `${path}: ${told}`);
    device.allowHost(new URL(other).host);
    assert.equal(await toldBy(device), '');
  }
  // Where a person goes is no page's wish.
  const device = await unwatched(stage);
  const page = await device.page();
  await page.goto(`${own}/`);
  await page.goto(`${other}/frame`);
  assert.equal(await toldBy(device), '');
});

journey('gate: each kind of storage is told by the name that the inventory does not have, also if it is empty again', async (stage) => {
  const own = await pagesOf(stage, { '/': () => '' });
  const keeps = {
    'local canary-kept': () => localStorage.setItem('canary-kept', 'x'),
    'local canary-assigned': () => void (localStorage['canary-assigned'] = 'x'),
    'session canary-gone': () => {
      sessionStorage.setItem('canary-gone', 'x');
      sessionStorage.clear();
    },
    'indexed-db canary-base': () => new Promise((done) => (indexedDB.open('canary-base', 1).onsuccess = () => done())),
    'cache canary-cache': () => caches.open('canary-cache').then(() => undefined),
    'cached /canary': async () => (await caches.open('unisono-0123456789ab')).put('/canary', new Response('x')),
  };
  for (const [name, keep] of Object.entries(keeps)) {
    const device = await unwatched(stage);
    const page = await device.page();
    await page.goto(own);
    await page.evaluate(keep);
    assert.equal(await toldBy(device), `unwatched: ${own}/ keeps what the inventory does not have: ${name}`);
  }
  const device = await unwatched(stage);
  const page = await device.page();
  await page.goto(own);
  await page.evaluate(async () => {
    localStorage.setItem('unisono.theme', 'dark');
    sessionStorage.setItem('unisono.seat', 'x');
    await (await caches.open('unisono-0123456789ab')).put('/assets/main.js', new Response('x'));
  });
  assert.equal(await toldBy(device), '');
});

journey('gate: a cookie is told, and so is one that a journey allows and the inventory does not have', async (stage) => {
  const own = await pagesOf(stage, { '/': (answer) => (answer.setHeader('set-cookie', 'canary=1'), '') });
  const device = await unwatched(stage);
  const page = await device.page();
  await page.goto(own);
  assert.equal(await toldBy(device), 'unwatched: a cookie named canary');
  device.allowCookie('canary');
  assert.equal(await toldBy(device), 'unwatched: the inventory has no cookie named canary');
});

/** A device whose faults are looked for, so that the journey does not fail by them. */
async function unwatched(stage) {
  const device = await Device.open('unwatched');
  stage.later(() => device.close());
  return device;
}

async function toldBy(device) {
  return device.checkPromises().then(
    () => '',
    (error) => error.message,
  );
}

/** A server with these pages, each drawn when it is asked for, and a picture. Returns its origin. */
async function pagesOf(stage, pages) {
  const server = createServer((request, answer) => {
    const draw = pages[request.url];
    answer.setHeader('content-type', draw ? 'text/html' : 'image/svg+xml');
    answer.end(draw ? `<!doctype html><html lang="en"><title>Page</title>${draw(answer)}` : DOT);
  });
  return listening(stage, server);
}
