// A room without a pointer.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { comesIn, isInside, opensARoom, order, roomIs, titles } from '../lib/rooms.mjs';
import { noteAnnouncements } from '../lib/told.mjs';
import { until } from '../lib/waits.mjs';

const TABS_MAX = 80;
const MODE = 'What plays next';

// Promise T9
journey('a room is opened, filled, ordered, steered, chatted in and left by keyboard alone, and focus is never lost', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('laptop');
  await device.context.addInitScript(countPointer);
  const page = await device.visit(server.origin);
  await act(page, 'Start a room');
  await isInside(page);
  const said = await noteAnnouncements(page);
  // A person hears one thing after the other; who is quicker than the status region misses the oldest.
  const hears = (words) => until(`"${words}" is announced`, async () => (await said()).some((line) => line.startsWith(words)));

  await act(page, 'A demo loop');
  for (const name of ['Tide', 'Lantern', 'Metronome']) {
    await act(page, name);
    await until(`${name} is in the queue`, async () => (await titles(page)).includes(name));
    await focusIsKept(page, `adding ${name}`);
  }
  await act(page, 'Settings of the room');
  await tabTo(page, MODE);
  await page.keyboard.type('In the order');
  await until('the order is free', async () => (await page.getByLabel(MODE).inputValue()) === 'fifo');
  await page.keyboard.press('Escape');
  await focusIs(page, 'Settings of the room');

  const [first, second, third] = await order(page);
  await act(page, 'More for Lantern');
  await act(page, 'Move up');
  await until('it moved', async () => (await order(page))[0] === second);
  await focusIsKept(page, 'moving up');
  await hears('Moved up: ');
  assert.deepEqual(await order(page), [second, first, third]);
  await act(page, 'More for Metronome');
  await act(page, 'Remove');
  await until('it is gone', async () => (await order(page)).length === 2);
  await focusIsKept(page, 'removing');
  await hears('Removed: ');
  await act(page, 'Undo');
  await until('it is back', async () => (await order(page)).length === 3);
  await focusIsKept(page, 'undoing');
  await hears('Undone.');

  await act(page, 'Vote for Tide');
  await page.locator(`[data-row="${first}"] [data-does=vote][aria-pressed=true]`).waitFor();
  await focusIsKept(page, 'voting');
  await hears('You voted for ');
  await act(page, 'Listen');
  await page.locator('[data-wanted=true]').waitFor();
  await focusIsKept(page, 'listening');
  await act(page, 'Play');
  await page.locator('[data-sync=playing]').waitFor();
  await focusIsKept(page, 'playing');
  await act(page, 'Skip');
  await until('the next one is on', async () => (await titles(page))[0] === 'Tide');
  await focusIsKept(page, 'skipping');

  await tabTo(page, 'Your message');
  await page.keyboard.type('Hello, everybody');
  await page.keyboard.press('Enter');
  await page.locator('[data-line] .said', { hasText: 'Hello, everybody' }).waitFor();
  await focusIsKept(page, 'chatting');
  await act(page, 'Heart');
  await page.locator('.shown .one').first().waitFor();
  await focusIsKept(page, 'reacting');

  const lines = await until('all is announced', async () => {
    const all = await said();
    return ['Moved up: ', 'Removed: ', 'Undone.', 'You voted for '].every((words) => all.some((line) => line.startsWith(words))) && all;
  });
  stage.note(`announced: ${lines.map(plain).join(' / ')}`);
  for (const words of ['Moved up: ', 'Removed: ', 'Undone.', 'You voted for ']) {
    assert.equal(lines.filter((line) => line.startsWith(words)).length, 1, `"${words}" once in ${lines.join(' / ')}`);
  }

  await act(page, 'Leave the room');
  await roomIs(page, 'gone');
  await focusIs(page, 'You have left the room.');
  assert.equal(await page.evaluate(() => window.pointerEvents), 0, 'no pointer was used');
});

journey('rows that others move or take away never take the focus of whoever is there', async (stage) => {
  const server = await stage.server();
  const { page, link } = await opensARoom(await stage.device('host'), server);
  await page.locator('[data-does=demos]').click();
  for (const name of ['tide', 'lantern', 'clockwork']) {
    await page.locator(`[data-does=demo-${name}]:enabled`).click();
    await page.locator(`[data-row] .title`, { hasText: new RegExp(name, 'i') }).waitFor();
  }
  const guest = await comesIn(await stage.device('guest'), link);
  await guest.locator('[data-row]').nth(2).waitFor();
  const [first, second] = await order(guest);
  await guest.locator(`[data-row="${second}"] [data-does=vote]`).focus();
  await page.locator(`[data-row="${second}"] [data-does=more]`).click();
  await page.locator(`[data-row="${second}"] [data-does=remove]`).click();
  await until('the row is gone', async () => (await order(guest)).length === 2);
  await focusIsKept(guest, 'a row went away');
  await guest.locator(`[data-row="${first}"] [data-does=vote]`).focus();
  await guest.keyboard.press('Space');
  await until('the vote counts', async () => (await guest.locator(`[data-row="${first}"] [aria-pressed=true]`).count()) === 1);
  await focusIsKept(guest, 'a row moved');
});

/** Goes to the control whose name begins so, and presses it. */
async function act(page, name) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Presses Tab until the control whose name begins so has the focus; the page begins anew after its end. */
async function tabTo(page, name) {
  const seen = [];
  for (let press = 0; press < TABS_MAX; press += 1) {
    const focused = await page.evaluate(nameOfFocused);
    if (focused.startsWith(name)) return;
    seen.push(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(', ')}`);
}

async function focusIs(page, name) {
  await until(`the focus is on ${name}`, async () => {
    const focused = await page.evaluate(nameOfFocused);
    if (focused.startsWith(name)) return true;
    throw new Error(`it is on ${focused}`);
  });
}

/** A frame may pass in which a row is drawn anew; after that the focus is somewhere. */
async function focusIsKept(page, deed) {
  await until(`the focus is somewhere after ${deed}`, () => page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body));
}

/** Without the signs that isolate a name. */
function plain(line) {
  return line.replace(/[\u2066-\u2069\u00A0]/g, '');
}

/** In the page. */
function nameOfFocused() {
  const element = document.activeElement;
  if (!element || element === document.body) return '(nothing)';
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
  return label.replace(/[\u2066-\u2069]/g, '').trim().replace(/\s+/g, ' ');
}

/** In every page, before its own scripts. */
function countPointer() {
  window.pointerEvents = 0;
  addEventListener('pointerdown', () => (window.pointerEvents += 1), true);
}
