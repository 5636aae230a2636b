// Players of others: asked for by name, one press each, and gone when that is taken back.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { countOf, isPlaying, listensHere, opensARoom } from '../lib/rooms.mjs';
import { Services } from '../lib/services.mjs';
import { until } from '../lib/waits.mjs';
import { askedElsewhere, askedOf, Youtube, YOUTUBE_HOSTS } from '../lib/youtube.mjs';

/** Long enough for a page that asks when it should not to have asked. */
const QUIET_MS = 2_000;

// Promises S20, S29, Y41
journey('consent: nobody else is asked before the press, only YouTube after it, and nobody once it is taken back', async (stage) => {
  const { device, server, page } = await roomWithASong(stage);
  await listensHere(device, page);
  const gate = page.locator('[data-gate=youtube]');
  await gate.waitFor();
  await page.waitForTimeout(QUIET_MS);
  assert.deepEqual(askedElsewhere(device, server), [], 'nobody is asked before the press');
  const [load, refuse] = await Promise.all(['embed-load', 'embed-refuse'].map((does) => looksOf(gate.locator(`[data-does=${does}]`))));
  assert.deepEqual(load, refuse, 'yes and no look the same');

  const before = device.presses;
  await device.press(page.locator('[data-does=embed-load]'));
  await page.locator('iframe[data-embed=youtube]').waitFor();
  await isPlaying(page);
  await until('the frame plays', async () => (await page.frameLocator('iframe[data-embed=youtube]').frameLocator('iframe').locator('button').count()) === 1);
  assert.equal(device.presses - before, 1, 'one press a provider');
  const asked = new Set(askedElsewhere(device, server).map((url) => new URL(url).host));
  assert.deepEqual([...asked].sort(), [...YOUTUBE_HOSTS].sort(), 'only YouTube is asked');
  assert.equal(await kept(page), true);
  await until('it is in time', async () => Number(await page.locator('[data-error-ms]').getAttribute('data-error-ms')) > 0, 60_000);
  const error_ms = Number(await page.locator('[data-error-ms]').getAttribute('data-error-ms'));
  assert.ok(error_ms >= 300, 'no finer figure than the player is good for');
  stage.note(`YouTube's player in time within ${error_ms} ms, as the page says`);

  await page.locator('[data-does=embed-withdraw]').click();
  await page.locator('iframe').waitFor({ state: 'detached' });
  await page.locator('[data-gate=youtube][data-answer=withdrawn]').waitFor();
  assert.equal(await kept(page), false);
  const count = askedOf(device).length;
  await page.waitForTimeout(QUIET_MS);
  await page.reload();
  await page.locator('[data-gate=youtube]').waitFor();
  await page.waitForTimeout(QUIET_MS);
  assert.equal(askedOf(device).length, count, 'nobody is asked any more');
  await page.close();
});

journey('consent: a refusal is taken at its word, a yes is kept on the device, and a pause in the player is nobody’s fight', async (stage) => {
  const { device, server, page } = await roomWithASong(stage);
  await listensHere(device, page);
  await page.locator('[data-does=embed-refuse]').click();
  await page.locator('[data-gate=youtube][data-answer=refused]').waitFor();
  assert.deepEqual(askedElsewhere(device, server), []);
  await page.locator('[data-does=embed-again]').click();
  await page.locator('[data-does=embed-load]').click();
  await isPlaying(page);
  // Measured, so it is really heard.
  await page.locator('[data-error-ms]').waitFor();

  const player = page.frameLocator('iframe[data-embed=youtube]').frameLocator('iframe');
  await player.locator('button').click();
  await page.locator('[data-sync=aside]').waitFor();
  await player.locator('button').click();
  await isPlaying(page);

  await page.reload();
  await page.locator('iframe[data-embed=youtube]').waitFor();
  assert.equal(await page.locator('[data-gate]').count(), 0, 'who said yes is not asked again');
});

journey('consent: a video that its owner keeps to YouTube is told as that, with a way out', async (stage) => {
  const { device, page, youtube, song } = await roomWithASong(stage);
  const ids = [...song.ids.youtube, ...(song.ids.youtube_music ?? [])];
  for (const id of ids) youtube.kept.add(id);
  await listensHere(device, page);
  await page.locator('[data-does=embed-load]').click();
  await page.getByText('lets it play only on YouTube itself').waitFor();
  const out = page.getByRole('link', { name: /^Open it on/ });
  const address = await out.getAttribute('href');
  assert.ok(ids.some((id) => address === `https://www.youtube.com/watch?v=${id}`), address);
});

/** One person in a room of their own, with one song that YouTube has. */
async function roomWithASong(stage) {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('youtube');
  const device = await stage.device('host', { autoplay: true });
  const youtube = await Youtube.standsInFor(device);
  const { page } = await opensARoom(device, server);
  const field = page.locator('[data-does=add-field], input[type=text], input[type=search]').first();
  await field.fill(`https://www.youtube.com/watch?v=${song.ids.youtube[0]}`);
  await field.press('Enter');
  await until('the song is in the room', async () => (await countOf(page)) > 0);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  return { device, server, page, youtube, song };
}

function looksOf(button) {
  return button.evaluate((element) => {
    const { backgroundColor, color, borderColor, fontWeight, fontSize, minHeight } = getComputedStyle(element);
    return { backgroundColor, color, borderColor, fontWeight, fontSize, minHeight };
  });
}

function kept(page) {
  return page.evaluate(() => localStorage.getItem('unisono.embeds') !== null);
}
