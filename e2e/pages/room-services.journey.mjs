// Songs of services in the queue: who has them, what plays them here, and how they look.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { countOf, opensARoom } from '../lib/rooms.mjs';
import { Services, spotifyLink } from '../lib/services.mjs';
import { until } from '../lib/waits.mjs';
import { askedElsewhere } from '../lib/youtube.mjs';

const VIDEOS = ['youtube', 'youtube_music'];

journey('a row says which services have the song and what it plays from here, and shows the picture by this server', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const songs = await services.songs();
  const has = ({ ids }, ...platforms) => platforms.some((platform) => ids[platform]?.length > 0);
  const everywhere = songs.find((song) => has(song, 'spotify') && has(song, 'youtube') && !has(song, 'tidal'));
  const withoutVideo = songs.find((song) => has(song, 'spotify') && !has(song, ...VIDEOS));

  const device = await stage.device('host');
  const home = await device.visit(server.origin);
  await home.evaluate(() => localStorage.setItem('unisono.service', 'tidal'));
  await home.close();
  const { page } = await opensARoom(device, server);
  for (const [at, link] of [`https://www.youtube.com/watch?v=${everywhere.ids.youtube[0]}`, spotifyLink(withoutVideo)].entries()) {
    const field = page.getByRole('textbox', { name: 'Add songs' });
    await field.fill(link);
    const button = page.getByRole('button', { name: 'Add', exact: true });
    await button.press('Enter');
    await until('the song is in the room', async () => (await countOf(page)) === at + 1);
    assert.ok(await button.evaluate((element) => element === document.activeElement), 'the focus stays where it was pressed');
  }
  const [played, missing] = [everywhere, withoutVideo].map(({ title }) => page.locator('[data-row]', { hasText: title }));
  // Names stand between signs that isolate them.
  await played.getByText(/Not on .?TIDAL.?: plays from .?YouTube/).waitFor();
  await missing.getByText('Not on yours: hear it when somebody casts it, or have it skipped.').waitFor();
  await missing.getByRole('link', { name: 'See where it is' }).waitFor();
  assert.match(await missing.locator('.where').first().innerText(), /Spotify/);
  const pictures = await until('a picture is drawn', async () => {
    const widths = await page.locator('[data-row] .art img').evaluateAll((images) => images.map(({ naturalWidth }) => naturalWidth));
    return widths.some((width) => width > 0) && widths;
  });
  stage.note(`pictures of ${pictures.join(' and ')} px`);
  assert.deepEqual(askedElsewhere(device, server), [], 'nobody else is asked for it');
});
