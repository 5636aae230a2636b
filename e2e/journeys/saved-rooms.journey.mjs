// Rooms whose code stays a member's, and what a page says where a plan has limits.
import assert from 'node:assert/strict';
import { accountServer, hasAccount, member, PASSWORD } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { castsAFile, choosesFile, reaches, spoken, tapsListen, tones, typesCode } from '../lib/people.mjs';
import { hearsBothTones } from '../lib/sound.mjs';
import { told } from '../lib/told.mjs';

const ANA = 'ana@example.org';
const CODE = 'FR1DAY';

/** Opens the saved room from the page of the account, in one press, and casts a file there. Gives the link to share. */
async function opens(device, page, server) {
  await page.goto(`${server.origin}/account#rooms`);
  await device.press(page.locator('#rooms').getByRole('link', { name: 'Open', exact: true }));
  await choosesFile(page, [tones()]);
  await reaches(page, 'waiting');
  return page.locator('[data-view=cast]').getAttribute('data-link');
}

// Promise S7
journey('a saved room opens in one press, and the link of the first time leads there again', async (stage) => {
  const server = await accountServer(stage);
  const laptop = await member(stage, 'laptop');
  const page = await hasAccount(laptop, server, ANA, { password: PASSWORD });
  const rooms = page.locator('#rooms');
  await rooms.getByRole('textbox', { name: 'Name' }).fill('Friday');
  await rooms.getByRole('textbox', { name: /^Code/ }).fill(CODE.toLowerCase());
  await laptop.press(rooms.getByRole('button', { name: 'Save this room' }));
  await rooms.getByText('Friday', { exact: true }).waitFor();

  const first = await opens(laptop, page, server);
  assert.match(first, new RegExp(`/r/${CODE}#`));
  await page.getByRole('button', { name: 'Stop casting' }).click();
  await reaches(page, 'ended');
  assert.equal(await opens(laptop, page, server), first, 'code, secret and certificate are the same');

  const phone = await stage.device('phone');
  const listening = await phone.visit(first.replace('localhost', '127.0.0.1'));
  await tapsListen(phone, listening);
  await hearsBothTones(listening);
  await listening.locator('[data-view=listen][data-tier=link]').waitFor();
});

// Promise S13
journey('one device more than the plan allows is told so, and what to do', async (stage) => {
  const server = await stage.server({ PLANS__FREE_DEVICES: '2' });
  const { code } = await castsAFile(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(code));
  await tapsListen(phone, page);
  await hearsBothTones(page);
  const other = await stage.device('phone');
  const notice = await told(await typesCode(other, server, spoken(code)));
  assert.match(notice.title, /devices/);
  assert.match(notice.next, /let one go/);
});
