// Homes that no direct path leads to: the embedded relay carries the sound.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { Translation } from './internet.mjs';
import { bothSay, isHeard, openScene, pathOf } from './scene.mjs';

journey('homes without a direct path hear each other through the relay by UDP, on pages that came by https', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_DEPENDENT, tls: true });
  const pages = await isHeard(scene);
  assert.ok(await pages.casting.evaluate(() => isSecureContext));
  await bothSay(pages, 'relayed');
  const paths = await Promise.all([pathOf(pages.casting), pathOf(pages.listening)]);
  const relays = paths.filter(({ local }) => local === 'relay').map(({ relayProtocol }) => relayProtocol);
  assert.ok(relays.length > 0 && relays.every((protocol) => protocol === 'udp'), JSON.stringify(paths));
});

journey('homes whose routers drop UDP hear each other through the relay by TCP', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_DEPENDENT });
  scene.internet.dropUdp();
  const pages = await isHeard(scene);
  await bothSay(pages, 'relayed');
  const paths = await Promise.all([pathOf(pages.casting), pathOf(pages.listening)]);
  const wanted = { local: 'relay', relayProtocol: 'tcp', remote: 'relay' };
  assert.deepEqual(paths, [wanted, wanted]);
});

// The control for both: the same homes with friendlier routers need no relay.
journey('homes whose routers keep a port for everybody hear each other directly', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_INDEPENDENT });
  const pages = await isHeard(scene);
  await bothSay(pages, 'direct');
  for (const page of [pages.casting, pages.listening]) {
    const { local, remote } = await pathOf(page);
    assert.ok(local !== 'relay' && remote !== 'relay', `${local} to ${remote}`);
  }
  const metrics = await scene.server.metrics();
  assert.ok(metrics.get('unisono_relay_bindings') > 0, 'both asked the server for their address');
});
