// Signed in on several devices, and what ends where.
import assert from 'node:assert/strict';
import { accountServer, hasAccount, member, PASSWORD, signsIn, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';

const ANA = 'ana@example.org';
const CLOSED_MS_MAX = 2000;

journey('a session that is ended on another device closes its sockets within two seconds', async (stage) => {
  const server = await accountServer(stage);
  const laptop = await member(stage, 'laptop');
  const here = await hasAccount(laptop, server, ANA, { password: PASSWORD });
  const phone = await member(stage, 'phone');
  const there = await phone.page();
  await signsIn(phone, there, server, ANA, PASSWORD);
  await standsInAccount(there);
  await there.evaluate(openSocket);

  await here.reload();
  await here.getByRole('button', { name: 'Sign out there' }).click();
  const ended = performance.now();
  await here.getByText('That browser is signed out.').waitFor({ state: 'attached' });
  await there.waitForFunction(() => window.socketClosed === true);
  const took_ms = performance.now() - ended;
  assert.ok(took_ms <= CLOSED_MS_MAX, `closed after ${took_ms.toFixed(0)} ms`);
  stage.note(`closed after ${took_ms.toFixed(0)} ms`);
  await there.getByRole('button', { name: 'Save', exact: true }).click();
  await there.getByText('This session was ended').waitFor();
});

journey('what is sensitive asks again who it is once ten minutes are over, and then goes on', async (stage) => {
  const server = await accountServer(stage);
  const device = await member(stage, 'laptop');
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });
  // As if the proof were older: the first answer says so, the ones after it are the server's own.
  let isOld = true;
  await page.route('**/api/v1/account/totp?*', (route) => {
    if (!isOld) return route.continue();
    isOld = false;
    const problem = { type: '/problems/prove-it-again', title: 'Prove it.', detail: 'Again.', status: 403 };
    return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });
  await page.locator('[data-does=add-factor]').click();
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('img', { name: /authenticator app/ }).waitFor();
});

/** In the page: a socket of this session. */
function openSocket() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/api/v1/socket`);
    socket.onopen = () => resolve(undefined);
    socket.onerror = () => reject(new Error('no socket'));
    socket.onclose = () => (window.socketClosed = true);
  });
}
