// What people do in a room with a queue: open it, come in, add, vote, say something.
import assert from 'node:assert/strict';
import { until } from './waits.mjs';

/** What Home calls opening a room. */
const START = 'Start a room';
const MENU = 'Settings of the room';

/** From Home into a room of one's own. Returns what others need to come in. */
export async function opensARoom(device, server) {
  const page = await device.visit(server.origin);
  await device.press(page.getByRole('link', { name: START }).first());
  await isInside(page);
  const code = await page.locator('[data-code]').first().getAttribute('data-code');
  return { page, code, link: `${server.origin}/r/${code}` };
}

/** By the link, which is all that a guest needs. */
export async function comesIn(device, link) {
  const page = await device.visit(link);
  await isInside(page);
  return page;
}

export async function isInside(page) {
  await page.locator('[data-view=room][data-state=inside] [data-code]').first().waitFor();
}

/** Waits for a state of the room page. */
export async function roomIs(page, state) {
  await page.locator(`[data-view=room][data-state=${state}]`).waitFor();
}

/** Presses "Listen" on the room page: from now on this device plays what the room plays. */
export async function listensHere(device, page) {
  await device.press(page.locator('[data-does=listen]'));
  await page.locator('[data-view=room][data-wanted=true]').waitFor();
}

/** Presses "Play", and waits until all `pages` play. */
export async function plays(page, pages = [page]) {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  for (const one of pages) await isPlaying(one);
}

/** Waits until this device plays, as it says itself. */
export async function isPlaying(page) {
  await page.locator('[data-sync=playing]').waitFor();
}

/** Adds demo loops, one press each. */
export async function addsLoops(page, ...names) {
  const opener = page.locator('[data-does=demos]');
  for (const name of names) {
    if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
    const before = await countOf(page);
    await page.locator(`[data-does=demo-${name}]:enabled`).click();
    await until(`${name} is in the room`, async () => (await countOf(page)) > before);
  }
}

/** Adds files of this device by the browser's own picker. */
export async function addsFiles(page, files) {
  const wanted = (await countOf(page)) + files.length;
  const [picker] = await Promise.all([page.waitForEvent('filechooser'), page.locator('[data-does=file]').click()]);
  await picker.setFiles(files);
  await until('the files are in the room', async () => (await countOf(page)) === wanted);
}

/** What is on and what follows, together. */
export async function countOf(page) {
  const [on, queue] = await Promise.all([current(page), order(page)]);
  return queue.length + (on === null ? 0 : 1);
}

/** The item that is on, or null. */
export function current(page) {
  return page.locator('section.stage').getAttribute('data-item');
}

/** What follows, by id. */
export function order(page) {
  return page.locator('[data-row]').evaluateAll((rows) => rows.map((row) => row.dataset.row));
}

/** What is on and what follows, by title. */
export function titles(page) {
  return page.evaluate(() => [...document.querySelectorAll('section.stage h2, [data-row] .title')].map((one) => one.textContent));
}

/** Waits until all pages show one order, and returns it: what is on, then what follows. */
export async function sameOrder(pages) {
  return until('all pages show one order', async () => {
    const [first, ...others] = await Promise.all(pages.map(async (page) => [await current(page), ...(await order(page))]));
    for (const other of others) assert.deepEqual(other, first);
    return first;
  });
}

/** Votes for an item, or takes the vote back. */
export async function votes(page, item) {
  await page.locator(`[data-row="${item}"] [data-does=vote]`).click();
}

/** The number of votes that an item shows in `page`. */
export async function votesOf(page, item) {
  return Number(await page.locator(`[data-row="${item}"] [data-does=vote]`).innerText());
}

/** Opens the part `tab` of the page: chat, people, vibe, or queue on a phone. */
export async function opens(page, tab) {
  await page.locator(`[data-tab=${tab}]`).click();
}

export async function says(page, text) {
  await opens(page, 'chat');
  await page.getByLabel('Your message').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await until('the line is sent', async () => (await page.getByLabel('Your message').inputValue()) === '');
}

/** Takes a name, which everybody in the room then sees. */
export async function isCalled(page, name) {
  await opens(page, 'people');
  await page.getByLabel('Your name here').fill(name);
  await page.getByRole('button', { name: 'Use it' }).click();
}

/** This page's own row among the people. */
export async function ownId(page) {
  await opens(page, 'people');
  return page.locator('[data-person]', { hasText: '(you)' }).getAttribute('data-person');
}

/** Opens what the host may change about somebody, and returns that row. */
export async function changes(page, person) {
  await opens(page, 'people');
  const row = page.locator(`[data-person=${person}]`);
  const isOpen = await row.locator('details').evaluate((details) => details.open);
  if (!isOpen) await row.locator('summary').click();
  return row;
}

/** Opens the host's menu, does `work` with it, and closes it. */
export async function runsTheRoom(page, work) {
  await page.getByRole('button', { name: MENU }).click();
  const menu = page.getByRole('dialog', { name: MENU });
  await menu.waitFor();
  const outcome = await work(menu);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  return outcome;
}
