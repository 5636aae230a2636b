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
const SONG = { source: 'demo', name: 'tide', title: 'Tide', duration_ms: 3_600_000 };

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
    const members = await Promise.all(Array.from({ length: ROOMS }, () => RoomClient.create(server.origin, { key: newKey() })));
    await Promise.all(members.map(plays));
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

async function plays(member) {
  await member.command({ do: 'configure', change: { wait_for: 'never' } });
  await member.command({ do: 'add', items: [SONG] });
  await member.command({ do: 'play' });
  await member.until(() => member.state.playback.phase === 'playing');
}

async function isBack(member, origin, killed) {
  for (;;) {
    try {
      const back = await member.again(origin);
      await back.now();
      const taken = performance.now() - killed;
      assert.deepEqual(back.state.playback, member.state.playback);
      assert.equal(back.mine.person, member.mine.person);
      back.close();
      return taken;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
