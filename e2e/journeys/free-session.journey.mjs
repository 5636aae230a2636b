// The free session of a room as people meet it: announced, ended in peace, and a pause that no page can lift.
import assert from 'node:assert/strict';
import { hasAccount, member, PASSWORD, signsIn, standsInAccount } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { passes, serverInTime } from '../lib/passing-time.mjs';
import { choosesFile, reaches, roomOf, tapsListen, tones } from '../lib/people.mjs';
import { hear, hearsBothTones } from '../lib/sound.mjs';
import { noteAnnouncements, told } from '../lib/told.mjs';
import { until } from '../lib/waits.mjs';

const ANA = 'ana@example.org';
const SESSION_S = 60 * 60;
const PAUSE_S = 15 * 60;
const PLAN = { PLANS__FREE_SESSION_MINUTES: SESSION_S / 60, PLANS__FREE_COOLDOWN_MINUTES: PAUSE_S / 60 };
/** A moment is between marks that keep its direction. */
const AGAIN = /^The next free session may begin at \u2068?\d\d:\d\d/;
const GOES_ON = /^It can go on from \u2068?\d\d:\d\d/;

async function casts(page, server) {
  await page.goto(`${server.origin}/cast`);
  await choosesFile(page, [tones()]);
}

/** The server says no, whatever this browser knows of it. */
async function isToldToWait(page) {
  await reaches(page, 'failed');
  assert.match((await told(page)).title, AGAIN);
}

// Promises S13, S28
journey('a free session is announced, ends in peace, and no cleared storage lifts the pause after it', async (stage) => {
  const server = await serverInTime(stage, PLAN);
  const laptop = await member(stage, 'laptop');
  const page = await hasAccount(laptop, server, ANA, { password: PASSWORD });
  await casts(page, server);
  const { link } = await roomOf(page);
  const begun = performance.now();
  const phone = await stage.device('phone');
  const listening = await phone.visit(link.replace('localhost', '127.0.0.1'));
  await tapsListen(phone, listening);
  await hearsBothTones(listening);
  assert.equal(await page.locator('[data-session-ends]').count(), 0, 'nobody is hurried');

  const both = [page, listening];
  let passed_s = 0;
  const lets = async (span_s) => {
    passed_s += span_s;
    await passes(span_s, server, [laptop, phone]);
  };
  const remains = (minutes) => lets(Math.ceil(SESSION_S - minutes * 60 - passed_s - (performance.now() - begun) / 1000));
  const announced = await Promise.all(both.map(noteAnnouncements));
  for (const left of [5, 1]) {
    await remains(left);
    for (const one of both) await one.locator(`[data-session-ends="${left}"]`).waitFor();
    const words = `This room’s free session ends in ${left} minute${left === 1 ? '' : 's'}.`;
    for (const heard of announced) await until(`it is said: ${words}`, async () => (await heard()).map(plain).includes(words));
  }
  await hearsBothTones(listening);

  await remains(0);
  await reaches(page, 'ended');
  await page.getByRole('heading', { name: 'The free session is over.' }).waitFor();
  assert.match((await told(page, 'note')).title, AGAIN);
  await page.getByRole('link', { name: 'See what there is without limits' }).waitFor();
  await listening.getByText('The free session is over.').first().waitFor();
  await listening.getByText(GOES_ON).first().waitFor();
  await until('nothing plays any more', async () => (await hear(listening)) === null);

  await page.reload();
  assert.match((await told(page, 'note')).title, AGAIN, 'this browser remembers');
  await choosesFile(page, [tones()]);
  await isToldToWait(page);

  await page.evaluate(clearAll);
  await casts(page, server);
  await isToldToWait(page);
  await page.evaluate(clearAll);
  await laptop.context.clearCookies();
  await signsIn(laptop, page, server, ANA, PASSWORD);
  await standsInAccount(page);
  await casts(page, server);
  await isToldToWait(page);

  await lets(PAUSE_S);
  await casts(page, server);
  await reaches(page, 'waiting');
});

/** Without the marks that keep the direction of a number. */
function plain(text) {
  return text.replace(/[\u2068\u2069]/g, '');
}

/** Runs in the page: all that it keeps in this browser. */
async function clearAll() {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}
