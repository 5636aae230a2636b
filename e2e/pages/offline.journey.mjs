// The page as an installed app: without a server, and when a new version is there.
import assert from 'node:assert/strict';
import { between } from '../lib/between.mjs';
import { journey } from '../lib/journey.mjs';

/** As the build writes them: twelve digits of a hash. */
const NEXT_VERSION = 'f00df00df00d';

journey('without a server the shell opens, says so honestly, and comes back', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('device');
  const page = await device.visit(server.origin);
  await shellIsKept(page);
  for (const words of ['ERR_CONNECTION_REFUSED', 'ERR_FAILED']) device.allowError(words);
  await server.kill();
  for (const path of ['/', '/r/K7M4QX']) {
    await page.goto(`${server.origin}${path}`);
    await page.getByRole('heading', { name: 'Unisono can’t be reached.' }).waitFor();
    await page.getByText(/Check the connection, then try again/).waitFor();
  }
  assert.equal(await page.getByRole('textbox', { name: 'Room code or music link' }).inputValue(), 'K7M4QX', 'the code is not lost');
  await page.goto(server.origin);
  await server.start();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Start casting' }).waitFor();
});

journey('a new version asks before it takes over, and does not ask again', async (stage) => {
  const server = await stage.server();
  let isNew = false;
  const answered = (path, _headers, body) =>
    path === '/sw.js' && isNew ? Buffer.from(body.toString().replace(/\b[0-9a-f]{12}\b/, NEXT_VERSION)) : body;
  const front = await between(stage, server, { answered });
  const device = await stage.device('device');
  const page = await device.visit(front.origin);
  await shellIsKept(page);
  await page.reload();
  assert.deepEqual(await keptVersions(page).then((names) => names.length), 1);
  isNew = true;
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()));
  const prompt = page.getByRole('region', { name: 'A new version is ready.' });
  await prompt.waitFor();
  await page.evaluate(() => (window.isOldPage = true));
  await prompt.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => window.isOldPage === undefined);
  await page.getByRole('link', { name: 'Start casting' }).waitFor();
  assert.equal(await prompt.isVisible(), false);
  assert.deepEqual(await keptVersions(page), [`unisono-${NEXT_VERSION}`], 'the old copy is gone');
});

/** The service worker has its copy of the shell and answers for this page. */
async function shellIsKept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

function keptVersions(page) {
  return page.evaluate(() => caches.keys());
}
