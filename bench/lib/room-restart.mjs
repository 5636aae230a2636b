// The process is killed while rooms play: how soon is everybody back, with the same song at the same place?
import assert from 'node:assert/strict';
import { newKey, RoomClient } from '../../e2e/lib/room-client.mjs';
import { quantile } from './machine.mjs';
import { startUnisono } from './servers.mjs';
import { row } from './table.mjs';

const ROOMS = 50;
const RUNS = 3;
const BACK_MAX_S = 3;
const LOOK_EVERY_MS = 20;
/** Longer than any run. */
const SONG_MS = 3_600_000;
const song = (title) => ({ source: 'demo', name: title.toLowerCase(), title, duration_ms: SONG_MS });
const SONGS = ['Tide', 'Moss', 'Fern', 'Reed'].map(song);
const SUGGESTION = song('Rush');

export async function figures() {
  const backs = [];
  for (let run = 0; run < RUNS; run += 1) backs.push(...(await killedOnce()));
  return [
    row('killed and started again: until everybody knows the time and the song, p95', quantile(backs, 0.95) / 1000, 's', {
      goal_max: BACK_MAX_S,
      note:
        `${ROOMS} rooms that play, killed ${RUNS} times; from the kill to a member that has its place, the same state ` +
        `and the room's time again; at most ${(Math.max(...backs) / 1000).toFixed(2)} s; the pages' own wait of 0.5 s and more before they come back is not in it`,
    }),
  ];
}

/** Milliseconds from the kill until each room is back. */
async function killedOnce() {
  const server = await startUnisono();
  try {
    const members = await Promise.all(Array.from({ length: ROOMS }, () => comesIn(server.origin)));
    await Promise.all(members.map(({ member }) => plays(member)));
    const killed = performance.now();
    await server.kill();
    const started = server.startAgain();
    const backs = await Promise.all(members.map((member) => isBack(member, server.origin, killed)));
    await started;
    return backs;
  } finally {
    await server.stop();
  }
}

/** Somebody in a room of their own, and the key by which other tabs of theirs are the same person. */
async function comesIn(origin) {
  const key = newKey();
  return { key, member: await RoomClient.create(origin, { key, title: 'Garden' }) };
}

/** One song has played, one is on, and two follow by votes; something was said and suggested. */
async function plays(member) {
  const says = async (command) => assert.equal((await member.command(command)).answer, 'ok');
  await says({ do: 'configure', change: { wait_for: 'never', skip_percent: 100 } });
  await says({ do: 'add', items: SONGS });
  await says({ do: 'play' });
  await says({ do: 'skip' });
  await says({ do: 'vote', item: member.state.queue.at(-1).id });
  await says({ do: 'chat', text: 'Hello' });
  await says({ do: 'suggest', item: SUGGESTION });
  const { playback, queue, history, suggestions, chat } = member.state;
  assert.equal(playback.phase, 'playing');
  assert.deepEqual([queue, history, suggestions, chat].map(({ length }) => length), [2, 1, 1, 1]);
}

/** A room as it is kept: all but the sockets of those who are in it. */
function kept({ people, ...room }) {
  return { ...room, people: people.map(({ seats, ...person }) => person) };
}

async function isBack({ key, member }, origin, killed) {
  for (;;) {
    try {
      const back = await member.again(origin);
      await back.now();
      const taken = performance.now() - killed;
      assert.deepEqual(kept(back.state), kept(member.state));
      assert.deepEqual(back.mine, member.mine);
      // Another tab gets the whole room from the server, not what this member remembers.
      const tab = await RoomClient.join(origin, member.code, { key });
      assert.deepEqual(kept(tab.state), kept(member.state));
      assert.deepEqual(tab.mine, member.mine);
      for (const client of [back, tab]) client.close();
      return taken;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
