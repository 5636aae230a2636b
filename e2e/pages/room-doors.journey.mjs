// The ways into a room beside its code: the public directory, a link page, and what a link to a room shows elsewhere.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { everyServiceAnswered } from '../lib/link-people.mjs';
import { EVERY_PICTURE, faultsOf, OTHER_LANGUAGE, TWO_PICTURES } from '../lib/look.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { isInside } from '../lib/rooms.mjs';
import { Services, spotifyLink } from '../lib/services.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const LONG = 'Low Tide and High Water at the Old Harbour, Recorded Live in One Long Evening without any Pause';

/** A file of Ana's: this page has nothing to fetch for it. */
const FILE = { source: 'file', sha256: '0'.repeat(64), bytes: 1_000, media_type: 'audio/flac', duration_ms: 180_000 };

async function listed(server, title, item) {
  const host = await RoomClient.create(server.origin, { key: newKey(), name: 'Ana', title });
  await host.command({ do: 'configure', change: { is_listed: true, wait_for: 'never' } });
  if (!item) return host;
  await host.command({ do: 'add', items: [{ ...FILE, ...item }] });
  const { answer } = await host.command({ do: 'play' });
  assert.equal(answer, 'ok');
  return host;
}

journey('the public directory looks right empty and full, in every language, and leads into a room', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('device', { context: { serviceWorkers: 'block' } });
  const page = await device.page();
  const faults = [];
  const look = async (name, language, pictures) => {
    await page.goto(`${server.origin}/rooms?lang=${language}`);
    await page.locator('h1').waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  };
  await look('rooms-none', 'en', TWO_PICTURES);
  const hosts = [
    await listed(server, 'Friday evening', { title: LONG, artist: 'Nora Vale' }),
    await listed(server, 'موسيقى المساء', { title: 'مد البحر', artist: 'نورا' }),
    await listed(server, null),
  ];
  await look('rooms', 'en', EVERY_PICTURE);
  await look('rooms-ar', 'ar', TWO_PICTURES);
  await look('rooms-ru', 'ru', OTHER_LANGUAGE);
  await look('rooms-pseudo', 'en-XA', OTHER_LANGUAGE);
  assert.deepEqual(faults, []);
  await page.goto(`${server.origin}/rooms`);
  await page.getByRole('link', { name: 'Friday evening' }).press('Enter');
  await isInside(page);
  assert.ok(page.url().endsWith(`/r/${hosts[0].code}`));
  for (const host of hosts) host.close();
});

journey('a link to a room shows a title and a picture elsewhere, and its own name only when the host shows it to all', async (stage) => {
  const server = await stage.server();
  const host = await RoomClient.create(server.origin, { key: newKey(), name: 'Ana', title: 'Quiet evening' });
  const preview = async (code) => (await fetch(`${server.origin}/r/${code}`)).text();
  const hidden = await preview(host.code);
  assert.match(hidden, /property="og:title" content="Join this room on Unisono"/);
  assert.equal(hidden, await preview('ZZZZZZ'), 'no code is told from another');
  const [, picture] = /property="og:image" content="([^"]+)"/.exec(hidden);
  const answer = await fetch(new URL(new URL(picture).pathname, server.origin));
  assert.equal(answer.headers.get('content-type'), 'image/jpeg');
  await host.command({ do: 'configure', change: { is_listed: true } });
  assert.match(await preview(host.code), /property="og:title" content="Quiet evening · Unisono"/);
  host.close();
});

// Promise T9
journey('a link page leads into a new room that has the song, without a pointer', async (stage) => {
  const services = await Services.start(stage);
  const server = await services.server(stage);
  const song = await services.songOn('spotify', 'deezer');
  const laptop = await stage.device('laptop', {});
  const page = await laptop.visit(`${server.origin}/share?text=${encodeURIComponent(spotifyLink(song))}`);
  await everyServiceAnswered(page);
  await page.getByRole('link', { name: 'Start a room with this' }).press('Enter');
  await isInside(page);
  await page.locator('[data-view=room]').getByText(song.title).first().waitFor();
});
