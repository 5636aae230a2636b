// What the relay and the network between could learn: nothing that is heard, nothing about who is who.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { pause, until } from '../lib/waits.mjs';
import { Capture } from './capture.mjs';
import { Translation } from './internet.mjs';
import { relayUserOf, rtpPayload, unwrap } from './packets.mjs';
import { arrived, bothSay, isHeard, openScene } from './scene.mjs';

const SOAK_SECONDS = 60;
/** At 20 ms a packet, the longest that is asked for; shorter ones are more. */
const PACKETS_PER_SECOND = 50;
const LOSS_MAX = 0.005;

/** Opus begins each packet with one byte that says how it is coded (RFC 6716, section 3.1); a steady tone keeps it. */
const SOUND_PACKETS_MIN = 500;
/** Random bytes show 219 of their 256 values in 500 packets; a codec that changes its mind shows a handful. */
const FIRST_BYTES_MIN = 180;

// Promise S18, T16
journey('a minute through the relay loses nothing and leaves no address in any file of the server', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_DEPENDENT });
  const pages = await isHeard(scene, { seconds: SOAK_SECONDS + 30 });
  await bothSay(pages, 'relayed');
  const counters = () => scene.server.metrics();
  const before = { ...(await arrived(pages.listening)), metrics: await counters() };
  await pause(SOAK_SECONDS * 1000);
  const after = { ...(await arrived(pages.listening)), metrics: await counters() };

  const received = after.received - before.received;
  const lost = after.lost - before.lost;
  const grown = (name) => after.metrics.get(`unisono_relay_${name}`) - before.metrics.get(`unisono_relay_${name}`);
  stage.note(`${received} packets came, ${lost} were lost, the relay counted ${grown('packets')}`);
  assert.ok(received > SOAK_SECONDS * PACKETS_PER_SECOND * 0.75, `${received} packets came`);
  assert.ok(lost <= received * LOSS_MAX, `${lost} packets were lost`);
  assert.ok(grown('packets') >= received, 'each of them went through the relay');
  assert.ok(grown('bytes') > 0);

  await scene.server.stop();
  const written = scene.server.written();
  assert.ok(written.some(({ file }) => file.endsWith('unisono.db')), 'the database is among the files');
  assert.ok(written.some(({ bytes }) => bytes.includes(pages.code)), 'the room is in one of them');
  for (const address of ['laptop', 'phone'].flatMap((name) => scene.internet.addressesOf(name))) {
    const holders = written.filter(({ bytes }) => bytes.includes(address)).map(({ file }) => file);
    assert.deepEqual(holders, [], `${address} was written down`);
  }
});

// Promise S18
journey('whoever listens beside the relay gets ciphertext, and user names that name nobody', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_DEPENDENT });
  const capture = await Capture.begin(stage, scene.internet.place, 'net0');
  const pages = await isHeard(scene);
  await bothSay(pages, 'relayed');
  await until('enough sound has passed', async () => (await arrived(pages.listening)).received > SOUND_PACKETS_MIN);
  const packets = await capture.end();

  const media = packets.filter(({ transport }) => transport === 'udp');
  const inside = media.flatMap(({ payload }) => unwrap(payload));
  const kinds = byKind(inside);
  assert.deepEqual([...kinds.keys()].sort().filter((kind) => kind !== 'channel'), ['dtls', 'rtp', 'stun']);

  const payloads = kinds.get('rtp').map(({ payload }) => rtpPayload(payload)).filter((payload) => payload?.length > 20);
  const firstBytes = new Set(payloads.map(([first]) => first));
  assert.ok(payloads.length > SOUND_PACKETS_MIN, `${payloads.length} packets of sound`);
  assert.ok(firstBytes.size > FIRST_BYTES_MIN, `the first byte of the sound takes ${firstBytes.size} values`);
  for (const { frame } of media) assert.ok(!frame.includes('"t":"'), 'what peers tell each other is not readable either');

  const users = new Set(kinds.get('stun').map(relayUserOf).filter((user) => user !== null));
  assert.ok(users.size >= 2, 'both have credentials');
  for (const user of users) assert.match(user, /^\d{10}:[\w-]{16,}$/);
});

function byKind(parts) {
  const kinds = new Map();
  for (const part of parts) kinds.set(part.kind, [...(kinds.get(part.kind) ?? []), part]);
  return kinds;
}
