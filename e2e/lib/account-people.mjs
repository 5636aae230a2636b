// What people do with accounts: make one, read their mail, sign in and out.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BINARY, freePort } from './server.mjs';
import { until } from './waits.mjs';

const run = promisify(execFile);

export const PASSWORD = 'seven green kettles hum at dawn';
/** What the browser itself says to answers that refuse: the page says the rest. */
const REFUSALS = ['status of 401', 'status of 403', 'status of 409', 'status of 410', 'status of 422'];

/** A mail server that does not answer: codes count as a way in, and their letters wait in the outbox all the same. */
export const MAIL_AWAY = { MAIL__HOST: 'localhost', MAIL__PORT: '1', MAIL__TLS: 'none', MAIL__FROM: 'Unisono <noreply@listen.example>' };

/** A server whose browsers take it for safe: passkeys are made for names, not for numbers. */
export async function accountServer(stage, settings = {}, port = undefined, program = undefined) {
  const own = port ?? (await freePort());
  // Links in letters begin with it, so a server with mail does not start without.
  const named = 'MAIL__HOST' in settings ? { PUBLIC_URL: `http://localhost:${own}` } : {};
  const server = await stage.server({ ACCOUNTS__PASSWORD_COST: '4', ...named, ...settings }, own, program);
  return Object.defineProperty(server, 'origin', { value: `http://localhost:${server.port}` });
}

/** A device that may be signed in: one cookie, and refusals that journeys provoke. */
export async function member(stage, name, options = {}) {
  const device = await stage.device(name, options);
  device.allowCookie('__Host-unisono');
  for (const words of REFUSALS) device.allowError(words);
  return device;
}

/** A passkey that this page's browser can make and use, unlocked by whoever holds the device. */
export async function withPasskeys(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    held: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

/** The newest letter to `address`, once it waits in the outbox: with no mail server set the operator hands it over. */
export async function letterTo(server, address, words = '') {
  return until(`a letter to ${address} waits`, async () => {
    const list = await mail(server, 'list');
    const ids = [...list.matchAll(/^(\S+) {2}\S+ +\w/gm)].map(([, id]) => id);
    const letters = await Promise.all(ids.map((id) => mail(server, 'show', id)));
    return letters.filter((letter) => letter.startsWith(`To: ${address}\n`) && letter.includes(words)).at(-1);
  });
}

export async function codeTo(server, address, words = '') {
  return until(`a code to ${address}`, async () => {
    const digits = (await letterTo(server, address, words)).match(/^\s*(\d{4}[ -]?\d{4})\s*$/m);
    return digits?.[1].replace(/\D/g, '');
  });
}

async function mail(server, ...words) {
  const env = { PATH: process.env.PATH, HOME: server.folder, UNISONO_DATA_DIR: server.folder };
  const { stdout } = await run(BINARY, ['mail', ...words], { cwd: server.folder, env });
  return stdout;
}

/** Fills in the form to make an account. Ends where the code is asked for. */
export async function registers(device, page, address, { password = '' } = {}) {
  await page.locator('[data-view=register]').waitFor();
  await page.getByLabel('E-mail address').fill(address);
  if (password !== '') await page.getByLabel('Password, if you want one').fill(password);
  await page.getByRole('checkbox', { name: /years old/ }).check();
  await page.getByRole('checkbox', { name: /privacy policy/ }).check();
  await device.press(page.getByRole('button', { name: 'Send me the code' }));
  await page.locator('[data-view=register][data-step=code]').waitFor();
}

/** Somebody who has an account and stands on its page. */
export async function hasAccount(device, server, address, options = {}) {
  const page = options.page ?? (await device.page());
  await page.goto(`${server.origin}/register`);
  await registers(device, page, address, options);
  await page.getByLabel('Code from the mail').fill(await codeTo(server, address));
  await page.keyboard.press('Enter');
  await standsInAccount(page);
  return page;
}

export async function standsInAccount(page) {
  await page.locator('[data-view=account][data-presence=here]').waitFor();
}

export async function signsOut(device, page) {
  await device.press(page.locator('[data-does=sign-out]'));
  await page.getByRole('link', { name: 'Start casting' }).first().waitFor();
}

/** By address and password, on the page to sign in. */
export async function signsIn(device, page, server, address, password) {
  await page.goto(`${server.origin}/sign-in`);
  await page.getByLabel('E-mail address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await device.press(page.getByRole('button', { name: 'Sign in', exact: true }));
}
