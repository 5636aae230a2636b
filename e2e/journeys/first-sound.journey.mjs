// From Home to sound on another device: the main job of all this.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { PHONE } from '../lib/device.mjs';
import {
  castsAFile,
  listensByLink,
  PICKS_TONES_TAB,
  playsTonesInATab,
  reaches,
  roomOf,
  sourceCard,
  startsCasting,
  tapsListen,
} from '../lib/people.mjs';
import { readQr } from '../lib/qr.mjs';
import { hearsBothTones } from '../lib/sound.mjs';

const PRESSES_MAX = 3;

// Promises S20, S22, S23, S29, T3, T9, Y11
journey('a tab plays in stereo on a phone that read the QR code, after three presses', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop', { args: [PICKS_TONES_TAB] });
  const phone = await stage.device('phone', { context: { viewport: PHONE, hasTouch: true, isMobile: true } });
  await playsTonesInATab(stage, laptop);

  const begun = performance.now();
  const page = await startsCasting(laptop, server);
  await laptop.press(sourceCard(page, 'tab'));
  const { link } = await roomOf(page);
  const read = readQr(await page.locator('.qr').screenshot());
  assert.equal(read, link, 'the QR code holds the link');
  assert.match(new URL(read).hash, /^#[\w-]{64}$/, 'with secret and fingerprint, which no server gets');
  const listening = await phone.visit(read);
  await tapsListen(phone, listening);
  await hearsBothTones(listening);

  const seconds = (performance.now() - begun) / 1000;
  const presses = laptop.presses + phone.presses;
  assert.ok(presses <= PRESSES_MAX, `${presses} presses`);
  stage.note(`${presses} presses, ${seconds.toFixed(1)} s from Home to sound on the other device`);
  assert.ok(!sentAnywhere(phone, new URL(link).hash.slice(1)), 'the fragment stays in the browser');
});

// Promises S3, T9
journey('a file plays in stereo on three devices at once', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const { page, link } = await castsAFile(laptop, server);
  for (const name of ['phone', 'tablet', 'kitchen']) {
    const device = await stage.device(name);
    await listensByLink(device, link);
  }
  for (const device of stage.devices.slice(1)) await hearsBothTones(device.context.pages()[0]);
  await page.locator('[data-view=cast][data-listeners="3"]').waitFor();
  await reaches(page, 'live');
});

/** Whether any request carried these words to a server. */
function sentAnywhere(device, words) {
  return device.requests.some(({ url }) => url.split('#')[0].includes(words));
}
