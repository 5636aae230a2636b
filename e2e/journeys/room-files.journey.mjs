// A file of somebody's device is heard by the others: it goes from browser to browser.
import assert from 'node:assert/strict';
import { countChannelsOf, received } from '../lib/channels.mjs';
import { hearsClicks, noteClicksOf, spreads, toldSpread, WITH_AN_EAR } from '../lib/clicks.mjs';
import { journey } from '../lib/journey.mjs';
import { countPort, narrow, partition } from '../lib/namespace.mjs';
import { clickTrack } from '../lib/people.mjs';
import { addsFiles, comesIn, isPlaying, listensHere, opensARoom, plays } from '../lib/rooms.mjs';
import { pause, until } from '../lib/waits.mjs';

const SHORT_S = 60;
/** 29 MB, so that there is time to cut the way while it comes. */
const LONG_S = 300;
const BYTES_A_SECOND = 96_000;
/** As fast as a good way between homes: eight seconds for the long file, on machines that would be quicker. */
const WAY = '4 mbytes/second';
/** So much of the long file has come when the way is cut. */
const CUT_AFTER_BYTES = 3_000_000;
const CUT_MS = 10_000;
/** What was under way when it was cut may come twice; the whole file may not. */
const TWICE_SHARE_MAX = 0.5;
const CLICKS = 12;
const SETTLED_MS = 5000;
const PATIENCE_MS = 90_000;

journey('a file that one person adds is heard by another in time, and does not go through the server', async (stage) => {
  const { server, host, guest } = await twoPeople(stage);
  const web = countPort(server.port);
  stage.later(web.end);
  const file = clickTrack('My own song.wav', SHORT_S);
  await addsFiles(host.page, [file]);
  await guest.page.locator('[data-row] .title', { hasText: 'My own song' }).waitFor();
  const before = web.bytes();
  await plays(host.page, [host.page]);
  await isPlaying(guest.page);
  const from = Date.now() + SETTLED_MS;
  await hearsClicks(guest.page, CLICKS);
  await toldSpread(stage, 'a file from one to the other', await spreads([host.page, guest.page], from, Date.now()));
  const size = SHORT_S * BYTES_A_SECOND;
  assert.ok((await received(guest.page)) >= size, 'all of it came from the other browser');
  const byServer = web.bytes() - before;
  stage.note(`${byServer} bytes at the server for a file of ${size}`);
  assert.ok(byServer < size / 2, `${byServer} bytes at the server`);
});

// The line by the sound says how it goes with what is on. Numbers stand between signs that isolate them.
const COMING = /^The file is coming: \D?[1-9]\d?\D? %$/;
const NOBODY = 'Nobody here has this file now. It is asked for again and again.';
const WRONG = 'What came was another file. Whoever has it can add it anew.';

journey('a file whose way was cut says how far it is, that nobody has it, and comes to its end from where it was', async (stage) => {
  const { server, host, guest } = await twoPeople(stage);
  const size = LONG_S * BYTES_A_SECOND;
  stage.later(narrow('meta l4proto udp', WAY));
  await addsFiles(host.page, [clickTrack('A long song.wav', LONG_S)]);
  await plays(host.page);
  await says(guest.page, COMING);
  await until('some of it has come', async () => (await received(guest.page)) > CUT_AFTER_BYTES, PATIENCE_MS);
  const ports = [server.port, server.relayPort].flatMap((port) => [`tcp dport ${port}`, `tcp sport ${port}`]);
  const cut = partition('meta l4proto udp', ...ports);
  const before = await received(guest.page);
  try {
    assert.ok(before < size, 'the way is cut while it comes');
    const cutFor = pause(CUT_MS);
    await says(guest.page, NOBODY);
    await cutFor;
  } finally {
    cut.heal();
  }
  const healed = performance.now();
  await until('all of it has come', async () => (await received(guest.page)) >= size, PATIENCE_MS);
  stage.note(`${Math.round((100 * before) / size)} % before the cut, all of it ${((performance.now() - healed) / 1000).toFixed(1)} s after its end`);
  await isPlaying(guest.page);
  await hearsClicks(guest.page, CLICKS);
  const all = await received(guest.page);
  stage.note(`${all} bytes came of a file of ${size}`);
  assert.ok(all < size + before * TWICE_SHARE_MAX, `${all} bytes for ${size}, of which ${before} were there when it was cut`);
});

journey('a file that came as another one is not played, and the page says so', async (stage) => {
  const { host, guest } = await twoPeople(stage, sendsOtherBytes);
  await addsFiles(host.page, [clickTrack('Not what it says.wav', SHORT_S)]);
  await plays(host.page);
  await says(guest.page, WRONG);
  assert.equal(await guest.page.locator('[data-sync]').getAttribute('data-sync'), 'loading');
});

/** The line by the sound of this page says so. */
async function says(page, words) {
  await page.locator('[data-sync]').getByText(words).waitFor({ timeout: PATIENCE_MS });
}

/** In the page of whoever sends, before its own scripts: the first byte of all that leaves is another. */
function sendsOtherBytes() {
  const { send } = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function (data) {
    if (typeof data === 'string') return send.call(this, data);
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength).slice();
    bytes[0] ^= 1;
    return send.call(this, bytes.buffer);
  };
}

/** A host and a guest who both listen. `atHost` runs in the host's pages first. */
async function twoPeople(stage, atHost = null) {
  const server = await stage.server();
  const [hosting, visiting] = await Promise.all(['host', 'guest'].map((name) => stage.device(name, WITH_AN_EAR)));
  for (const device of [hosting, visiting]) {
    await noteClicksOf(device);
    await countChannelsOf(device);
  }
  if (atHost) await hosting.context.addInitScript(atHost);
  const { page, link } = await opensARoom(hosting, server);
  const host = { device: hosting, page };
  const guest = { device: visiting, page: await comesIn(visiting, link) };
  for (const one of [host, guest]) await listensHere(one.device, one.page);
  return { server, host, guest };
}
