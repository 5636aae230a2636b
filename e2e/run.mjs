// Runs the journeys: every promise of the pages that only real browsers can prove.
//
//   node run.mjs [--only words]... [--list]
//   node run.mjs --pictures      draws docs/pictures anew, from the real pages
//
// As root it makes a network namespace that has only `lo` and runs everything in there: nothing can leave it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withNamespace } from './lib/namespace.mjs';
import { journeys, runAll } from './lib/journey.mjs';

/** Files named `*.journey.mjs` in these are run. */
const FOLDERS = ['./journeys/', './networks/', './peers/'];
/** Set for the process that runs inside the namespace. */
const INSIDE = 'E2E_INSIDE_NAMESPACE';

const { values: wishes } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    pictures: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main() {
  if (wishes.pictures) await import('./lib/pictures.mjs');
  else await load();
  const chosen = journeys.filter(({ name }) => isWanted(name));
  if (chosen.length === 0) {
    console.error(`no journey is named like ${wishes.only.join(' or ')}`);
    return 1;
  }
  if (wishes.list) {
    for (const { name } of chosen) console.log(name);
    return 0;
  }
  if (process.env[INSIDE]) return runAll(chosen);
  if (process.getuid() !== 0) return skipAll(chosen);
  return withNamespace((namespace) => runInside(namespace));
}

async function load() {
  for (const folder of FOLDERS) {
    const place = new URL(folder, import.meta.url);
    const files = readdirSync(place).filter((file) => file.endsWith('.journey.mjs'));
    for (const file of files.sort()) await import(new URL(file, place));
  }
}

function isWanted(name) {
  return wishes.only.length === 0 || wishes.only.some((words) => name.toLowerCase().includes(words.toLowerCase()));
}

function skipAll(chosen) {
  for (const { name } of chosen) console.log(`skipped  ${name}: only root can make a network namespace`);
  console.log(`0 passed, 0 failed, ${chosen.length} skipped`);
  return process.env.CI ? 1 : 0;
}

function runInside(namespace) {
  const script = fileURLToPath(import.meta.url);
  const command = ['netns', 'exec', namespace, process.execPath, script, ...process.argv.slice(2)];
  const { status } = spawnSync('ip', command, { stdio: 'inherit', env: { ...process.env, [INSIDE]: namespace } });
  return status ?? 1;
}
