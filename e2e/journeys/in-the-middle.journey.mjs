// A server that lies: it is refused where a link was used, and visible where a code was typed.
import assert from 'node:assert/strict';
import { attacker } from '../lib/attacker.mjs';
import { between } from '../lib/between.mjs';
import { journey } from '../lib/journey.mjs';
import { musicServer } from '../lib/music.mjs';
import { castsAFile, listensByLink, reaches, spoken, tapsListen, typesCode } from '../lib/people.mjs';
import { hear, hearsBothTones } from '../lib/sound.mjs';
import { told } from '../lib/told.mjs';

const OTHER_FINGERPRINT = Array.from({ length: 32 }, (_, at) => (at * 7 + 1).toString(16).padStart(2, '0').toUpperCase()).join(':');

// Promise S3
journey('who came by the link refuses a server that swaps fingerprints, before any connection', async (stage) => {
  const server = await stage.server();
  const liar = await between(stage, server, { said: swapFingerprints });
  const cast = await castsAFile(await stage.device('laptop'), liar);
  const phone = await stage.device('phone');
  await phone.context.addInitScript(noteConnections);
  const page = await phone.visit(cast.link);
  await reaches(page, 'refused');
  const notice = await told(page);
  const connected = await page.evaluate(() => window.connections.map((one) => one.connectionState));
  assert.ok(!connected.includes('connected'), `connections: ${connected}`);
  assert.equal(await hear(page), null);
  stage.note(`told: ${notice.title}`);
});

// Promise S3
journey('a man in the middle makes the four words differ, and saying so ends the sound', async (stage) => {
  const server = await stage.server();
  const bystander = await stage.device('attacker', { autoplay: true });
  const middle = await bystander.visit(`${await musicServer(stage)}/empty`);
  const liar = await between(stage, server, await attacker(middle));
  const cast = await castsAFile(await stage.device('laptop'), liar);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, liar, spoken(cast.code));
  await tapsListen(phone, page);
  await hearsBothTones(page);
  assert.deepEqual(await middle.evaluate(() => window.states()), ['connected', 'connected'], 'it really listens in');
  const [shown, heard] = [await words(cast.page), await words(page)];
  assert.notEqual(shown, heard);
  await page.getByRole('button', { name: /differ/i }).click();
  await reaches(page, 'refused');
  assert.equal(await hear(page), null, 'no sound any more');
  await cast.page.locator('[data-tier=differ]').or(cast.page.locator('[data-view=cast][data-listeners="0"]')).first().waitFor();
  stage.note(`${shown} at the caster, ${heard} at the listener`);
});

// Promise S3
journey('a man in the middle is refused by who came by the link', async (stage) => {
  const server = await stage.server();
  const bystander = await stage.device('attacker', { autoplay: true });
  const middle = await bystander.visit(`${await musicServer(stage)}/empty`);
  const liar = await between(stage, server, await attacker(middle));
  const cast = await castsAFile(await stage.device('laptop'), liar);
  const page = await (await stage.device('phone')).visit(cast.link);
  await reaches(page, 'refused');
  assert.notEqual((await middle.evaluate(() => window.states()))[1], 'connected');
});

journey('honest screens show the same four words, and both badges follow when both agree', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(cast.code));
  await tapsListen(phone, page);
  await hearsBothTones(page);
  assert.equal(await words(cast.page), await words(page));
  await page.getByRole('button', { name: /match/i }).click();
  await cast.page.getByRole('button', { name: /match/i }).click();
  for (const one of [page, cast.page]) await one.locator('[data-tier=matched]').first().waitFor();
});

journey('who came by the link is verified on both screens without doing anything', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server);
  const page = await listensByLink(await stage.device('phone'), cast.link);
  for (const one of [page, cast.page]) await one.locator('[data-tier=link]').first().waitFor();
});

function swapFingerprints(message) {
  if (message.kind !== 'offer' && message.kind !== 'answer') return message;
  return { ...message, sdp: message.sdp.replace(/(a=fingerprint:sha-256 )[0-9A-F:]+/gi, `$1${OTHER_FINGERPRINT}`) };
}

/** The four words as a person reads them. */
async function words(page) {
  const text = await page.locator('.four').innerText();
  const found = text.match(/\p{L}+/gu) ?? [];
  assert.equal(found.length, 4, text);
  return found.join(' ');
}

/** In the page: remembers every connection that it makes. */
function noteConnections() {
  window.connections = [];
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given);
      window.connections.push(this);
    }
  };
}
