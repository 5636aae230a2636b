// How a room with people in it looks, at every width, in both themes, and read from right to left. One room is opened for
// all of it, and who is in it is looked at at the same time: their browsers have a core each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, markupFaults, OTHER_LANGUAGE, placeFaults, TWO_PICTURES } from '../lib/look.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { addsLoops, comesIn, isCalled, listensHere, opens, opensARoom, plays, says } from '../lib/rooms.mjs';
import { OUT } from '../lib/stage.mjs';
import { until } from '../lib/waits.mjs';

const PICTURES = join(OUT, 'pictures');
const LONG = 'Variations on a theme that nobody has ever heard to its very end, in twelve movements (live at the harbour)';
const WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
const NARROW = { width: 390, height: 900 };
const PARTS = ['chat', 'people', 'vibe'];

journey('a room with three people, six songs and a chat looks right everywhere: for its host, for a guest, and in Arabic', async (stage) => {
  const { host, guest } = await aLivelyRoom(stage);
  const faults = await Promise.all([hostFaults(host), guestFaults(guest)]);
  assert.deepEqual(faults.flat(), []);
});

/** The host has all controls that there are. */
async function hostFaults(page) {
  const faults = [];
  // Before pictures are taken: they leave empty `style` attributes behind.
  for (const part of PARTS) {
    await opens(page, part);
    faults.push(...(await markupFaults(`room-${part}`, await page.content())));
  }
  await opens(page, 'chat');
  faults.push(...(await faultsOf(page, 'room-host', PICTURES, EVERY_PICTURE)));
  await page.setViewportSize(NARROW);
  // The chat has been seen.
  for (const part of PARTS.slice(1)) {
    await opens(page, part);
    faults.push(...(await placeFaults(page, `room-${part}`, PICTURES, TWO_PICTURES)));
  }
  await page.getByRole('button', { name: 'Settings of the room' }).click();
  faults.push(...(await placeFaults(page, 'room-settings', PICTURES, TWO_PICTURES)));
  return faults;
}

/** A guest sees the same with less to press, turned round first. */
async function guestFaults(page) {
  await speaks(page, 'ar');
  await page.locator('html[dir=rtl]').waitFor();
  const faults = await faultsOf(page, 'room-ar', PICTURES, TWO_PICTURES);
  for (const part of PARTS.slice(1)) {
    await opens(page, part);
    faults.push(...(await placeFaults(page, `room-ar-${part}`, PICTURES, OTHER_LANGUAGE)));
  }
  await opens(page, 'chat');
  await speaks(page, 'en');
  await page.locator('html[dir=ltr]').waitFor();
  faults.push(...(await placeFaults(page, 'room-guest', PICTURES, TWO_PICTURES)));
  return faults;
}

/** Chooses the language of the page, in whatever language it is. */
async function speaks(page, language) {
  await page.locator('footer select').selectOption(language);
}

/** Three people, one of whom is a program; what one of them says and brings is long. */
async function aLivelyRoom(stage) {
  const server = await stage.server();
  const [hosting, visiting] = await Promise.all(['host', 'guest'].map((name) => stage.device(name)));
  const { page: host, link, code } = await opensARoom(hosting, server);
  const guest = await comesIn(visiting, link);
  const friend = await RoomClient.join(server.origin, code, { key: newKey(), name: WORD.slice(0, 32), form: 'phone' });
  stage.later(() => friend.close());
  await addsLoops(host, 'metronome', 'tide', 'lantern');
  await addsLoops(guest, 'clockwork');
  const songs = [LONG, WORD].map((title, at) => ({ source: 'address', url: `https://music.invalid/${at}.mp3`, title, artist: 'Somebody & the Others', duration_ms: 5_025_000 }));
  await friend.command({ do: 'add', items: songs });
  await isCalled(host, 'Ana');
  await isCalled(guest, 'محمد');
  for (const text of ['Who has brought this one?', LONG, `${WORD}${WORD}`]) await friend.command({ do: 'chat', text });
  await says(guest, 'مرحبا بالجميع');
  await says(host, 'It was me.');
  await listensHere(hosting, host);
  await plays(host);
  await until('the guest sees it all', async () => (await guest.locator('[data-row]').count()) === 5 && (await guest.locator('[data-line]').count()) === 5);
  return { host, guest, link };
}
