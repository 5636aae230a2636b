// The music of a room goes on while a phone is locked, and the lock screen steers it.
import assert from 'node:assert/strict';
import { clicksBetween, hearsClicks, noteClicksOf, SAME_MS, spreads, toldSpread, WITH_AN_EAR } from '../lib/clicks.mjs';
import { AS_A_PHONE } from '../lib/device.mjs';
import { journey } from '../lib/journey.mjs';
import { elementNow, hasALockScreen, locks, loudestOfElement, onLockScreen, pressesOnLockScreen } from '../lib/lock-screen.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { addsLoops, comesIn, isPlaying, listensHere, opensARoom, plays, runsTheRoom } from '../lib/rooms.mjs';
import { pause, until } from '../lib/waits.mjs';

const FEW_CLICKS = 6;
const MANY_CLICKS = 12;
/** After a start a device needs so long to find its place. */
const SETTLED_MS = 5000;
/** Twice what the page claims of an element: 40 ms off is usual just after a start on a busy machine. */
const APART_MS_MAX = 80;
const LOOKS = 15;
const LOOK_EVERY_MS = 200;
/** A click of the metronome is far louder than that, silence is nothing. */
const LOUD = 0.15;

journey('a locked phone plays on in time, its lock screen says what and stops it, and unlocked it is as exact as before', async (stage) => {
  const { host, phone, ruler } = await aPhoneThatListens(stage);
  await hearsClicks(phone, FEW_CLICKS);
  assert.deepEqual(await onLockScreen(phone), { title: 'Metronome', artist: ruler.spoken, state: 'playing' });
  assert.equal(await elementNow(phone), null, 'what is shown plays by Web Audio');

  await locks(phone, true);
  const locked = Date.now();
  await playsInTheElement(stage, phone, ruler, 'locked');
  assert.equal((await onLockScreen(phone)).state, 'playing');

  await pressesOnLockScreen(phone, 'pause');
  await until('the lock screen stops the sound', async () => (await elementNow(phone)) === null);
  await until('it says so', async () => (await onLockScreen(phone)).state === 'paused');
  await isPlaying(host);
  await pressesOnLockScreen(phone, 'play');
  await playsInTheElement(stage, phone, ruler, 'begun anew on the lock screen');
  await until('it says so', async () => (await onLockScreen(phone)).state === 'playing');

  const unlocked = Date.now();
  await locks(phone, false);
  assert.equal(await clicksBetween(phone, locked + SAME_MS, unlocked), 0, 'nothing sounds twice');
  await hearsClicks(phone, MANY_CLICKS);
  assert.equal(await elementNow(phone), null, 'the element is silent again');
  await toldSpread(stage, 'unlocked again', await spreads([host, phone], unlocked + SETTLED_MS, Date.now()));
  await isPlaying(phone);
});

/** The element alone is heard, where the room is. */
async function playsInTheElement(stage, page, ruler, when) {
  await until('the element plays', () => elementNow(page));
  await isPlaying(page);
  const loudest = await loudestOfElement(page);
  assert.ok(loudest > LOUD, `its loudest sample is ${loudest}`);
  const early = [];
  for (let look = 0; look < LOOKS; look += 1) {
    early.push(ruler.early(await until('it plays on', () => elementNow(page))));
    await pause(LOOK_EVERY_MS);
  }
  const sorted = early.sort((one, other) => one - other);
  const told = [0, LOOKS >> 1, LOOKS - 1].map((at) => sorted[at].toFixed(1));
  stage.note(`${when}: the element is ${told[1]} ms before the room (${told[0]} to ${told[2]} ms), its loudest sample ${loudest.toFixed(2)}`);
  assert.ok(Math.abs(sorted[LOOKS >> 1]) <= APART_MS_MAX, `${told[1]} ms`);
}

/** A host and a phone hear clicks that do not end, and a program beside them knows where the room is. */
async function aPhoneThatListens(stage) {
  const server = await stage.server();
  const laptop = await stage.device('laptop', WITH_AN_EAR);
  const handheld = await stage.device('phone', { context: { ...WITH_AN_EAR.context, ...AS_A_PHONE } });
  for (const device of [laptop, handheld]) await noteClicksOf(device);
  await hasALockScreen(handheld);
  const { page: host, link, code } = await opensARoom(laptop, server);
  const phone = await comesIn(handheld, link);
  await addsLoops(host, 'metronome');
  await runsTheRoom(host, (menu) => menu.getByLabel('At the end').selectOption('one'));
  await listensHere(laptop, host);
  await listensHere(handheld, phone);
  await plays(host, [host, phone]);
  const friend = await RoomClient.join(server.origin, code, { key: newKey(), form: 'computer' });
  stage.later(() => friend.close());
  const ahead = (await friend.now()) - Date.now();
  /** How far before the room something is, in ms: by at most half of what is on, because that begins again and again. */
  const early = ({ place_ms, at }) => {
    const { duration_ms } = friend.state.current;
    const apart = place_ms - friend.positionAt(at + ahead);
    return apart - duration_ms * Math.round(apart / duration_ms);
  };
  return { host, phone, ruler: { early, spoken: `${code.slice(0, 3)} ${code.slice(3)}` } };
}
