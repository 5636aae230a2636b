// Other sources, other ways in, other networks, each until the sound is heard.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { between } from '../lib/between.mjs';
import { journey } from '../lib/journey.mjs';
import { musicServer, toneFile } from '../lib/music.mjs';
import { withDefaultRoute } from '../lib/namespace.mjs';
import { asksAddress, castsAFile, choosesFile, listensByLink, reaches, roomOf, sourceCard, startsCasting, tapsListen, tones } from '../lib/people.mjs';
import { qrFilm } from '../lib/qr.mjs';
import { hearsBothTones } from '../lib/sound.mjs';

journey('an audio address that allows it plays in stereo', async (stage) => {
  const server = await stage.server();
  const music = await musicServer(stage);
  const laptop = await stage.device('laptop');
  laptop.allowHost(new URL(music).host);
  const page = await startsCasting(laptop, server);
  await asksAddress(page, `${music}/open.wav`);
  const { link } = await roomOf(page);
  await hearsBothTones(await listensByLink(await stage.device('phone'), link));
});

journey('a line-in plays in stereo, without the filters for speech', async (stage) => {
  const server = await stage.server();
  const file = join(server.folder, 'line-in.wav');
  writeFileSync(file, toneFile(20));
  const args = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`];
  const laptop = await stage.device('laptop', { args });
  const page = await startsCasting(laptop, server);
  await sourceCard(page, 'microphone').click();
  const { link } = await roomOf(page);
  await hearsBothTones(await listensByLink(await stage.device('phone'), link));
});

// Promise S22
journey('the scanner reads the code from a camera and opens the verified room', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server);
  const film = join(server.folder, 'qr.y4m');
  writeFileSync(film, qrFilm(await cast.page.locator('.qr').screenshot()));
  const args = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  const phone = await stage.device('phone', { args, permissions: ['camera', 'microphone'] });
  const page = await phone.visit(server.origin);
  await phone.press(page.getByRole('button', { name: 'Scan a code to listen' }));
  await tapsListen(phone, page);
  await hearsBothTones(page);
  await page.locator('[data-tier=link]').first().waitFor();
});

// Promises S18, S21
journey('a hidden address sends the sound by the relay, says so, and names no other candidate', async (stage) => {
  const server = await stage.server();
  const spoken = [];
  const ear = (message, { from }) => {
    if (from === 'page') spoken.push(message);
    return message;
  };
  const heard = await between(stage, server, { said: ear });
  const cast = await castsAFile(await stage.device('laptop'), heard, {
    before: async (page) => {
      await page.getByText('Password, approval, hidden address').click();
      await page.getByLabel('Hide my network address').check();
    },
  });
  // The listener goes to the server itself, so all that was overheard is the caster's.
  const link = cast.link.replace(heard.origin, server.origin);
  const listening = await listensByLink(await stage.device('phone'), link);
  await hearsBothTones(listening);
  for (const page of [listening, cast.page]) await page.locator('[data-path=relayed]').first().waitFor();
  const named = JSON.stringify(spoken).match(/typ \w+/g) ?? [];
  assert.ok(named.includes('typ relay'));
  assert.deepEqual([...new Set(named)], ['typ relay']);
});

journey('on plain http in a private network listening works, and casting says what needs https', async (stage) => {
  const server = await stage.server({ HOST_NAMES: '["unisono.lan"]' });
  const cast = await castsAFile(await stage.device('laptop'), server);
  stage.later(withDefaultRoute());
  const args = ['--host-resolver-rules=MAP unisono.lan 127.0.0.1'];
  const phone = await stage.device('phone', { args, permissions: [] });
  // Chromium says of every plain page that it ignores this header of ours.
  phone.allowError('Cross-Origin-Opener-Policy header has been ignored');
  const link = cast.link.replace('127.0.0.1', 'unisono.lan');
  const page = await listensByLink(phone, link);
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await hearsBothTones(page);
  await page.getByText('this page came unprotected').waitFor();
  const casting = await phone.visit(`http://unisono.lan:${server.port}/cast`);
  for (const kind of ['tab', 'microphone']) {
    const source = casting.locator(`[data-source=${kind}]`);
    await source.filter({ hasText: /only on a protected page.*https/s }).waitFor();
  }
});

// Promise T9
journey('a listener that reloads and a caster that reloads find each other again', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await listensByLink(phone, cast.link);
  await hearsBothTones(page);
  await page.reload();
  await tapsListen(phone, page);
  await hearsBothTones(page);
  await cast.page.locator('[data-view=cast][data-listeners="1"]').waitFor();
  await reaches(cast.page, 'live');

  const asked = [];
  cast.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await cast.page.reload();
  assert.deepEqual(asked, ['beforeunload'], 'who would silence somebody is asked once');
  await cast.page.getByRole('radio', { name: /Go on casting/ }).check();
  await choosesFile(cast.page, [tones()]);
  assert.equal((await roomOf(cast.page)).link, cast.link, 'the code on the paper still holds');
  await hearsBothTones(page);
});
