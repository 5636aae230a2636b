// What one command costs the rules of a room with 50 people and 100 items.
import { execFileSync } from 'node:child_process';
import { targetProgram } from './servers.mjs';
import { row } from './table.mjs';

const P50_MAX_US = 2;
const BASELINE = 'baseline: clone the state';
const NS_A_US = 1000;

export async function figures() {
  const said = execFileSync(targetProgram('examples/apply'), ['--json'], { encoding: 'utf8' });
  const found = said.trim().split('\n').map((line) => JSON.parse(line));
  const rows = [];
  for (const mode of new Set(found.map((one) => one.mode))) {
    const of = (command) => found.find((one) => one.mode === mode && one.command === command);
    const all = of('all commands');
    const kinds = found.filter((one) => one.mode === mode && !one.command.startsWith('baseline') && one !== all);
    const told = kinds.map(({ command, p50_ns }) => `${command} ${(p50_ns / NS_A_US).toFixed(2)}`).join(', ');
    rows.push(
      row(`one command, queue by ${mode}, p50`, all.p50_ns / NS_A_US, 'us', {
        baseline: of(BASELINE).p50_ns / NS_A_US,
        of: 'copying the state',
        goal_max: P50_MAX_US,
        note: `${all.people} people, ${all.items} items; p99 ${(all.p99_ns / NS_A_US).toFixed(1)} us; by kind, p50 in us: ${told}`,
      }),
    );
  }
  return rows;
}
