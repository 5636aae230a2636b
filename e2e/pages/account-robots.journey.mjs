// What keeps robots out: a sum of the device, or the check of another service for who wants that.
import assert from 'node:assert/strict';
import { codeTo, MAIL_AWAY, member, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { askedOfCloudflare, checkingServer, standsInForCloudflare } from '../lib/turnstile.mjs';
import { askedElsewhere } from '../lib/youtube.mjs';

const ANA = 'ana@example.org';

// Promises C5, Y22
journey('robots: Cloudflare is asked for nothing before its named button, and what it gave makes the account', async (stage) => {
  const { server, told } = await checkingServer(stage, MAIL_AWAY);
  const device = await member(stage, 'laptop');
  await standsInForCloudflare(device);
  const page = await asksForAnAccount(device, server);
  const choice = page.locator('[data-robots=choice]');
  await choice.waitFor();
  assert.deepEqual(askedElsewhere(device, server), [], 'nobody else is asked before the press');
  await choice.locator('[data-does=check-load]').click();
  const widget = page.frameLocator('[data-robots=check] iframe').frameLocator('iframe');
  await widget.getByRole('button', { name: 'I am human' }).click();
  await standsBeforeTheCode(page, server);
  assert.deepEqual(told.map((fields) => Object.keys(fields).sort()), [['response', 'secret']]);
  assert.ok(askedOfCloudflare(device).length > 0);
});

// Promises C5, Y22
journey('robots: who refuses the check does the sum, and so does who gets none', async (stage) => {
  const { server, told } = await checkingServer(stage, MAIL_AWAY);
  const refuses = await member(stage, 'laptop');
  const page = await asksForAnAccount(refuses, server);
  await page.locator('[data-robots=choice] [data-does=check-sum]').click();
  await standsBeforeTheCode(page, server);
  assert.deepEqual(askedElsewhere(refuses, server), [], 'nobody else was asked at all');

  const waits = await member(stage, 'phone');
  waits.allowError('ERR_FAILED');
  await standsInForCloudflare(waits, { comes: false });
  const other = await asksForAnAccount(waits, server, 'ben@example.org');
  await other.locator('[data-robots=choice] [data-does=check-load]').click();
  await other.locator('[data-view=register][data-step=code]').waitFor();
  assert.deepEqual(told, [], 'the service heard of nobody');
});

async function asksForAnAccount(device, server, email = ANA) {
  const page = await device.visit(`${server.origin}/register`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('checkbox', { name: /years old/ }).check();
  await page.getByRole('checkbox', { name: /privacy policy/ }).check();
  await page.getByRole('button', { name: 'Send me the code' }).click();
  return page;
}

async function standsBeforeTheCode(page, server) {
  await page.locator('[data-view=register][data-step=code]').waitFor();
  await page.getByLabel('Code from the mail').fill(await codeTo(server, ANA));
  await page.keyboard.press('Enter');
  await standsInAccount(page);
}
