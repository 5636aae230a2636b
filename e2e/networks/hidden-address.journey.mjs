// "Hide my network address": nobody in the room learns where that member is, though a direct path would work.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { until } from '../lib/waits.mjs';
import { Capture } from './capture.mjs';
import { Translation } from './internet.mjs';
import { addressesIn, unwrap } from './packets.mjs';
import { arrived, bothSay, isHeard, openScene, pathOf } from './scene.mjs';

/** Enough to have every check of every candidate on the wire. */
const SOUND_PACKETS_MIN = 250;

// Promise S18
journey('a caster that hides its address is nowhere in what its listener gets, neither in messages nor in packets', async (stage) => {
  const scene = await openScene(stage, { translation: Translation.ENDPOINT_INDEPENDENT });
  const heard = { laptop: framesOf(scene.laptop), phone: framesOf(scene.phone) };
  const { device } = scene.internet.homes.phone;
  const capture = await Capture.begin(stage, device, 'lan0');
  const pages = await isHeard(scene, { before: hidesItsAddress });
  await bothSay(pages, 'relayed');
  assert.deepEqual(await pathOf(pages.casting).then(({ local }) => local), 'relay');
  await until('the checks are over', async () => (await arrived(pages.listening)).received > SOUND_PACKETS_MIN);
  const packets = await capture.end();

  const hidden = scene.internet.addressesOf('laptop');
  const open = scene.internet.addressesOf('phone');
  assert.ok(heard.laptop.some((frame) => open.some((address) => frame.includes(address))), 'who does not hide is seen');
  assert.deepEqual(heard.phone.filter((frame) => hidden.some((address) => frame.includes(address))), []);
  for (const candidate of candidatesIn(heard.phone)) {
    assert.match(candidate, / typ relay /);
    assert.ok(!/ raddr (?!0\.0\.0\.0 )/.test(candidate), candidate);
  }

  const seen = new Set(packets.flatMap(addressesOnTheWire));
  assert.ok(open.every((address) => seen.has(address)), `the capture shows the phone's own addresses: ${[...seen]}`);
  for (const address of hidden) {
    assert.ok(!seen.has(address), `${address} is an address on the wire`);
    assert.ok(packets.every(({ frame }) => !frame.includes(address)), `${address} is in a packet`);
  }
});

async function hidesItsAddress(page) {
  await page.getByText('Password, approval, hidden address').click();
  await page.getByRole('checkbox', { name: 'Hide my network address' }).check();
}

/** Every text that this device gets through WebSockets, as it comes. */
function framesOf(device) {
  const frames = [];
  device.context.on('page', (page) => {
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  });
  return frames;
}

function candidatesIn(frames) {
  const messages = frames.map((frame) => JSON.parse(frame));
  const alone = messages.filter(({ kind }) => kind === 'candidate').map(({ candidate }) => candidate);
  const described = messages.flatMap(({ sdp }) => sdp?.match(/^a=candidate:.*$/gm) ?? []);
  return [...alone, ...described].filter((candidate) => candidate !== '');
}

/** Both ends of a packet, and what STUN tells in it. */
function addressesOnTheWire({ transport, source, target, payload }) {
  if (transport === null) return [];
  const told = transport === 'udp' ? unwrap(payload).flatMap(addressesIn) : [];
  return [source, target, ...told];
}
