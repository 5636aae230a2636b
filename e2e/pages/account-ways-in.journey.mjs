// An account from its first code to its last way in: passkeys, a second factor, a forgotten password.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { accountServer, codeTo, hasAccount, letterTo, MAIL_AWAY, member, PASSWORD, registers, signsIn, signsOut, standsInAccount, withPasskeys } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { until } from '../lib/waits.mjs';

const ANA = 'ana@example.org';

journey('an account is made by a mailed code, and a passkey then signs in by two presses', async (stage) => {
  const server = await accountServer(stage, MAIL_AWAY);
  const device = await member(stage, 'laptop');
  const page = await device.page();
  const keys = await withPasskeys(page);
  await page.goto(server.origin);
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('link', { name: 'Make an account' }).click();
  await registers(device, page, ANA);
  await page.getByLabel('Code from the mail').fill(await codeTo(server, ANA));
  await page.keyboard.press('Enter');
  await standsInAccount(page);

  await page.locator('[data-does=add-passkey]').click();
  await page.getByText(/^Passkey of/).waitFor();
  assert.equal(await keys.held(), 1);
  await signsOut(device, page);
  assert.deepEqual(await device.context.cookies(), [], 'signing out takes the cookie away');

  const before = device.presses;
  await device.press(page.getByRole('link', { name: 'Account', exact: true }));
  await byPasskey(device, page);
  assert.ok(device.presses - before <= 2, `${device.presses - before} presses`);
  stage.note(`${device.presses - before} presses to sign in by passkey`);

  await page.locator('[data-does=remove-passkey]').click();
  await page.getByText('No passkey yet.').waitFor();
  await page.getByText('You have only one way in.').waitFor();
});

journey('a second factor is asked for after the password, and a recovery code opens once', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });
  await page.locator('[data-does=add-factor]').click();
  await page.getByRole('img', { name: /authenticator app/ }).waitFor();
  const secret = (await page.locator('[data-way=factor] code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code that the app shows now').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('This code does not fit.').waitFor();
  await page.getByLabel('Code that the app shows now').fill(totp(secret, Date.now()));
  await page.keyboard.press('Enter');
  await page.locator('[data-codes] code').last().waitFor();
  const codes = await page.locator('[data-codes] code').allInnerTexts();
  assert.equal(new Set(codes).size, 10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await signsOut(device, page);

  for (const [code, works] of [[codes[0], true], [codes[0], false], [codes[1], true]]) {
    await signsIn(device, page, server, ANA, PASSWORD);
    await page.locator('[data-view=sign-in][data-step=factor]').waitFor();
    await page.getByLabel('Code from your authenticator app').fill(code);
    await page.keyboard.press('Enter');
    if (!works) {
      await page.getByText('This code does not fit.').waitFor();
      continue;
    }
    await standsInAccount(page);
    await signsOut(device, page);
  }
});

journey('a forgotten password is set anew by the link in the mail, and everybody else is signed out', async (stage) => {
  const server = await accountServer(stage);
  const laptop = await member(stage, 'laptop');
  const old = await hasAccount(laptop, server, ANA, { password: PASSWORD });
  const phone = await member(stage, 'phone');
  const page = await phone.visit(`${server.origin}/sign-in`);
  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  await page.getByLabel('E-mail address').fill(ANA);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await page.getByText('a mail is on its way').waitFor();
  const [, link] = (await letterTo(server, ANA, '/reset#')).match(/https?:\/\/\S+(\/reset#\S+)/);
  await page.goto(`${server.origin}${link}`);
  await page.reload();
  await page.getByLabel('New password').fill('short');
  await page.keyboard.press('Enter');
  await page.getByText('A password has at least 8 characters.').waitFor();
  const changed = 'eight blue kettles sing at dusk';
  await page.getByLabel('New password').fill(changed);
  await page.keyboard.press('Enter');
  await page.getByText('The new password is set.').waitFor();

  await signsIn(phone, page, server, ANA, PASSWORD);
  await page.getByText('Address and password do not fit together.').waitFor();
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), PASSWORD, 'what was typed stays');
  await signsIn(phone, page, server, ANA, changed);
  await standsInAccount(page);
  await old.getByRole('button', { name: 'Save', exact: true }).click();
  await old.getByText('This session was ended').waitFor();
});

/** The button, unless the browser has taken the passkey for the field by itself. */
async function byPasskey(device, page) {
  const inside = page.locator('[data-view=account][data-presence=here]');
  const button = page.locator('[data-does=passkey]');
  await until('there is a passkey to press, or it was taken', async () => (await inside.count()) > 0 || (await button.isVisible()));
  if (!(await inside.count())) await device.press(button).catch(() => undefined);
  await standsInAccount(page);
}

/** RFC 6238, as an authenticator app does it. */
function totp(secret, now_ms) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now_ms / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
