// Sound of other hosts in a room: asked for by name, one press each, and gone when that is taken back.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { toneFile } from '../lib/music.mjs';
import { comesIn, countOf, isPlaying, listensHere, opensARoom } from '../lib/rooms.mjs';
import { until } from '../lib/waits.mjs';
import { askedElsewhere } from '../lib/youtube.mjs';

const HOST = 'sound.example';
const ADDRESS = `https://${HOST}/evening.wav`;
/** Long enough for a page that asks when it should not to have asked. */
const QUIET_MS = 2_000;
const LENGTH_S = 120;

// Promises S20, Y41
journey('address: who adds it hears it, others are asked first by the name of the host, and may take it back', async (stage) => {
  const server = await stage.server();
  const ana = await stage.device('ana', { autoplay: true });
  const ben = await stage.device('ben', { autoplay: true });
  for (const device of [ana, ben]) await standsIn(device);
  const { page: host, link } = await opensARoom(ana, server);
  const guest = await comesIn(ben, link);
  await listensHere(ana, host);
  await listensHere(ben, guest);

  await host.getByLabel('Add songs').last().fill(ADDRESS);
  await host.getByLabel('Add songs').last().press('Enter');
  await until('the address is in the room', async () => (await countOf(host)) === 1);
  await host.getByRole('button', { name: 'Play', exact: true }).click();
  await isPlaying(host);
  assert.deepEqual(hostsOf(ana, server), [HOST], 'who added it has named the host');

  await guest.locator(`[data-gate="${HOST}"]`).waitFor();
  await guest.waitForTimeout(QUIET_MS);
  assert.deepEqual(askedElsewhere(ben, server), [], 'nobody is asked before the press');
  const yes = guest.locator('[data-does=embed-load]');
  assert.match(await yes.innerText(), /Play from .*sound\.example/);
  await yes.click();
  await isPlaying(guest);
  assert.deepEqual(hostsOf(ben, server), [HOST], 'only that host is asked');

  await guest.reload();
  await listensHere(ben, guest);
  await isPlaying(guest);
  assert.equal(await guest.locator('[data-gate]').count(), 0, 'who said yes is not asked again');

  await guest.locator('[data-does=embed-withdraw]').click();
  await guest.locator(`[data-gate="${HOST}"][data-answer=withdrawn]`).waitFor();
  assert.equal(await guest.evaluate(() => localStorage.getItem('unisono.hosts')), null);
  const count = askedElsewhere(ben, server).length;
  await guest.waitForTimeout(QUIET_MS);
  await guest.reload();
  await guest.locator(`[data-gate="${HOST}"]`).waitFor();
  await guest.waitForTimeout(QUIET_MS);
  assert.equal(askedElsewhere(ben, server).length, count, 'nobody is asked any more');
});

/** Answers in place of the host. */
async function standsIn(device) {
  device.allowHost(HOST);
  const wave = toneFile(LENGTH_S);
  await device.context.route(`https://${HOST}/**`, (route) => {
    const [, from] = /bytes=(\d+)-/.exec(route.request().headers()['range'] ?? '') ?? [];
    const start = Number(from ?? 0);
    const body = wave.subarray(start);
    const headers = { 'accept-ranges': 'bytes', 'content-range': `bytes ${start}-${wave.length - 1}/${wave.length}` };
    return route.fulfill({ status: 206, contentType: 'audio/wav', headers, body });
  });
}

function hostsOf(device, server) {
  return [...new Set(askedElsewhere(device, server).map((url) => new URL(url).host))];
}
