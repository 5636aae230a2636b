// How well a device knows the room's time over networks of many kinds, simulated, beside two plain ways to ask.
import { execFileSync } from 'node:child_process';
import { targetProgram } from './servers.mjs';
import { row } from './table.mjs';

/** The networks that have a goal, by the name that the simulation gives them, and p95 in ms. */
const GOALS = { 'lan-0.5ms': 0.3, 'wan-40ms': 0.5, 'wifi-spiky': 1 };

export async function figures() {
  const { networks } = JSON.parse(execFileSync(targetProgram('examples/accuracy'), ['--json'], { encoding: 'utf8' }));
  const missing = Object.keys(GOALS).filter((name) => !networks.some(({ network }) => network === name));
  if (missing.length > 0) throw new Error(`the simulation has no network ${missing.join(', ')}`);
  return networks.map((found) =>
    row(`clock error, simulated, p95: ${found.network}`, found.ours.p95, 'ms', {
      baseline: found['median-of-8'].p95,
      of: 'median of 8 probes',
      ...(GOALS[found.network] === undefined ? {} : { goal_max: GOALS[found.network] }),
      note:
        `median ${found.ours.median.toFixed(2)} ms, largest ${found.ours.max.toFixed(1)} ms; ` +
        `the last probe alone: p95 ${found['last-sample'].p95.toFixed(1)} ms; no way to ask could be below ${found.floor} ms`,
    }),
  );
}
