// What people do: cast, show the code, join, listen. Presses are counted by the device.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickFile, musicServer, TAB_TITLE, toneFile } from './music.mjs';
import { hearsBothTones } from './sound.mjs';
import { until } from './waits.mjs';

/** Chooses the tab with the two tones in the browser's own picker. */
export const PICKS_TONES_TAB = `--auto-select-tab-capture-source-by-title=${TAB_TITLE}`;

/** Made once for all journeys of this run. */
const FILES = mkdtempSync(join(tmpdir(), 'unisono-e2e-tones-'));
process.on('exit', () => rmSync(FILES, { recursive: true, force: true }));

/** Opens a tab that plays both tones, beside the pages of ours. */
export async function playsTonesInATab(stage, device) {
  const origin = await musicServer(stage);
  const tab = await device.visit(origin);
  await tab.getByRole('button').click();
  await tab.locator('body[data-playing=running]').waitFor();
  return tab;
}

/** From Home to the sources. */
export async function startsCasting(device, server) {
  const page = await device.visit(server.origin);
  await device.press(page.getByRole('link', { name: 'Start casting' }));
  await page.locator('[data-view=cast]').waitFor();
  return page;
}

/** Casts the tones from a file, the quickest source. Returns the cast. */
export async function castsAFile(device, server, options = {}) {
  const page = await startsCasting(device, server);
  await options.before?.(page);
  await choosesFile(page, options.files ?? [tones()]);
  return roomOf(page);
}

/** Longer than any journey waits for sound: a busy machine may need half a minute to connect. */
const TONES_S = 90;

/** A file with both tones on the disk of this machine, as the browser's picker wants it. */
export function tones(name = 'Two tones.wav', seconds = TONES_S) {
  return onDisk(name, seconds, toneFile);
}

/** A file with a click each second. */
export function clickTrack(name, seconds) {
  return onDisk(name, seconds, clickFile);
}

function onDisk(name, seconds, make) {
  const folder = join(FILES, String(seconds));
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, make(seconds));
  }
  return file;
}

/** Presses the card and picks files in the browser's own picker. */
export async function choosesFile(page, files) {
  const [picker] = await Promise.all([page.waitForEvent('filechooser'), sourceCard(page, 'file').click()]);
  await picker.setFiles(files);
}

export function sourceCard(page, kind) {
  return page.locator(`[data-source=${kind}]`).getByRole('button').first();
}

/** Types the address of a sound and presses its button. */
export async function asksAddress(page, address) {
  const field = page.getByRole('textbox', { name: 'Address of the sound' });
  if (!(await field.isVisible())) await sourceCard(page, 'address').click();
  await field.fill(address);
  await page.getByRole('button', { name: /^Load/ }).click();
}

/** Waits for the open room. */
export async function roomOf(page) {
  const view = page.locator('[data-view=cast][data-link]');
  await view.waitFor();
  const link = await view.getAttribute('data-link');
  const code = await page.locator('[data-code]').first().getAttribute('data-code');
  return { page, link, code };
}

/** Opens the link and taps "Listen" once. */
export async function listensByLink(device, link) {
  const page = await device.visit(link);
  await tapsListen(device, page);
  return page;
}

/** Types the code on Home, as somebody heard it said. */
export async function typesCode(device, server, code) {
  const page = await device.visit(server.origin);
  await entersCode(device, page, code);
  return page;
}

export async function entersCode(device, page, code) {
  await page.getByRole('textbox', { name: 'Room code or music link' }).fill(code);
  await device.press(page.getByRole('button', { name: 'Go', exact: true }));
}

export async function tapsListen(device, page) {
  await device.press(page.getByRole('button', { name: 'Listen', exact: true }));
}

/** `K7M4QX` as a person would write it. */
export function spoken(code) {
  return `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
}

/** Waits for a state of the page's own state machine. */
export async function reaches(page, state, patience) {
  const view = page.locator('[data-view][data-state]').first();
  let seen = null;
  await until(
    `the page says ${state}`,
    async () => {
      seen = await view.getAttribute('data-state');
      if (seen === state) return true;
      throw new Error(`it says ${seen}`);
    },
    patience,
  );
}

/** A caster with a file and one listener by link, both hearing. */
export async function aCastThatIsHeard(stage, settings = {}) {
  const server = await stage.server(settings);
  const laptop = await stage.device('laptop');
  const phone = await stage.device('phone');
  const cast = await castsAFile(laptop, server, { files: [tones('Two tones.wav', 150)] });
  const listening = await listensByLink(phone, cast.link);
  await hearsBothTones(listening);
  return { server, laptop, phone, cast, listening };
}
