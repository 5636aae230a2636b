// Whoever runs a server: by the link of the first start to its page, and letting somebody in.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { accountServer, codeTo, letterTo, member, PASSWORD, registers, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, ONE_PICTURE, OTHER_LANGUAGE } from '../lib/look.mjs';
import { OUT } from '../lib/stage.mjs';
import { until } from '../lib/waits.mjs';

const PICTURES = join(OUT, 'pictures');
const OPERATOR = 'op@example.org';
const ANA = 'ana@example.org';
const LOG_LINES = 200;

/** The first operator, by the link that the start printed, at `/admin`. */
async function firstOperator(stage, server) {
  // It is printed once the server answers.
  const [link] = await until('the start prints a link', () => server.tail(LOG_LINES).join('\n').match(/http\S+\/setup#\S+/));
  const device = await member(stage, 'laptop', { context: { serviceWorkers: 'block' } });
  const page = await device.visit(link);
  await page.getByLabel('E-mail address').fill(OPERATOR);
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await device.press(page.getByRole('button', { name: 'Make the operator’s account' }));
  await standsInAccount(page);
  await page.goto(`${server.origin}/admin`);
  await page.getByRole('heading', { name: 'Running this server' }).waitFor();
  return { device, page };
}

// Promise C12
journey('the first operator sees how the server does, and lets somebody in by an invitation', async (stage) => {
  const server = await accountServer(stage, { ACCOUNTS__REGISTRATION: 'invited' });
  const { device, page } = await firstOperator(stage, server);
  await page.getByText('No mail server is set').waitFor();
  const waiting = page.locator('dt', { hasText: 'Letters that wait' }).locator('xpath=following-sibling::dd[1]');
  const before = Number(await waiting.innerText());
  await page.getByLabel('Their e-mail address').fill(ANA);
  await page.getByLabel('How they get it').selectOption('ru');
  await device.press(page.getByRole('button', { name: 'Invite', exact: true }));
  await page.getByRole('heading', { name: 'The invitation is made' }).waitFor();
  await page.getByRole('link', { name: 'Back to the overview' }).click();
  await page.getByText(/Invite · you/).waitFor();
  assert.equal(Number(await waiting.innerText()), before + 1, 'the letter waits');

  const phone = await member(stage, 'phone');
  const stranger = await phone.visit(`${server.origin}/register`);
  await stranger.getByText('Accounts are made here by invitation.').waitFor();
  assert.equal(await stranger.getByRole('button', { name: 'Send me the code' }).count(), 0);
  await phone.press(stranger.getByRole('link', { name: 'Ask for one' }));
  await stranger.getByRole('heading', { name: 'Help and questions' }).waitFor();

  const letter = await letterTo(server, ANA, 'приглашает вас');
  const [link] = letter.match(/http\S+\/register#invitation=\S+/);
  const invited = await phone.visit(link);
  await invited.getByText('You are invited.').waitFor();
  await registers(phone, invited, ANA);
  await invited.getByLabel('Code from the mail').fill(await codeTo(server, ANA, 'making an account'));
  await invited.keyboard.press('Enter');
  await standsInAccount(invited);

  const again = await (await member(stage, 'tablet')).visit(link);
  await again.getByLabel('E-mail address').fill(ANA);
  await again.getByRole('checkbox', { name: /years old/ }).check();
  await again.getByRole('checkbox', { name: /privacy policy/ }).check();
  await again.getByRole('button', { name: 'Send me the code' }).click();
  await again.getByText('This invitation does not work, or does not any more.').waitFor();
});

journey('the operator’s pages look right everywhere and in every language', async (stage) => {
  const server = await accountServer(stage, { ACCOUNTS__REGISTRATION: 'invited' });
  const { device, page } = await firstOperator(stage, server);
  const faults = await faultsOf(page, 'admin', PICTURES, EVERY_PICTURE);
  for (const language of ['ar', 'ru', 'en-XA']) {
    await page.goto(`${server.origin}/admin?lang=${language}`);
    faults.push(...(await faultsOf(page, `admin-${language}`, PICTURES, OTHER_LANGUAGE)));
  }
  await page.goto(`${server.origin}/admin`);
  await page.getByLabel('Address or id').fill(OPERATOR);
  await device.press(page.getByRole('button', { name: 'Find', exact: true }));
  await page.getByRole('heading', { name: 'One account' }).waitFor();
  faults.push(...(await faultsOf(page, 'admin-account', PICTURES, ONE_PICTURE)));
  await page.goto(`${server.origin}/admin`);
  await page.getByLabel('Their e-mail address').fill(ANA);
  await device.press(page.getByRole('button', { name: 'Invite', exact: true }));
  await page.locator('code', { hasText: '/register#invitation=' }).waitFor();
  faults.push(...(await faultsOf(page, 'admin-invited', PICTURES, ONE_PICTURE)));
  assert.deepEqual(faults, []);
});
