// The server with nothing to do: how soon it is ready, and how much memory it holds then.
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './machine.mjs';
import { resident, startUnisono } from './servers.mjs';
import { row } from './table.mjs';

const RUNS = 7;
const REST_MS = 2000;
const MEGABYTE = 1e6;
const RESIDENT_MAX_MB = 40;
const START_MAX_MS = 300;

export async function figures() {
  const starts = [];
  const sizes = [];
  for (let run = 0; run < RUNS; run += 1) {
    const server = await startUnisono();
    starts.push(server.started_ms);
    await pause(REST_MS);
    sizes.push(resident(server.pid) / MEGABYTE);
    await server.stop();
  }
  return [
    row('server at rest, resident', median(sizes), 'MB', { goal_max: RESIDENT_MAX_MB }),
    row('start to ready', median(starts), 'ms', {
      goal_max: START_MAX_MS,
      note: `median of ${RUNS} starts with an empty data folder, ${Math.round(Math.min(...starts))} to ${Math.round(Math.max(...starts))} ms`,
    }),
  ];
}
