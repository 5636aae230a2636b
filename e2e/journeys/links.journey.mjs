// A music link becomes links for everybody, from Home, from another app, and without any script.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { CLIPBOARD, everyServiceAnswered, fieldOf, found, linkPage, pastesOnHome, row } from '../lib/link-people.mjs';
import { deezerLink, PLAYLIST, Services, spotifyLink } from '../lib/services.mjs';
import { until } from '../lib/waits.mjs';

/** As far as a slow service is, so that every state is there for longer than a look at it takes. */
const SEEN_MS = 600;
/** Long enough to be seen waiting, short enough to be waited for. */
const SLOW_MS = 1_500;

journey('a pasted Spotify link becomes links of the other services, each with how sure it is and why', async (stage) => {
  const services = await Services.start(stage, ['--latency-ms', String(SEEN_MS)]);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer', 'apple_music');
  const phone = await stage.device('phone', { permissions: CLIPBOARD });
  const page = await phone.visit(server.origin);
  const begun = performance.now();
  await pastesOnHome(page, spotifyLink(song));
  await page.getByText('Looking at the link').first().waitFor();
  const shown_ms = performance.now() - begun;
  await linkPage(page);
  const identified_ms = performance.now() - begun;
  assert.ok((await page.locator('#link h1').innerText()).includes(song.title));
  await until('two services beside Spotify have links', async () => (await found(page)).filter(({ platform }) => platform !== 'spotify').length >= 2);
  const first_ms = performance.now() - begun;
  await everyServiceAnswered(page);
  const links = await found(page);
  for (const { platform, address, certainty, why } of links) {
    assert.ok(certainty && why, `${platform} says how sure it is, and why`);
    if (certainty !== 'Same recording') continue;
    const ids = song.ids[platform] ?? [];
    assert.ok(ids.some((id) => address.includes(id.split('/').at(-1))), `${platform} leads to ${address}`);
  }
  assert.ok(links.some(({ platform }) => platform === 'deezer'));
  stage.note(`looking after ${ms(shown_ms)}, the piece after ${ms(identified_ms)}, two links after ${ms(first_ms)}, services at ${SEEN_MS} ms`);
});

journey('a link shared from another app opens its page, wherever the app put it, and other texts stay in the field', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer');
  const phone = await stage.device('phone');
  phone.allowError('422');
  const share = (fields) => `${server.origin}/share?${new URLSearchParams(fields)}`;
  const page = await phone.page();
  const names = new Set();
  for (const fields of [
    { text: `Listen ${deezerLink(song)}` },
    { url: deezerLink(song) },
    { title: deezerLink(song), text: 'A song' },
    { url: spotifyLink(song) },
  ]) {
    await page.goto(share(fields));
    names.add(await linkPage(page));
  }
  assert.equal(names.size, 1, 'one piece has one page');

  await page.goto(share({ text: 'that one song from the summer' }));
  await page.getByText('These look like words.').waitFor();
  assert.equal(await fieldOf(page).inputValue(), 'that one song from the summer');
  assert.equal(new URL(page.url()).pathname, '/');

  await page.goto(share({ text: 'https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk' }));
  await page.getByRole('heading', { name: 'That is a podcast.' }).waitFor();
  assert.match(await page.getByLabel('Music link').inputValue(), /episode/, 'the link stays to be mended');

  const { share_target } = await (await fetch(`${server.origin}/manifest.webmanifest`)).json();
  assert.deepEqual(share_target, { action: '/share', method: 'GET', params: { title: 'title', text: 'text', url: 'url' } });
});

journey('without JavaScript a link is found, read and corrected by forms', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer');
  const plain = await stage.device('plain', { context: { javaScriptEnabled: false } });
  const page = await plain.page();
  await page.goto(server.origin);
  await fieldOf(page).fill(`Listen to ${spotifyLink(song)}`);
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await linkPage(page);
  await until('Deezer has answered', async () => {
    await page.reload();
    return (await row(page, 'deezer').getAttribute('data-state')) === 'found';
  });
  assert.ok((await found(page)).find(({ platform }) => platform === 'deezer').address.includes(song.ids.deezer[0]));
  assert.equal(await page.getByRole('button', { name: 'Copy all' }).count(), 0, 'nothing is offered that needs a script');

  const other = (await services.songs()).find(({ title, ids }) => title !== song.title && ids.deezer);
  await page.getByText('Wrong or missing?').click();
  await page.getByLabel('The right link').fill(deezerLink(other));
  await page.getByRole('button', { name: 'Use this link' }).click();
  await row(page, 'deezer').getByText('Set by hand').waitFor();
  await page.getByRole('button', { name: /Undo/ }).click();
  await row(page, 'deezer').getByText('Set by hand').waitFor({ state: 'detached' });
});

journey('a slow service appears in its place when it answers, is announced, and nothing is loaded again', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  await services.behave('api.deezer.com', { latency_ms: SLOW_MS });
  const song = await services.songOn('spotify', 'deezer');
  const laptop = await stage.device('laptop', { permissions: CLIPBOARD });
  const page = await laptop.visit(server.origin);
  await pastesOnHome(page, spotifyLink(song));
  await linkPage(page);
  await page.evaluate(() => (window.isFirstPage = true));
  const order = () => page.locator('.service').evaluateAll((rows) => rows.map(({ id }) => id));
  const before = await order();
  await page.locator('#on-deezer[data-state=found]').waitFor();
  await page.locator('#news').filter({ hasText: 'Deezer' }).waitFor({ state: 'attached' });
  await everyServiceAnswered(page);
  assert.deepEqual(await order(), before, 'nothing moves under a finger');
  assert.equal(await page.evaluate(() => window.isFirstPage), true);

  await page.getByRole('button', { name: 'Copy all' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.includes(song.ids.deezer[0]) && copied.includes(`${server.origin}/l/`), copied);
});

journey('the right link counts as soon as it is pasted, and can be taken back', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer');
  const other = (await services.songs()).find(({ title, ids }) => title !== song.title && ids.deezer);
  const laptop = await stage.device('laptop', { permissions: CLIPBOARD });
  laptop.allowError('422');
  const page = await laptop.visit(`${server.origin}/share?text=${spotifyLink(song)}`);
  await everyServiceAnswered(page);
  await page.evaluate(() => (window.isFirstPage = true));
  await page.getByText('Wrong or missing?').click();
  const field = page.getByLabel('The right link');
  const pastes = async (text) => {
    await page.evaluate((link) => navigator.clipboard.writeText(link), text);
    await field.focus();
    await page.keyboard.press('Control+V');
  };
  await pastes(deezerLink(other));
  await row(page, 'deezer').getByText('Set by hand').waitFor();
  assert.ok((await found(page)).find(({ platform }) => platform === 'deezer').address.includes(other.ids.deezer[0]));
  assert.equal(await field.inputValue(), '');

  await pastes('https://open.spotify.com/user/somebody');
  const wrong = page.locator('.correct [role=alert]');
  await wrong.filter({ hasText: 'somebody’s page' }).waitFor();
  assert.match(await field.inputValue(), /user/, 'the text stays to be mended');

  await row(page, 'deezer').getByRole('button', { name: /Undo/ }).click();
  await row(page, 'deezer').getByText('Set by hand').waitFor({ state: 'detached' });
  assert.ok((await found(page)).find(({ platform }) => platform === 'deezer').address.includes(song.ids.deezer[0]));
  assert.equal(await page.evaluate(() => window.isFirstPage), true, 'the page was never left');
});

journey('the links that were looked at are listed on this device alone, and can be forgotten or not kept at all', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const [first, second] = (await services.songs()).filter(({ ids }) => ids.spotify);
  const phone = await stage.device('phone');
  const page = await phone.page();
  for (const song of [first, second]) {
    await page.goto(`${server.origin}/share?text=${spotifyLink(song)}`);
    await linkPage(page);
  }
  const kept = () => page.evaluate(() => localStorage.getItem('unisono.links'));
  await page.goto(server.origin);
  const list = page.getByRole('region', { name: 'Links you looked at' });
  await list.getByRole('link', { name: second.title }).waitFor();
  assert.equal(await list.getByRole('link').count(), 2);
  await list.getByRole('button', { name: second.title }).click();
  await list.getByRole('link', { name: second.title }).waitFor({ state: 'detached' });
  await list.getByRole('link', { name: first.title }).click();
  await linkPage(page);
  await page.goBack();
  await list.getByRole('button', { name: 'Forget all' }).click();
  await list.waitFor({ state: 'detached' });
  assert.equal(await kept(), null);

  await page.getByLabel('List the links I look at on this page').uncheck();
  await page.goto(`${server.origin}/share?text=${spotifyLink(first)}`);
  await linkPage(page);
  assert.equal(await kept(), 'off', 'no link is kept');
  const sent = phone.requests.filter(({ url }) => /history|looked/.test(new URL(url).pathname.replace(/^\/assets\/.*/, '')));
  assert.deepEqual(sent, []);
});

journey('the own service comes first on every page, and only this device knows it', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const [first, second] = (await services.songs()).filter(({ ids }) => ids.spotify && ids.deezer);
  const phone = await stage.device('phone');
  const page = await phone.visit(`${server.origin}/share?text=${spotifyLink(first)}`);
  await everyServiceAnswered(page);
  const firstRow = () => page.locator('.service').first().getAttribute('id');
  await page.getByLabel('Shown first').selectOption({ label: 'Deezer' });
  assert.equal(await firstRow(), 'on-deezer');
  await page.goto(`${server.origin}/share?text=${spotifyLink(second)}`);
  await everyServiceAnswered(page);
  assert.equal(await firstRow(), 'on-deezer');
  assert.equal(phone.requests.some(({ url }) => url.includes('first=')), false);
});

journey('a playlist is found elsewhere track by track, and the page shows how far it is', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const laptop = await stage.device('laptop');
  const page = await laptop.visit(`${server.origin}/share?text=${PLAYLIST}`);
  await page.evaluate(() => (window.isFirstPage = true));
  await laptop.press(page.getByRole('button', { name: 'Find every track elsewhere' }));
  await page.getByText(/\d+.? of .?\d+.? tracks are done/).first().waitFor();
  const done = page.locator('.playlist li a');
  await done.first().waitFor();
  assert.equal(await page.evaluate(() => window.isFirstPage), true, 'the page was never left');
  stage.note(`${await done.count()} tracks when the first ones were shown`);
  await done.first().click();
  await linkPage(page);
});

function ms(value) {
  return `${Math.round(value)} ms`;
}
