// What is no link to music, or leads nowhere: each gets its own answer with the next step, and nothing hangs.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { CLIPBOARD, everyServiceAnswered, fieldOf, linkPage, pastesOnHome, row } from '../lib/link-people.mjs';
import { deezerLink, Services, spotifyLink } from '../lib/services.mjs';
import { told } from '../lib/told.mjs';

/** One character more than a link may have. */
const LONG = `https://open.spotify.com/track/${'a'.repeat(2_048 - 'https://open.spotify.com/track/'.length + 1)}`;

/** Texts, and what the answer says. */
const REFUSED = [
  ['https://music.example/track/1', /not the address of a music service/],
  ['https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk', /podcast/],
  ['https://open.spotify.com/user/somebody', /somebody’s page/],
  [LONG, /longer than a link/],
  ['https://open.spotify.com/track/tooshort', /incomplete or mistyped/],
  ['https://open.spotify.com@evil.example/track/0aTiUssEOy0Mt69bsavj6K', /disguised|not the address/],
  ['http://127.0.0.1/track/1', /disguised|not the address/],
  ['https://spotify.link/loopback', /short link does not lead to music/],
  ['https://spotify.link/private', /short link does not lead to music/],
  ['https://spotify.link/loop', /short link does not lead to music/],
  ['https://www.deezer.com/track/1', /no such thing/],
];

journey('a text that leads to no music says why and what to do, and stays in the field', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const phone = await stage.device('phone', { permissions: CLIPBOARD });
  phone.allowError('422');
  phone.allowError('503');
  const page = await phone.visit(server.origin);
  for (const [text, words] of REFUSED) {
    await fieldOf(page).fill('');
    await pastesOnHome(page, text);
    const notice = page.locator('[role=alert]').filter({ hasText: words });
    await notice.waitFor();
    const { title, next } = await told(page);
    assert.notEqual(title, next);
    assert.equal(await fieldOf(page).inputValue(), text);
    assert.equal(new URL(page.url()).pathname, '/');
  }
  await fieldOf(page).fill('never gonna give you up');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.getByText('These look like words.').waitFor();
  const asked = await services.requests();
  assert.ok(asked.every(({ host }) => host !== 'evil.example'), 'nothing foreign was fetched');
});

journey('a link that its service does not answer for says so, and the same piece by another service is found', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await songUnknownToDirectories(services);
  const phone = await stage.device('phone', { permissions: CLIPBOARD });
  phone.allowError('503');
  const page = await phone.visit(server.origin);
  await services.behave('api.deezer.com', { fault: { kind: 'status', status: 500 } });
  await pastesOnHome(page, deezerLink(song));
  await page.locator('[role=alert]').filter({ hasText: 'could not find out' }).waitFor();
  await fieldOf(page).fill('');
  await pastesOnHome(page, spotifyLink(song));
  await linkPage(page);
});

journey('one service that hangs or answers nonsense leaves the others as they are, and says so in its own row', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  await services.behave('api.deezer.com', { fault: { kind: 'garbage' } });
  const song = await songUnknownToDirectories(services);
  const phone = await stage.device('phone');
  const page = await phone.visit(`${server.origin}/share?text=${spotifyLink(song)}`);
  await everyServiceAnswered(page);
  assert.equal(await row(page, 'apple_music').getAttribute('data-state'), 'found');
  assert.equal(await row(page, 'deezer').getAttribute('data-state'), 'search');
  await row(page, 'deezer').getByText(/did not answer/).waitFor();
  assert.match(await row(page, 'deezer').locator('a.open').getAttribute('href'), /^https:\/\/www\.deezer\.com\/search/);
});

journey('without a network Home says so at once and keeps the link', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify');
  const phone = await stage.device('phone', { permissions: CLIPBOARD });
  phone.allowError('ERR_INTERNET_DISCONNECTED');
  const page = await phone.visit(server.origin);
  await phone.context.setOffline(true);
  await pastesOnHome(page, spotifyLink(song));
  const { title } = await told(page);
  assert.match(title, /no answer/);
  assert.equal(await fieldOf(page).inputValue(), spotifyLink(song));
  await phone.context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await linkPage(page);
});

/** No directory of music knows its number at Deezer: only Deezer can say what it is. */
async function songUnknownToDirectories(services) {
  const songs = await services.songs();
  return songs.find(({ ids, directories }) => ids.spotify && ids.apple_music && ids.deezer && !directories.includes('deezer'));
}
