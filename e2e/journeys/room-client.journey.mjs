// A program without a browser takes part in a room: the client that others may copy, against a real server.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { newKey, Refused, RoomClient } from '../lib/room-client.mjs';

const TRACKS = ['Low Tide', 'High Water'].map((title, number) => ({
  source: 'address',
  url: `https://music.example/${number}.mp3`,
  title,
  duration_ms: 180_000,
}));
/** On one machine the clocks are one; the way there and back is all that is uncertain. */
const CLOCK_ERROR_MS = 250;

/** Without a clock of its own the whole states are compared. */
const seen = ({ state: { queue, current, history, playback } }) => ({ queue, current, history, playback });

// Promise T9
journey('a program opens a room, another follows it, and both see one queue and one position', async (stage) => {
  const server = await stage.server();
  const ana = await RoomClient.create(server.origin, { key: newKey(), name: 'Ana', title: 'Kitchen' });
  const ben = await RoomClient.join(server.origin, ana.code.toLowerCase(), { key: newKey(), name: 'Ben', form: 'phone' });
  assert.equal(ben.state.settings.title, 'Kitchen');
  assert.equal((await ana.command({ do: 'configure', change: { wait_for: 'never', mode: 'fifo' } })).answer, 'ok');
  assert.equal((await ben.command({ do: 'add', items: TRACKS, next: false })).answer, 'ok');
  const started = await ana.command({ do: 'play' });
  assert.equal(started.answer, 'ok');
  await ben.until(() => ben.position.seq >= started.seq);
  assert.deepEqual(seen(ben), seen(ana));
  assert.equal(ben.state.current.title, 'Low Tide');

  const apart = (await ana.now()) - Date.now();
  assert.ok(Math.abs(apart) < CLOCK_ERROR_MS, `the room's clock is ${apart} ms ahead of this machine's`);
  const bens = await ben.now();
  assert.ok(ben.positionAt(bens) >= 0 && ben.positionAt(bens) < TRACKS[0].duration_ms);
  stage.note(`the room's clock is known within ${ana.offset.error.toFixed(2)} ms`);

  const late = await ana.command({ do: 'skip' }, { if_item: ben.state.queue[0].id });
  assert.equal(late.code, 'stale', 'what is on is another');
  const forbidden = await ben.command({ do: 'configure', change: { title: 'Mine' } });
  assert.equal(forbidden.code, 'forbidden');
  assert.equal(forbidden.seq, ana.position.seq, 'and nothing happened');

  ben.close();
  await ana.command({ do: 'skip' });
  const back = await ben.again(server.origin);
  assert.equal(back.mine.person, ben.mine.person, 'the same person again');
  await back.until(() => back.position.seq >= ana.position.seq);
  assert.equal(back.state.current.title, 'High Water');
  assert.deepEqual(back.state.history, ana.state.history);

  const m3u = await back.list(server.origin, 'm3u');
  assert.ok(m3u.startsWith('#EXTM3U\n#PLAYLIST:Kitchen\n') && m3u.includes(TRACKS[0].url));
  await assert.rejects(RoomClient.join(server.origin, 'ZZZZZZ', { key: newKey() }), (error) => error instanceof Refused && error.code === 'no-such-room');
  for (const client of [ana, back]) client.close();
});
