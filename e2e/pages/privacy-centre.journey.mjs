// The privacy centre: without any script a member reads what is held, takes it along, erases some of it, and leaves.
// Promises S35, S37, T4, T15, T21, T42
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountServer, hasAccount, member, PASSWORD, signsIn } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, OTHER_LANGUAGE, TWO_PICTURES } from '../lib/look.mjs';
import { OUT } from '../lib/stage.mjs';
import { unzipped } from '../lib/zip.mjs';

const PICTURES = join(OUT, 'pictures');
const ANA = 'ana@example.org';
/** From Home to a copy that begins to come. */
const PRESSES_MAX = 4;

/** A member, and the same one in a browser that runs no script. */
async function withoutScript(stage) {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });
  const plain = await member(stage, 'plain', { context: { javaScriptEnabled: false } });
  await plain.context.addCookies(await page.context().cookies());
  const bare = await plain.page();
  await bare.goto(`${server.origin}/privacy/me`);
  await bare.getByRole('heading', { name: 'Your data' }).waitFor();
  return { server, device, page, plain, bare };
}

async function takesACopy(device, page) {
  const [coming] = await Promise.all([
    page.waitForEvent('download'),
    device.press(page.locator('form [data-does=copy]')),
  ]);
  const copy = unzipped(await readFile(await coming.path()));
  const [account] = (copy.get('data/accounts.jsonl') ?? '').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.equal(account?.email, ANA, [...copy.keys()].join(' '));
}

journey('a copy of everything is four presses from Home at most', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });
  await page.goto(server.origin);
  const before = device.presses;
  await device.press(page.locator('footer a[href="/account"]'));
  await device.press(page.locator('[data-view=account] a[href="/privacy/me"]'));
  await takesACopy(device, page);
  const presses = device.presses - before;
  assert.ok(presses <= PRESSES_MAX, `${presses} presses`);
  stage.note(`${presses} presses from Home to a copy`);
});

journey('a member reads, takes along, limits and erases everything without script', async (stage) => {
  const { server, device, page, plain, bare } = await withoutScript(stage);
  await bare.locator('.centre article summary').first().click();
  assert.ok((await bare.content()).includes(ANA), 'the value itself');

  await takesACopy(plain, bare);

  await bare.getByRole('button', { name: 'Limit the use of my data' }).click();
  await bare.getByRole('status').getByText('Your data is kept from now on').waitFor();
  await bare.getByRole('button', { name: 'Lift this' }).click();
  await bare.getByRole('status').getByText('Your data is used again').waitFor();

  await bare.getByLabel(/^Type “/).fill('erase');
  await bare.getByRole('button', { name: 'Erase everything in seven days' }).click();
  await bare.getByText(/^Everything will be erased on/).waitFor();
  await bare.getByRole('button', { name: 'Stay after all' }).click();
  await bare.getByLabel(/^Type “/).fill('erase');
  await bare.getByRole('button', { name: 'Erase everything now' }).click();
  await bare.getByRole('heading', { name: 'Everything of you is erased.' }).waitFor();
  assert.deepEqual(await plain.context.cookies(), [], 'the session is over');

  await signsIn(device, page, server, ANA, PASSWORD);
  await page.getByText('Address and password do not fit together.').waitFor();
});

/** Lets whoever runs the server see which links the member looked at, for an hour. */
async function allowsLooking(bare) {
  await bare.getByLabel('What may be seen').selectOption({ label: 'Links you looked at' });
  await bare.getByRole('button', { name: 'Allow it' }).click();
  await bare.getByRole('status').getByText('It is allowed.').waitFor();
}

// Promise T28
journey('a member lets support look for an hour and takes it back, without script', async (stage) => {
  const { bare } = await withoutScript(stage);
  await allowsLooking(bare);
  await bare.getByText('can be looked at now').waitFor();
  await bare.getByText('Nobody has looked.').waitFor();
  await bare.getByRole('button', { name: 'Take it back now' }).click();
  await bare.getByText(/^taken back: /).waitFor();
  assert.equal(await bare.getByRole('button', { name: 'Take it back now' }).count(), 0);
});

journey('a browser shows what it keeps and clears it', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('phone');
  const page = await device.page();
  await page.goto(server.origin);
  await page.evaluate(() => localStorage.setItem('unisono.name', 'Ana Canary'));
  await page.goto(`${server.origin}/privacy/me`);
  const line = page.locator('article[data-name="unisono.name"]');
  await line.getByText('Ana Canary').waitFor();
  await device.press(line.getByRole('button', { name: 'Clear' }));
  await line.getByText('Nothing is kept here now.').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('unisono.name')), null);
  await page.locator('#rooms [data-does=show]').click();
  await page.getByText('No room keeps anything of this browser.').waitFor();
});

journey('the privacy centre looks right everywhere and in every language', async (stage) => {
  const { server, page, bare } = await withoutScript(stage);
  await allowsLooking(bare);
  const faults = [];
  const look = async (name, query, pictures) => {
    await page.goto(`${server.origin}/privacy/me${query}`);
    await page.locator('.centre h1').waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  };
  await look('privacy-centre', '', EVERY_PICTURE);
  await look('privacy-centre-ru', '?lang=ru', OTHER_LANGUAGE);
  await look('privacy-centre-ar', '?lang=ar', TWO_PICTURES);
  await look('privacy-centre-pseudo', '?lang=en-XA', OTHER_LANGUAGE);
  assert.deepEqual(faults, []);
});

// Promises T41, Y52
journey('the notice of a new policy looks right everywhere, drawn by the server and by script, and goes by one press', async (stage) => {
  const server = await stage.server();
  await server.stop();
  // From now on people may have themselves checked elsewhere, so more is told than before.
  Object.assign(server.settings, { OUTBOUND__TURNSTILE__SITE_KEY: '0x4AAA', OUTBOUND__TURNSTILE__SECRET_KEY: '0x4BBB' });
  await server.start();
  const device = await stage.device('phone', { context: { serviceWorkers: 'block' } });
  // That they have seen it.
  device.allowCookie('__Host-unisono-policy');
  const page = await device.page();
  const notice = page.locator('aside:has(a[href*="/privacy"][href$="#changes"])');
  const faults = [];
  for (const [name, path, pictures] of [
    ['policy-notice', '/contact', EVERY_PICTURE],
    ['policy-notice-ru', '/contact?lang=ru', OTHER_LANGUAGE],
    ['policy-notice-ar', '/contact?lang=ar', TWO_PICTURES],
    ['policy-notice-script', '/cast', TWO_PICTURES],
  ]) {
    await page.goto(`${server.origin}${path}`);
    await notice.waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  }
  await page.goto(`${server.origin}/contact?lang=en`);
  await notice.getByRole('button', { name: 'Seen' }).click();
  await notice.waitFor({ state: 'detached' });
  await page.goto(`${server.origin}/terms?lang=en`);
  assert.equal(await notice.count(), 0);
  assert.deepEqual(faults, []);
});
