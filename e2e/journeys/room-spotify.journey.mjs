// Spotify's player, which is there only where the operator has chosen it.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { addsLoops, countOf, isPlaying, listensHere, opens, opensARoom, order } from '../lib/rooms.mjs';
import { Services, spotifyLink } from '../lib/services.mjs';
import { askedOfSpotify, CLIENT_ID, Spotify } from '../lib/spotify.mjs';
import { until } from '../lib/waits.mjs';
import { askedElsewhere } from '../lib/youtube.mjs';

/** Long enough for a page that asks when it should not to have asked. */
const QUIET_MS = 2_000;
/** Rings are drawn twenty times a second. */
const LOOKS = 12;
const LOOK_EVERY_MS = 50;
const ON = { PLAYERS__SPOTIFY_CLIENT_ID: CLIENT_ID };

journey('spotify: without the operator’s word nothing of it is on the page', async (stage) => {
  const { device, server, page } = await roomWithASong(stage);
  await listensHere(device, page);
  await page.waitForTimeout(QUIET_MS);
  assert.equal(await page.locator('[data-gate=spotify], [data-embed=spotify], [data-does=embed-connect]').count(), 0);
  assert.deepEqual(askedElsewhere(device, server), []);
});

// Promises S20, S29, Y41
journey('spotify: nobody else is asked before the press, the room plays from it after signing in, and nobody is asked once it is taken back', async (stage) => {
  const { device, server, page, spotify, song } = await roomWithASong(stage, ON);
  await listensHere(device, page);
  const connect = page.locator('[data-gate=spotify] [data-does=embed-connect]:enabled');
  await connect.waitFor();
  await page.waitForTimeout(QUIET_MS);
  assert.deepEqual(askedElsewhere(device, server), [], 'nobody is asked before the press');

  const before = device.presses;
  await device.press(connect);
  await isPlaying(page);
  assert.equal(device.presses - before, 1, 'one press');
  await until('it is in time', async () => Number(await page.locator('[data-error-ms]').getAttribute('data-error-ms')) > 0, 60_000);
  const error_ms = Number(await page.locator('[data-error-ms]').getAttribute('data-error-ms'));
  assert.ok(error_ms <= 1000, `${error_ms} ms`);
  stage.note(`Spotify's player in time within ${error_ms} ms, as the page says`);
  assert.equal(spotify.played.at(-1).uri, `spotify:track:${song.ids.spotify[0]}`);
  await page.getByText('no part of Pro').waitFor();
  await opens(page, 'vibe');
  await isInMood(page, 'still');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.ok(!kept.includes('a-token') && !kept.includes('another'), 'what it signed in with is kept nowhere');
  assert.equal(device.context.pages().length, 1, 'the window of the sign-in is gone');

  await page.locator('[data-does=embed-withdraw]').click();
  await page.locator('iframe[data-embed=spotify]').waitFor({ state: 'detached' });
  await page.locator('[data-gate=spotify][data-answer=withdrawn]').waitFor();
  const count = askedOfSpotify(device).length;
  await page.waitForTimeout(QUIET_MS);
  await page.reload();
  await connect.waitFor();
  await page.waitForTimeout(QUIET_MS);
  assert.equal(askedOfSpotify(device).length, count, 'nobody is asked any more');

  // What this page plays itself does move, unless the device asks for less.
  await addsLoops(page, 'tide');
  await listensHere(device, page);
  const [tide] = await order(page);
  await page.locator(`[data-row="${tide}"] [data-does=more]`).click();
  await page.locator(`[data-row="${tide}"] [data-does=play]`).click();
  await isPlaying(page);
  await opens(page, 'vibe');
  await isInMood(page, 'moving');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await isInMood(page, 'calm');
});

journey('spotify: an account without Premium is told as that', async (stage) => {
  const { device, page, spotify } = await roomWithASong(stage, ON);
  spotify.isPremium = false;
  await listensHere(device, page);
  await device.press(page.locator('[data-does=embed-connect]:enabled'));
  await page.getByText('only with Spotify Premium').waitFor();
  await page.locator('[data-does=embed-connect]:enabled').waitFor();
});

/** The picture of the sound says this of itself, and its rings move or not. */
async function isInMood(page, mood) {
  await page.locator(`[data-mood=${mood}]`).waitFor();
  await until(`the rings are ${mood}`, async () => {
    const seen = new Set();
    for (let look = 0; look < LOOKS; look += 1) {
      seen.add(await page.locator('[data-mood] circle').first().evaluate((ring) => getComputedStyle(ring).transform));
      await page.waitForTimeout(LOOK_EVERY_MS);
    }
    return seen.size > 1 === (mood === 'moving');
  });
}

/** One person in a room of their own, with one song that Spotify has. */
async function roomWithASong(stage, settings = {}) {
  const services = await Services.start(stage);
  const server = await services.server(stage, settings);
  const song = await services.songOn('spotify');
  const device = await stage.device('host', { autoplay: true, context: { reducedMotion: 'no-preference' } });
  const spotify = await Spotify.standsInFor(device);
  const { page } = await opensARoom(device, server);
  const field = page.locator('[data-does=add-field], input[type=text], input[type=search]').first();
  await field.fill(spotifyLink(song));
  await field.press('Enter');
  await until('the song is in the room', async () => (await countOf(page)) > 0);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  return { device, server, page, spotify, song };
}
