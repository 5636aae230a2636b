// A bench: its parts one after another, and the table of their figures.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withNamespace } from '../../e2e/lib/namespace.mjs';
import { machine } from './machine.mjs';
import { print, write } from './table.mjs';

/** Set for the process that runs inside the namespace. */
const INSIDE = 'BENCH_INSIDE_NAMESPACE';

/** Round robin, the lowest real-time priority (sched(7)); the kernel leaves a twentieth to others. */
const FIRST = ['-r', '1'];

/**
 * Runs the bench `name` in the file `script`. `parts` names the module of each part, beside this one. Gives the
 * process's exit code: 0 whatever the figures are, 1 when one could not be had.
 */
export async function run(name, script, parts) {
  const { values: wishes } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      write: { type: 'boolean', default: false },
    },
  });
  const names = Object.keys(parts);
  const unknown = wishes.only.filter((part) => !names.includes(part));
  if (unknown.length > 0) {
    console.error(`there is no part ${unknown.join(', ')}; there are ${names.join(', ')}`);
    return 1;
  }
  if (!process.env[INSIDE] && process.getuid() === 0) {
    return withNamespace((namespace) => runInside(namespace, fileURLToPath(script)));
  }
  const wanted = names.filter((part) => wishes.only.length === 0 || wishes.only.includes(part));
  const command = `cargo xtask bench ${name}${wishes.only.map((part) => ` --only ${part}`).join('')} --write`;
  return measure(name, wanted.map((part) => [part, parts[part]]), wishes.write ? command : null);
}

async function measure(name, parts, command) {
  const before = machine();
  const rows = [];
  const faults = [];
  for (const [part, module] of parts) {
    console.log(`${part}: load ${machine().load} ...`);
    try {
      const { figures } = await import(module);
      rows.push(...(await figures()).map((row) => ({ ...row, load: machine().load })));
    } catch (error) {
      faults.push(`${part} could not be measured: ${error.message}`);
      console.log(faults.at(-1));
    }
  }
  print(rows, before);
  if (command && faults.length === 0) write(name, rows, before, command);
  for (const fault of faults) console.log(fault);
  return faults.length === 0 ? 0 : 1;
}

function runInside(namespace, script) {
  const isFirst = spawnSync('chrt', [...FIRST, 'true']).status === 0;
  const program = [...(isFirst ? ['chrt', ...FIRST] : []), process.execPath, script, ...process.argv.slice(2)];
  const inside = ['netns', 'exec', namespace, ...program];
  const { status } = spawnSync('ip', inside, { stdio: 'inherit', env: { ...process.env, [INSIDE]: namespace } });
  return status ?? 1;
}
