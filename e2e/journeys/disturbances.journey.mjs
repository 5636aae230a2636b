// What goes on when networks and servers do not.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { countAll, countPort, partition } from '../lib/namespace.mjs';
import { aCastThatIsHeard, reaches, spoken, tapsListen, typesCode } from '../lib/people.mjs';
import { continuity, hearsBothTones, watchForSilence } from '../lib/sound.mjs';
import { noteAnnouncements } from '../lib/told.mjs';
import { pause, until } from '../lib/waits.mjs';

const OUTAGE_MS = 10_000;
const LONG_PLAY_MS = 60_000;
const WITHOUT_SERVER_MS = 30_000;
/** Pings, reports to keep the relay's doors open and a scrape of the counters, over a minute. */
const SERVER_BYTES_MAX = 50_000;
/** 128 kbit/s for a minute is 960 kB; quiet tones take less. */
const MEDIA_BYTES_MIN = 300_000;
/** A machine that is busy with something else makes gaps; a sound that needs a server would be gone for good. */
const HEARD_SHARE_MIN = 0.9;

journey('sound comes back by itself after ten seconds without a network, and both changes are announced', async (stage) => {
  const { server, listening, cast } = await aCastThatIsHeard(stage);
  const said = await noteAnnouncements(listening);
  const cut = partition('meta l4proto udp', `tcp dport ${server.port}`, `tcp sport ${server.port}`, `tcp dport ${server.relayPort}`, `tcp sport ${server.relayPort}`);
  try {
    await Promise.all([pause(OUTAGE_MS), reaches(listening, 'reconnecting', OUTAGE_MS + 10_000)]);
  } finally {
    cut.heal();
  }
  const healed = performance.now();
  await reaches(listening, 'playing');
  await hearsBothTones(listening);
  stage.note(`sound again ${((performance.now() - healed) / 1000).toFixed(1)} s after the network`);
  const news = await until('both changes are announced', async () => {
    const lines = await said();
    const lost = lines.findIndex((line) => /reconnecting/i.test(line));
    return lost >= 0 && lines.length > lost + 1 && lines.slice(lost);
  });
  stage.note(`announced: ${news.join(' / ')}`);
  await reaches(cast.page, 'live');
});

// Promises S3, S17, S18
journey('a minute of sound leaves the counters of the server and of its relay flat', async (stage) => {
  const { server, listening } = await aCastThatIsHeard(stage);
  await listening.locator('[data-path=direct]').first().waitFor();
  const before = relayed(await server.metrics());
  const counts = [countPort(server.port), countPort(server.relayPort), countAll()];
  counts.forEach((count) => stage.later(count.end));
  await watchForSilence(listening);
  await pause(LONG_PLAY_MS);
  const [web, relay, all] = counts.map((count) => count.bytes());
  assert.deepEqual(relayed(await server.metrics()), before, 'the relay passed nothing on');
  assert.ok(all > MEDIA_BYTES_MIN, `sound was sent: ${all} bytes`);
  assert.ok(web + relay < SERVER_BYTES_MAX, `${web} bytes at the server, ${relay} at its relay`);
  const { share, longest_ms } = await continuity(listening);
  assert.ok(share >= HEARD_SHARE_MIN, `heard ${share} of the time`);
  await hearsBothTones(listening);
  stage.note(`${web} bytes at the server and ${relay} at its relay while ${all} bytes crossed the network`);
});

// Promise S3
journey('music outlives the killed server, which comes back with the same room and no reload', async (stage) => {
  const { server, listening, cast, laptop, phone } = await aCastThatIsHeard(stage);
  for (const device of [laptop, phone]) device.allowError('ERR_CONNECTION_REFUSED');
  for (const page of [listening, cast.page]) await page.evaluate(() => (window.isSamePage = true));
  await watchForSilence(listening);
  await server.kill();
  await pause(WITHOUT_SERVER_MS);
  await hearsBothTones(listening);
  const { share, longest_ms } = await continuity(listening);
  assert.ok(share >= HEARD_SHARE_MIN, `heard ${share} of the time`);
  await server.start();
  const late = await stage.device('latecomer');
  const page = await typesCode(late, server, spoken(cast.code));
  await tapsListen(late, page);
  await hearsBothTones(page);
  await hearsBothTones(listening);
  await cast.page.locator('[data-view=cast][data-listeners="2"]').waitFor();
  for (const one of [listening, cast.page]) assert.equal(await one.evaluate(() => window.isSamePage), true, 'nobody reloaded');
  stage.note(`longest silence in ${WITHOUT_SERVER_MS / 1000} s without a server: ${longest_ms} ms`);
});

/** The relay's counters of what it passed on. */
function relayed(metrics) {
  const rows = [...metrics].filter(([name]) => /relay.*(bytes|packets)/.test(name));
  assert.ok(rows.length > 0, 'the relay counts what it passes on');
  return Object.fromEntries(rows);
}
