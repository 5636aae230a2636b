// The figures of casting: what the server costs beside npm `peer` and coturn, how late the sound is, how soon a page is there.
//
//   node cast.mjs [--only part]... [--write]
//
// As root everything runs in a network namespace that has only `lo`: no load leaves it, and nothing else comes in. It
// runs before all other processes of the machine as well, so that neighbours count less.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withNamespace } from '../e2e/lib/namespace.mjs';
import { machine } from './lib/machine.mjs';
import { print, write } from './lib/table.mjs';

/** Set for the process that runs inside the namespace. */
const INSIDE = 'BENCH_INSIDE_NAMESPACE';

/** Round robin, the lowest real-time priority (sched(7)); the kernel leaves a twentieth to others. */
const FIRST = ['-r', '1'];

/** Each part's module has a function `figures` that returns rows of the table. */
const PARTS = ['rest', 'signalling', 'memory', 'relay', 'home', 'opening', 'latency'];

const { values: wishes } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main() {
  const unknown = wishes.only.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) {
    console.error(`there is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
    return 1;
  }
  if (!process.env[INSIDE] && process.getuid() === 0) return withNamespace(runInside);
  return measure(PARTS.filter((part) => wishes.only.length === 0 || wishes.only.includes(part)));
}

/** Exits with 0 whatever the figures are; with 1 when one could not be had. */
async function measure(parts) {
  const before = machine();
  const rows = [];
  const faults = [];
  for (const part of parts) {
    console.log(`${part}: load ${machine().load} ...`);
    try {
      const { figures } = await import(`./lib/${part}.mjs`);
      rows.push(...(await figures()).map((row) => ({ ...row, load: machine().load })));
    } catch (error) {
      faults.push(`${part} could not be measured: ${error.message}`);
      console.log(faults.at(-1));
    }
  }
  print(rows, before);
  if (wishes.write && faults.length === 0) write(rows, before, command());
  for (const fault of faults) console.log(fault);
  return faults.length === 0 ? 0 : 1;
}

function command() {
  return `cargo xtask bench cast${wishes.only.map((part) => ` --only ${part}`).join('')} --write`;
}

function runInside(namespace) {
  const script = fileURLToPath(import.meta.url);
  const isFirst = spawnSync('chrt', [...FIRST, 'true']).status === 0;
  const program = [...(isFirst ? ['chrt', ...FIRST] : []), process.execPath, script, ...process.argv.slice(2)];
  const inside = ['netns', 'exec', namespace, ...program];
  const { status } = spawnSync('ip', inside, { stdio: 'inherit', env: { ...process.env, [INSIDE]: namespace } });
  return status ?? 1;
}
