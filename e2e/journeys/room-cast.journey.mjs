// The host's live sound inside a room with a queue: who came for the queue hears it there, and goes back to the queue.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { choosesFile, roomOf, tones } from '../lib/people.mjs';
import { addsLoops, comesIn, isInside, listensHere, opensARoom, plays } from '../lib/rooms.mjs';
import { hearsBothTones } from '../lib/sound.mjs';

const CAST_HERE = 'Cast this device’s sound here';
const LISTEN = 'Listen to the cast';
const STOP = 'Stop casting';
const BACK = 'Back to the queue';

journey('in a room with a queue a guest hears the live sound of the host, and the queue again afterwards', async (stage) => {
  const server = await stage.server();
  const host = await stage.device('host');
  const guest = await stage.device('guest');
  const { page, code, link } = await opensARoom(host, server);
  await addsLoops(page, 'tide');
  const listening = await comesIn(guest, link);
  await listensHere(guest, listening);
  await plays(page, [listening]);

  await page.getByRole('link', { name: CAST_HERE }).click();
  await choosesFile(page, [tones()]);
  assert.equal((await roomOf(page)).code, code, 'the cast is in the room that was open');
  await guest.press(listening.getByRole('button', { name: LISTEN }));
  await hearsBothTones(listening);
  assert.equal(await listening.locator('[data-sync=playing]').count(), 0, 'the queue stands still meanwhile');

  await guest.press(listening.getByRole('button', { name: BACK }));
  await listening.locator('[data-view=room][data-wanted=true]').waitFor();
  await guest.press(listening.getByRole('button', { name: LISTEN }));
  await hearsBothTones(listening);

  await page.getByRole('button', { name: STOP }).click();
  const asked = page.getByRole('dialog');
  await asked.getByText('The room goes on').waitFor();
  await asked.getByRole('button', { name: STOP }).click();
  await listening.locator('[data-view=room][data-wanted=true]').waitFor();
  await page.getByRole('link', { name: 'Back to the room' }).click();
  await isInside(page);
  await plays(page, [listening]);
});
