// Our signalling and our relay as others read them: a peer that was written from docs/signalling.md alone.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { castsAFile } from '../lib/people.mjs';
import { until } from '../lib/waits.mjs';
import { Translation } from '../networks/internet.mjs';
import { openScene } from '../networks/scene.mjs';
import { assertBothTones, Peer } from './peer.mjs';

// Promises T3, T9
journey('an independent peer joins by the documented signalling, proves the link and records both tones', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const { page, link } = await castsAFile(laptop, server);
  const peer = new Peer(stage, link);
  const heard = await peer.report();

  assertBothTones(heard);
  assert.equal(heard.caster_proof, true, 'the caster has the secret of its own link');
  assert.equal(heard.caster_nonce, true, 'the caster opens the nonce that it committed to');
  assert.deepEqual(heard.now, { t: 'now', title: 'Two tones', paused: false, kind: 'file' });

  const row = page.locator('[data-member]');
  await row.filter({ hasText: 'aiortc' }).waitFor();
  assert.equal(await row.getAttribute('data-tier'), 'link', 'the caster holds it for verified');
  await peer.leave();
  await row.waitFor({ state: 'detached' });
});

journey('an independent peer in a home without a direct path records both tones through the relay', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_DEPENDENT, homes: ['laptop'] });
  const { link } = await castsAFile(scene.laptop, scene.server);
  const peer = new Peer(stage, link, scene.internet.homes.phone.device);
  assertBothTones(await peer.report());
  const packets = () => scene.server.metrics().then((metrics) => metrics.get('unisono_relay_packets'));
  const before = await packets();
  await until('the relay passes on more', async () => (await packets()) > before);
  await peer.leave();
});
