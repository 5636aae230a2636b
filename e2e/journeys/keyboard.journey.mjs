// Everything without a pointer.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { reaches, roomOf, tones } from '../lib/people.mjs';
import { hear, hearsBothTones } from '../lib/sound.mjs';
import { until } from '../lib/waits.mjs';

const TABS_MAX = 40;

journey('casting and listening need no pointer, and focus is never lost', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const casting = await laptop.visit(server.origin);
  await tabTo(casting, 'Start casting');
  await casting.keyboard.press('Enter');
  await casting.locator('[data-view=cast]').waitFor();
  // The browser is told to hand the picker over before a key can open it.
  const picking = casting.waitForEvent('filechooser');
  await tabTo(casting, 'Files on this device');
  await casting.keyboard.press('Enter');
  await (await picking).setFiles([tones()]);
  const { code } = await roomOf(casting);
  await focusIsOn(casting, 'Ready. Show this code.');

  const phone = await stage.device('phone');
  const listening = await phone.visit(server.origin);
  await listening.locator('h1').waitFor();
  await listening.keyboard.press('/');
  await listening.keyboard.type(code.toLowerCase());
  await listening.keyboard.press('Enter');
  // A page of a room is a document of its own: who comes there begins at its start.
  await reaches(listening, 'ready');
  await tabTo(listening, 'Listen');
  await listening.keyboard.press('Enter');
  await hearsBothTones(listening);

  await tabTo(casting, 'Stop casting');
  await casting.keyboard.press('Enter');
  await casting.getByRole('dialog', { name: /stop/i }).waitFor();
  await casting.keyboard.press('Escape');
  await focusIsOn(casting, 'Stop casting');
  await hearsBothTones(listening);
});

journey('single keys play, pause and mute, the question mark lists them, and all can be turned off', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const casting = await laptop.visit(`${server.origin}/cast`);
  const [picker] = await Promise.all([casting.waitForEvent('filechooser'), casting.locator('[data-source=file] button').click()]);
  await picker.setFiles([tones()]);
  const { link } = await roomOf(casting);
  const page = await (await stage.device('phone')).visit(link);
  await reaches(page, 'ready');
  await page.keyboard.press('Space');
  await hearsBothTones(page);
  await page.keyboard.press('m');
  await until('it is muted', async () => (await hear(page)) === null);
  await page.keyboard.press('m');
  await hearsBothTones(page);
  await page.keyboard.press('Space');
  await reaches(page, 'ready');

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.waitFor();
  for (const words of ['Play or pause', 'Mute', 'Louder', 'Quieter', 'List the keys']) await list.getByText(words, { exact: true }).waitFor();
  await list.getByLabel('Single keys do something on this site').uncheck();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.locator('h1').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('?');
  await page.keyboard.press('Tab');
  assert.equal(await list.isVisible(), false);
  await reaches(page, 'ready');
});

/** Presses Tab until the control whose name begins so has the focus. */
async function tabTo(page, name) {
  const seen = [];
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(nameOfFocused);
    if (focused.startsWith(name)) return;
    seen.push(focused);
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(', ')}`);
}

async function focusIsOn(page, name) {
  let focused = null;
  await until(`the focus is on ${name}`, async () => {
    focused = await page.evaluate(nameOfFocused);
    if (focused === name) return true;
    throw new Error(`it is on ${focused}`);
  });
}

function nameOfFocused() {
  const element = document.activeElement;
  if (!element || element === document.body) return '(nothing)';
  return (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
}
