// How the pages of links look, and how they are used without a pointer.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { everyServiceAnswered, fieldOf, linkPage } from '../lib/link-people.mjs';
import { EVERY_PICTURE, faultsOf, OTHER_LANGUAGE, TWO_PICTURES } from '../lib/look.mjs';
import { deezerLink, PLAYLIST, Services, spotifyLink } from '../lib/services.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const TABS_MAX = 60;

journey('the page of a link, a playlist and a refusal look right everywhere and in every language', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer', 'apple_music');
  const device = await stage.device('device', { context: { serviceWorkers: 'block' } });
  device.allowError('422');
  const page = await device.page();
  const shared = (text, language = 'en') => `${server.origin}/share?lang=${language}&text=${encodeURIComponent(text)}`;
  const faults = [];
  const look = async (name, address, pictures) => {
    await page.goto(address);
    await page.locator('h1').waitFor();
    if (await page.locator('#link').count()) await everyServiceAnswered(page);
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  };
  await look('link', shared(spotifyLink(song)), EVERY_PICTURE);
  await look('link-ar', shared(spotifyLink(song), 'ar'), TWO_PICTURES);
  await look('link-ru', shared(spotifyLink(song), 'ru'), OTHER_LANGUAGE);
  await look('link-pseudo', shared(spotifyLink(song), 'en-XA'), OTHER_LANGUAGE);
  await look('link-playlist', shared(PLAYLIST), TWO_PICTURES);
  await look('link-refused', shared('https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk'), TWO_PICTURES);
  await look('link-refused-ar', shared('https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk', 'ar'), OTHER_LANGUAGE);
  const arabic = (await services.songs()).find(({ artist, ids }) => /\p{Script=Arabic}/u.test(artist) && ids.deezer);
  await look('link-arabic-piece', shared(deezerLink(arabic)), TWO_PICTURES);
  assert.deepEqual(faults, []);
});

journey('a link is found, opened and passed on without a pointer', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer');
  const laptop = await stage.device('laptop', { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await laptop.visit(server.origin);
  await page.keyboard.press('/');
  assert.equal(await fieldOf(page).evaluate((field) => field === document.activeElement), true);
  await page.keyboard.insertText(spotifyLink(song));
  await page.keyboard.press('Enter');
  await linkPage(page);
  await everyServiceAnswered(page);
  await tabTo(page, 'a.open');
  await tabTo(page, '[data-copies]');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.locator('[data-copies]').evaluate((button) => button === document.activeElement), true, 'the focus stays');
});

/** Presses Tab until something that `selector` names has the focus. */
async function tabTo(page, selector) {
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never came to ${selector}`);
}
