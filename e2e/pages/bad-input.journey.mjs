// What can go wrong on a person's side: each says what happened and what to do next.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { musicServer } from '../lib/music.mjs';
import {
  asksAddress,
  castsAFile,
  choosesFile,
  PICKS_TONES_TAB,
  playsTonesInATab,
  reaches,
  roomOf,
  sourceCard,
  startsCasting,
  tones,
} from '../lib/people.mjs';
import { freePort } from '../lib/server.mjs';
import { told } from '../lib/told.mjs';

journey('a cancelled picker says that no sound was chosen and keeps the sources', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop', { args: ['--use-fake-ui-for-media-stream=deny'] });
  const page = await startsCasting(laptop, server);
  await sourceCard(page, 'tab').click();
  const notice = await told(page, 'note');
  assert.match(notice.title, /no sound was chosen/i);
  await choosesFile(page, [tones()]);
  await roomOf(page);
});

journey('a tab shared without its sound says which box to tick', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop', { args: [PICKS_TONES_TAB] });
  await laptop.context.addInitScript(untickSound);
  await playsTonesInATab(stage, laptop);
  const page = await startsCasting(laptop, server);
  await sourceCard(page, 'tab').click();
  const notice = await told(page);
  assert.match(notice.title, /no sound/i);
  assert.match(notice.next, /tick/i);
  await reaches(page, 'idle');
});

journey('a file that is no sound says so, and the next one casts', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const page = await startsCasting(laptop, server);
  await choosesFile(page, [{ name: 'letter.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('Dear Ana, the song is still on my desk.') }]);
  const notice = await told(page);
  assert.match(notice.title, /no sound in it/i);
  await choosesFile(page, [tones()]);
  await roomOf(page);
});

journey('each wrong address of a sound has its own answer', async (stage) => {
  const server = await stage.server();
  const music = await musicServer(stage);
  const laptop = await stage.device('laptop');
  laptop.allowHost(new URL(music).host);
  const nobody = `127.0.0.1:${await freePort()}`;
  laptop.allowHost(nobody);
  for (const words of ['CORS', 'ERR_FAILED', 'ERR_CONNECTION_REFUSED']) laptop.allowError(words);
  const page = await startsCasting(laptop, server);
  const answers = [];
  for (const address of [`${music}/page.html`, `${music}/closed.wav`, `http://${nobody}/radio.mp3`]) {
    await asksAddress(page, address);
    answers.push(await told(page, 'alert', answers.at(-1)?.title));
  }
  assert.match(answers[0].title, /no sound in it/i);
  assert.match(answers[1].title, /does not let other pages/i);
  assert.match(answers[2].title, /no sound came/i);
  await asksAddress(page, 'gopher://music');
  await page.getByText('That is not a web address.').waitFor();
  await reaches(page, 'idle');
});

journey('a microphone that is not allowed says where to allow it', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop', { args: ['--use-fake-device-for-media-stream'], permissions: [] });
  const page = await startsCasting(laptop, server);
  await sourceCard(page, 'microphone').click();
  const notice = await told(page);
  assert.match(notice.title, /not allowed/i);
  assert.match(notice.next, /allow it/i);
});

journey('a computer without a microphone says to plug one in', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const page = await startsCasting(laptop, server);
  await sourceCard(page, 'microphone').click();
  const notice = await told(page);
  assert.match(notice.title, /no microphone/i);
  assert.match(notice.next, /plug one in/i);
});

journey('a camera that is not allowed leaves the code to be typed', async (stage) => {
  const server = await stage.server();
  const phone = await stage.device('phone', { permissions: [] });
  const page = await phone.visit(server.origin);
  await page.getByRole('button', { name: 'Scan a code to listen' }).click();
  const notice = await told(page);
  assert.match(notice.title, /camera/i);
  assert.match(notice.next, /type the room code/i);
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Room code or music link' }).fill('K7M 4QX');
});

journey('a browser that cannot receive live sound says so at once', async (stage) => {
  const server = await stage.server();
  const { link } = await castsAFile(await stage.device('laptop'), server);
  const old = await stage.device('old');
  await old.context.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  const notice = await told(await old.visit(link));
  assert.match(notice.title, /can’t receive live sound/);
  assert.match(notice.next, /current Chrome, Firefox or Safari/);
});

/** In the page: the picker's box for sound stays unticked. */
function untickSound() {
  // Only secure pages have it.
  if (!window.MediaDevices) return;
  const real = MediaDevices.prototype.getDisplayMedia;
  MediaDevices.prototype.getDisplayMedia = function (options) {
    return real.call(this, { ...options, audio: false });
  };
}
