// Somebody takes everything along, plans to leave, stays after all, and then leaves at once.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { accountServer, hasAccount, letterTo, member, PASSWORD, signsIn } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';

const ANA = 'ana@example.org';

journey('a member takes a copy along, stays after all, and then leaves with a receipt', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });

  const coming = page.waitForEvent('download');
  await page.locator('[data-does=copy-data]').click();
  const copy = await readFile(await (await coming).path());
  assert.equal(copy.subarray(0, 2).toString(), 'PK', 'an archive');
  assert.ok(copy.includes('schema.json') && copy.includes('index.html'));

  await page.getByText('Erase the account and everything of it').click();
  const word = page.getByLabel(/^Type “/);
  await word.fill('delete');
  assert.equal(await page.locator('[data-does=erase-now]').getAttribute('aria-disabled'), 'true');
  await word.fill('erase');
  await page.locator('[data-does=erase-later]').click();
  await page.getByText(/^Everything will be erased on/).waitFor();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByText('Erase the account and everything of it').click();
  await word.fill('erase');
  await page.locator('[data-does=erase-now]').click();
  await page.getByText('Everything of you is erased.').waitFor();
  const [receipt] = (await page.getByText(/^The receipt is/).innerText()).match(/[0-9a-f-]{36}/) ?? [];
  await letterTo(server, ANA, receipt);
  assert.deepEqual(await device.context.cookies(), [], 'the session is over');

  await signsIn(device, page, server, ANA, PASSWORD);
  await page.getByText('Address and password do not fit together.').waitFor();
});
