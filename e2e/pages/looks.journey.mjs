// How every view looks, in every state, at every width, in both themes, and read from right to left.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, markupFaults, nightFaults, ONE_PICTURE, OTHER_LANGUAGE, placeFaults, TWO_PICTURES } from '../lib/look.mjs';
import { aCastThatIsHeard, startsCasting } from '../lib/people.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
/** There are so many states that looking at all takes longer than one journey may. */
const PARTS = 12;
/** Far fewer would mean that the gallery has lost some. */
const STATES_MIN = 160;

journey('Home and the page for lost addresses look right everywhere', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('device', { context: { serviceWorkers: 'block' } });
  device.allowError('404');
  const page = await device.page();
  const faults = [];
  const looks = [
    ['home', '/', EVERY_PICTURE],
    ['missing', '/nowhere', TWO_PICTURES],
    ['home-ar', '/?lang=ar', TWO_PICTURES],
    ['home-ru', '/?lang=ru', OTHER_LANGUAGE],
    ['home-pseudo', '/?lang=en-XA', OTHER_LANGUAGE],
  ];
  for (const [name, path, pictures] of looks) {
    await page.goto(`${server.origin}${path}`);
    await page.locator('h1').waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  }
  for (const path of ['/', '/cast', '/r/K7M4QX']) {
    const served = await (await fetch(`${server.origin}${path}`)).text();
    faults.push(...(await markupFaults(`as served, ${path}`, served)));
  }
  assert.deepEqual(faults, []);
});

journey('Home can be read in the language of the browser before any script', async (stage) => {
  const server = await stage.server();
  for (const [locale, title, direction] of [
    ['en', 'Play it here. Hear it there.', 'ltr'],
    ['ru-RU', 'Играет здесь. Слышно там.', 'ltr'],
    ['ar-EG', 'شغّلها هنا. واسمعوها هناك.', 'rtl'],
    ['de-DE', 'Play it here. Hear it there.', 'ltr'],
  ]) {
    const plain = await stage.device(locale, { context: { javaScriptEnabled: false, locale } });
    const page = await plain.page();
    await page.goto(server.origin);
    await page.getByRole('heading', { name: title }).waitFor();
    assert.equal(await page.locator('html').getAttribute('dir'), direction);
    await page.getByText(/JavaScript/).waitFor();
  }
});

journey('Cast and Listen look right everywhere while real sound plays', async (stage) => {
  const { listening, cast, laptop, server } = await aCastThatIsHeard(stage);
  for (const page of [listening, cast.page]) await page.locator('[data-path]').first().waitFor();
  const source = await startsCasting(laptop, server);
  const pages = Object.entries({ source, cast: cast.page, listen: listening });
  const faults = await Promise.all(pages.map(([name, page]) => faultsOf(page, name, PICTURES, EVERY_PICTURE)));
  assert.deepEqual(faults.flat(), []);
});

for (let part = 0; part < PARTS; part += 1) {
  journey(`every state of every view that the gallery draws looks right everywhere, part ${part + 1} of ${PARTS}`, async (stage) => {
    const server = await stage.server();
    const device = await stage.device('device', { context: { serviceWorkers: 'block' } });
    const all = await statesDrawn(device, server);
    assert.ok(all.length >= STATES_MIN, `${all.length} states are drawn`);
    const states = all.filter((_, place) => place % PARTS === part);
    assert.deepEqual(await faultsOfStates(device, server, states), []);
    stage.note(`${states.length} states`);
  });
}

for (const [language, how] of [
  ['ar', 'read from right to left, and its contrast at night'],
  ['ru', 'in Russian'],
  ['en-XA', 'with longer words'],
]) {
  journey(`every drawn state keeps its place ${how}`, async (stage) => {
    const server = await stage.server();
    const device = await stage.device('device', { context: { serviceWorkers: 'block' } });
    const page = await device.visit(`${server.origin}/gallery?lang=${language}`);
    await page.locator('main h1').first().waitFor();
    const faults = await placeFaults(page, `gallery-${language}`, PICTURES);
    if (language === 'ar') faults.push(...(await nightFaults(page, 'gallery-night', PICTURES)));
    assert.deepEqual(faults, []);
  });
}

async function faultsOfStates(device, server, states) {
  const faults = [];
  const page = await device.page();
  for (const state of states) {
    await page.goto(`${server.origin}/gallery?show=${state}`);
    await page.locator('main h1').first().waitFor();
    faults.push(...(await faultsOf(page, state, PICTURES, ONE_PICTURE)));
  }
  return faults;
}

async function statesDrawn(device, server) {
  const page = await device.visit(`${server.origin}/gallery`);
  await page.locator('main h1').first().waitFor();
  const states = await page.locator('a[id^=entry-]').allInnerTexts();
  await page.close();
  return states;
}
