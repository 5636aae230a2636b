// How the pages of accounts look with a real server behind them, how they are used by keyboard, and what they do with bad input.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { accountServer, codeTo, hasAccount, member, PASSWORD, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, OTHER_LANGUAGE, TWO_PICTURES } from '../lib/look.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const ANA = 'ana@example.org';
const TABS_MAX = 60;

journey('the pages of accounts look right everywhere and in every language', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'device', { context: { serviceWorkers: 'block' } });
  const page = await device.page();
  const faults = [];
  const look = async (name, path, pictures, ready) => {
    await page.goto(`${server.origin}${path}`);
    await page.locator(ready).waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  };
  await look('account-sign-in', '/sign-in', EVERY_PICTURE, '[data-view=sign-in]');
  await look('account-register', '/register', EVERY_PICTURE, '[data-view=register] form');
  await look('account-reset', '/reset', TWO_PICTURES, '[data-view=reset] form');
  await look('account-setup', '/setup#x', TWO_PICTURES, '[data-view=setup] form');
  for (const language of ['ar', 'ru', 'en-XA']) {
    await look(`account-sign-in-${language}`, `/sign-in?lang=${language}`, OTHER_LANGUAGE, '[data-view=sign-in]');
    await look(`account-register-${language}`, `/register?lang=${language}`, OTHER_LANGUAGE, '[data-view=register] form');
  }
  await hasAccount(device, server, ANA, { page, password: PASSWORD });
  await look('account', '/account', EVERY_PICTURE, '[data-presence=here] #events ol');
  for (const language of ['ar', 'ru', 'en-XA']) await look(`account-${language}`, `/account?lang=${language}`, OTHER_LANGUAGE, '[data-presence=here] #events ol');
  assert.deepEqual(faults, []);
});

journey('an account is made and left without a pointer', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await device.visit(`${server.origin}/register`);
  await page.locator('[data-view=register] form').waitFor();
  await tabTo(page, 'input[type=email]');
  await page.keyboard.type(ANA);
  await page.keyboard.press('Enter');
  // Whoever has to put something right stands at it.
  await page.getByText('Tick this if it is true.').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input[type=checkbox]'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.locator('[data-view=register][data-step=code]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'h1', 'the next step begins at its heading');
  await tabTo(page, 'input');
  await page.keyboard.type(await codeTo(server, ANA));
  await page.keyboard.press('Enter');
  await standsInAccount(page);
  await tabTo(page, '[data-does=sign-out]');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Start casting' }).first().waitFor();
});

journey('a step that fails says what to do next and loses nothing that was typed', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  device.allowError('Failed to load resource');
  const page = await device.visit(`${server.origin}/register`);
  await page.getByLabel('E-mail address').fill(ANA);
  await page.getByLabel('Password, if you want one').fill('unisono2026');
  await page.getByRole('checkbox', { name: /years old/ }).check();
  await page.getByRole('checkbox', { name: /privacy policy/ }).check();
  const send = page.getByRole('button', { name: 'Send me the code' });
  await send.click();
  await page.locator('[aria-invalid][autocomplete=new-password]').waitFor();
  const typed = async () => [await page.getByLabel('E-mail address').inputValue(), await page.getByLabel('Password, if you want one').inputValue()];
  assert.deepEqual(await typed(), [ANA, 'unisono2026']);

  await server.kill();
  await send.click();
  await page.getByText('The server does not answer.').waitFor();
  assert.deepEqual(await typed(), [ANA, 'unisono2026']);
  await server.start();
  await page.getByLabel('Password, if you want one').fill(PASSWORD);
  await send.click();
  await page.locator('[data-view=register][data-step=code]').waitFor();
  await page.getByLabel('Code from the mail').fill('00000000');
  await page.keyboard.press('Enter');
  await page.getByText('This code does not fit.').waitFor();
  assert.equal(await page.getByLabel('Code from the mail').inputValue(), '00000000');
  await page.getByLabel('Code from the mail').fill(await codeTo(server, ANA));
  await page.keyboard.press('Enter');
  await standsInAccount(page);
});

/** Presses Tab until something that `selector` names has the focus. */
async function tabTo(page, selector) {
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(`main ${wanted}`), selector)) return;
  }
  throw new Error(`Tab never came to ${selector}`);
}
