// The process is killed while a room plays: how soon is a member told of it again, by the same state?
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from './machine.mjs';
import { RoomMember } from './room-member.mjs';
import { startUnisono } from './servers.mjs';
import { row } from './table.mjs';

const ROOMS = 50;
const RUNS = 5;
const BACK_MAX_S = 3;
const LOOK_EVERY_MS = 10;

export async function figures() {
  const backs = [];
  for (let run = 0; run < RUNS; run += 1) backs.push(...(await killedOnce()));
  return [
    row('killed and started again: until a member has its room back, p95', quantile(backs, 0.95) / 1000, 's', {
      goal_max: BACK_MAX_S,
      note:
        `${ROOMS} rooms that play, killed ${RUNS} times; from the kill to the first answer with the same item, ` +
        `position and order; at most ${(Math.max(...backs) / 1000).toFixed(2)} s`,
    }),
  ];
}

/** Milliseconds from the kill until each room is back. */
async function killedOnce() {
  const server = await startUnisono({ keepsData: true });
  let second = null;
  try {
    const members = await Promise.all(Array.from({ length: ROOMS }, () => RoomMember.create(server.address)));
    await Promise.all(members.map((member) => member.playsADemo()));
    const before = members.map((member) => member.told());
    const killedAt = performance.now();
    await server.kill();
    second = await server.again();
    const backs = await Promise.all(members.map(async (member) => {
      await member.comesBack(second.address);
      return performance.now() - killedAt;
    }));
    const after = members.map((member) => member.told());
    if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error('a room came back as another');
    await pause(LOOK_EVERY_MS);
    for (const member of members) member.close();
    return backs;
  } finally {
    await (second ?? server).stop();
  }
}
