// A room goes on when networks and servers do not.
import assert from 'node:assert/strict';
import { clicksBetween, hearsClicks, noteClicksOf, playedOn, spreads, toldSpread, WITH_AN_EAR } from '../lib/clicks.mjs';
import { journey } from '../lib/journey.mjs';
import { partition } from '../lib/namespace.mjs';
import { addsLoops, comesIn, current, isPlaying, listensHere, opensARoom, plays, runsTheRoom, sameOrder } from '../lib/rooms.mjs';
import { noteAnnouncements } from '../lib/told.mjs';
import { pause, until } from '../lib/waits.mjs';

const OUTAGE_MS = 10_000;
const WITHOUT_SERVER_MS = 5000;
/** After a start a device needs so long to find its place. */
const SETTLED_MS = 5000;
const FEW_CLICKS = 6;
const MANY_CLICKS = 12;
/** Clicks that are heard from when the network is back until a page has the room again: the goal is 5, and a busy machine may need more. */
const ALONE_CLICKS_MAX = 10;
/** The pages learn the clock of a server that has just begun, beside which nothing else of this machine is at rest either. */
const SPREAD_MS_MAX = 60;

journey('the music of a room goes on through ten seconds without a network, and both changes are announced', async (stage) => {
  const { server, pages, people } = await twoWhoListen(stage);
  const said = await Promise.all(pages.map(noteAnnouncements));
  await hearsClicks(pages[0], FEW_CLICKS);
  const from = Date.now();
  const cut = partition(`tcp dport ${server.port}`, `tcp sport ${server.port}`);
  try {
    await Promise.all([pause(OUTAGE_MS), ...pages.map((page) => isAlone(page, true, OUTAGE_MS + 20_000))]);
  } finally {
    cut.heal();
  }
  await backInTime(stage, pages, 'the network');
  await hearsClicks(pages[0], FEW_CLICKS);
  const to = Date.now();
  for (const page of pages) {
    await playedOn(page, from, to, FEW_CLICKS);
    await isPlaying(page);
    await isSame(page);
  }
  for (const lines of said) {
    const heard = await until('both changes are announced', async () => {
      const all = await lines();
      return all.some((line) => /can’t be reached/.test(line)) && all.some((line) => /is back/.test(line)) && all;
    });
    for (const words of [/can’t be reached/, /is back/]) assert.equal(heard.filter((line) => words.test(line)).length, 1, heard.join(' / '));
  }
  await addsLoops(people[1].page, 'lantern');
  await sameOrder(pages);
});

journey('a room outlives its killed server: the same item goes on, in time, and no page reloads', async (stage) => {
  const { server, pages, people } = await twoWhoListen(stage);
  for (const { device } of people) device.allowError('ERR_CONNECTION_REFUSED');
  const item = await current(pages[0]);
  const before = await sameOrder(pages);
  await hearsClicks(pages[0], FEW_CLICKS);
  const from = Date.now();
  await server.kill();
  await Promise.all([pause(WITHOUT_SERVER_MS), ...pages.map((page) => isAlone(page, true))]);
  await server.start();
  await backInTime(stage, pages, 'the server');
  for (const page of pages) await isPlaying(page);
  const back = Date.now();
  await hearsClicks(pages[0], MANY_CLICKS);
  const to = Date.now();
  assert.equal(await current(pages[0]), item, 'the same item is on');
  assert.deepEqual(await sameOrder(pages), before);
  for (const page of pages) {
    await playedOn(page, from, to, MANY_CLICKS);
    await isSame(page);
  }
  await toldSpread(stage, 'after the server came back', await spreads(pages, back + SETTLED_MS, to), SPREAD_MS_MAX);
});

async function isAlone(page, isAlone, patience) {
  await page.locator(`[data-view=room][data-alone=${isAlone}]`).waitFor({ timeout: patience });
}

/** From now on `what` is back, and so are the pages before many clicks are heard. */
async function backInTime(stage, pages, what) {
  const from = Date.now();
  const alone = await Promise.all(
    pages.map(async (page) => {
      await isAlone(page, false);
      return clicksBetween(page, from, Date.now());
    }),
  );
  stage.note(`with the room again ${((Date.now() - from) / 1000).toFixed(1)} s after ${what} (goal 5 s), which are ${alone.join(' and ')} clicks`);
  assert.ok(Math.max(...alone) <= ALONE_CLICKS_MAX, `${alone.join(' and ')} clicks`);
}

/** It was not loaded anew since. */
async function isSame(page) {
  assert.equal(await page.evaluate(() => window.isSamePage), true, 'nobody reloaded');
}

/** A host and a guest hear a track of clicks that does not end. */
async function twoWhoListen(stage) {
  const server = await stage.server();
  const devices = await Promise.all(['host', 'guest'].map((name) => stage.device(name, WITH_AN_EAR)));
  for (const device of devices) await noteClicksOf(device);
  const { page, link } = await opensARoom(devices[0], server);
  const pages = [page, await comesIn(devices[1], link)];
  await addsLoops(page, 'metronome', 'tide');
  await runsTheRoom(page, (menu) => menu.getByLabel('At the end').selectOption('one'));
  for (const [at, device] of devices.entries()) await listensHere(device, pages[at]);
  await plays(page, pages);
  for (const one of pages) await one.evaluate(() => (window.isSamePage = true));
  return { server, pages, people: devices.map((device, at) => ({ device, page: pages[at] })) };
}
