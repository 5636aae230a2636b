// The pictures of the README: the real pages with real sound, and the same code, colour and address each time.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { between } from './between.mjs';
import { PHONE } from './device.mjs';
import { journey } from './journey.mjs';
import { everyServiceAnswered, linkPage } from './link-people.mjs';
import { castsAFile, listensByLink, tones } from './people.mjs';
import { deezerLink, Services } from './services.mjs';
import { hearsBothTones } from './sound.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const DESK = { width: 1200, height: 780 };
const CODE = 'K7M4QX';
const HUE = 1;
/** An address as a laptop at home has it. */
const HOST = '192.168.1.20:8080';

journey('the pictures of the README are taken from the real pages', async (stage) => {
  mkdirSync(FOLDER, { recursive: true });
  const server = await stage.server();
  const front = await between(stage, server, { said: sameRoomEachTime() });
  const laptop = await stage.device('laptop', { context: { viewport: DESK, colorScheme: 'light' } });
  const home = await laptop.visit(front.origin);
  await home.getByRole('link', { name: 'Start casting' }).waitFor();
  await take(home, 'home');

  const cast = await castsAFile(laptop, front, { files: [tones('Evening radio.wav', 90)] });
  const phone = await stage.device('phone', { context: { viewport: PHONE, hasTouch: true, isMobile: true, userAgent: PHONE_AGENT } });
  const listening = await listensByLink(phone, cast.link.replace(HOST, new URL(front.origin).host));
  await hearsBothTones(listening);
  for (const page of [cast.page, listening]) await page.locator('[data-path=direct]').first().waitFor();
  await take(cast.page, 'cast');
  await take(listening, 'listen');
});

journey('the picture of a link is taken from the real page', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('deezer', 'spotify', 'apple_music');
  const laptop = await stage.device('laptop', { context: { viewport: DESK, colorScheme: 'light' } });
  const page = await laptop.visit(`${server.origin}/share?text=${encodeURIComponent(deezerLink(song))}`);
  await linkPage(page);
  await everyServiceAnswered(page);
  await take(page, 'link');
});

/** So that the cast calls it a phone. */
const PHONE_AGENT = 'Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36';

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Gives the one room of this run its code, colour and address, in both directions. */
function sameRoomEachTime() {
  let real = null;
  return (message, { from }) => {
    const room = message.welcome?.room;
    if (room) {
      real ??= room.code;
      Object.assign(room, { code: CODE, hue: HUE, link: `http://${HOST}/r/${CODE}` });
    }
    return from === 'page' && real !== null && message.code === CODE ? { ...message, code: real } : message;
  };
}
