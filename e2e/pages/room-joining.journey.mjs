// Joining a room with a queue by a code that somebody says, and what the page answers when that does not work.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { entersCode, spoken, typesCode } from '../lib/people.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { comesIn, isInside, opensARoom, roomIs, runsTheRoom } from '../lib/rooms.mjs';
import { told } from '../lib/told.mjs';

/** As docs/rooms.md says. */
const PERSONS_MAX = 500;
/** Of one address, which all of them have here; each greets before the next ones come. */
const AT_ONCE = 10;
const LIMITS = { ROOMS__LIMITS__FOLLOWERS_PER_CLIENT_MINUTE: 2 * PERSONS_MAX, ROOMS__LIMITS__SOCKETS_PER_CLIENT: 2 * PERSONS_MAX };

// Promise T9
journey('a code typed in small letters with a hyphen leads into a room with a queue in two presses', async (stage) => {
  const server = await stage.server();
  const { code } = await opensARoom(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  await isInside(await typesCode(phone, server, spoken(code)));
  assert.ok(phone.presses <= 2, `${phone.presses} presses`);
});

journey('a wrong code of a room with a queue says so and takes the right one at once', async (stage) => {
  const server = await stage.server();
  const { code } = await opensARoom(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, code.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z')));
  const { title } = await told(page);
  assert.match(title, /code/i);
  const field = page.getByRole('textbox', { name: 'Room code' });
  await field.fill(spoken(code));
  await field.press('Enter');
  await isInside(page);
});

journey('a room with a queue that was ended says so to all who are in it and to who comes, and leads to another', async (stage) => {
  const server = await stage.server();
  const [hosting, visiting, late] = await Promise.all(['host', 'guest', 'late'].map((name) => stage.device(name)));
  const { page: host, link, code } = await opensARoom(hosting, server);
  const guest = await comesIn(visiting, link);
  await runsTheRoom(host, async (menu) => {
    await menu.getByRole('button', { name: 'End the room' }).click();
    await menu.getByRole('button', { name: 'End it' }).click();
  });
  for (const page of [host, guest]) {
    await roomIs(page, 'gone');
    await page.getByRole('heading', { name: 'The room has ended.' }).waitFor();
    await page.getByText('You can open another one.').waitFor();
  }
  const page = await typesCode(late, server, spoken(code));
  const notice = await told(page);
  stage.note(`who comes late: ${notice.title} ${notice.next}`);
  assert.match(notice.title, /room has ended/i);
  await page.getByRole('link', { name: 'Open another' }).click();
  await entersCode(late, page, spoken(code));
  assert.deepEqual(await told(page), notice, 'its code leads nowhere for good');
  await guest.getByRole('link', { name: 'To the first page' }).click();
  await guest.getByRole('link', { name: 'Start a room' }).first().click();
  await isInside(guest);
});

journey('a room of five hundred people says that it is full, and lets the next one in when somebody has left', async (stage) => {
  const server = await stage.server(LIMITS);
  const owner = await RoomClient.create(server.origin, { key: newKey(), name: 'Ana' });
  const people = [owner];
  while (people.length < PERSONS_MAX) {
    const count = Math.min(AT_ONCE, PERSONS_MAX - people.length);
    people.push(...(await Promise.all(Array.from({ length: count }, () => RoomClient.join(server.origin, owner.code, { key: newKey() })))));
  }
  stage.later(() => people.forEach((one) => one.close()));
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(owner.code));
  const notice = await told(page);
  stage.note(`${PERSONS_MAX} people in the room: ${notice.title} ${notice.next}`);
  assert.match(notice.title, /full/i);
  assert.equal((await people.at(-1).command({ do: 'leave' })).answer, 'ok');
  await page.getByRole('button', { name: /again/i }).click();
  await isInside(page);
});
