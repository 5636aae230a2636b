// Following a host: the next room stands in the account, and comes by mail for who has said so twice.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { accountServer, hasAccount, letterTo, member, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { faultsOf, ONE_PICTURE } from '../lib/look.mjs';
import { isInside, opens, opensARoom } from '../lib/rooms.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const NADIA = 'nadia@example.org';
const FAN = 'fan@example.org';

/** The link in a letter that leads to `path`. */
function linkIn(letter, path) {
  const [link] = letter.match(new RegExp(`http\\S+/${path}/\\S+`)) ?? [];
  assert.ok(link, `no link to /${path}/ in: ${letter}`);
  return link;
}

/** Takes a name, and lets others follow. Stands in the account. */
async function mayBeFollowed(page) {
  const profile = page.locator('#profile');
  await profile.getByRole('textbox', { name: 'Name' }).fill('Nadia');
  await profile.getByRole('button', { name: 'Save', exact: true }).click();
  await profile.getByRole('button', { name: 'Saved', exact: true }).waitFor();
  await page.getByRole('checkbox', { name: /^Let others follow me/ }).check();
  await page.getByText('Nobody follows you.').waitFor();
}

// Promise T12
journey('who follows a host is told of the next room, by mail after saying so twice, until one click', async (stage) => {
  const server = await accountServer(stage);
  const laptop = await member(stage, 'laptop');
  await mayBeFollowed(await hasAccount(laptop, server, NADIA));
  const first = await opensARoom(laptop, server);

  const phone = await member(stage, 'phone', { context: { serviceWorkers: 'block' } });
  const page = await hasAccount(phone, server, FAN);
  await page.goto(first.link);
  await isInside(page);
  await opens(page, 'people');
  await phone.press(page.locator('[data-does=follow]'));
  await page.getByText(/You follow .*Nadia/).first().waitFor();
  await phone.press(page.getByRole('button', { name: 'Mail me too' }));
  const faults = [];
  const mailed = await phone.page();
  await mailed.goto(linkIn(await letterTo(server, FAN, 'Say once more'), 'f'));
  await mailed.getByRole('heading', { name: 'Mails when a room opens' }).waitFor();
  faults.push(...(await faultsOf(mailed, 'follow-confirm', PICTURES, ONE_PICTURE)));
  await phone.press(mailed.getByRole('button', { name: 'Yes, send me mails' }));
  await mailed.getByRole('heading', { name: 'Mails are on.' }).waitFor();

  const second = await opensARoom(laptop, server);
  const letter = await letterTo(server, FAN, 'has just opened a room');
  assert.match(letter, new RegExp(`/r/${second.code}\\b`));
  assert.ok(!letter.includes(NADIA), 'nobody learns an address');
  await page.goto(`${server.origin}/account`);
  await standsInAccount(page);
  const notices = page.locator('#notices');
  await notices.getByText(/Nadia.* opened a room/).waitFor();
  faults.push(...(await faultsOf(page, 'follow-notices', PICTURES, ONE_PICTURE)));
  await phone.press(notices.getByRole('link', { name: 'Come in' }));
  await isInside(page);
  assert.equal(await page.locator('[data-code]').first().getAttribute('data-code'), second.code);

  await mailed.goto(linkIn(letter, 'u'));
  await phone.press(mailed.getByRole('button', { name: 'Stop the mails' }));
  await mailed.getByRole('heading', { name: 'No more of these mails.' }).waitFor();
  await page.goto(`${server.origin}/account`);
  await page.locator('#follows').getByRole('button', { name: 'Mail me', exact: true }).waitFor();
  assert.deepEqual(faults, []);
});
