// Runs the journeys: every promise of the pages that only real browsers can prove.
//
//   node run.mjs [--only words]... [--list]
//   node run.mjs --pictures      draws docs/pictures anew, from the real pages
//
// As root each lane (lib/lanes.mjs) has a network namespace with only `lo` to itself: nothing can leave it.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { journeys } from './lib/journey.mjs';
import { isInLane, runAll, serveLane } from './lib/lanes.mjs';

/** Files named `*.journey.mjs` in these are run: those of pages, which neither measure time nor listen, two at once. */
const FOLDERS = [
  { folder: './pages/', isBeside: true },
  { folder: './journeys/', isBeside: false },
  { folder: './networks/', isBeside: false },
  { folder: './peers/', isBeside: false },
];

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
  if (isInLane) return serveLane(journeys);
  const chosen = journeys.filter(({ name }) => isWanted(name));
  if (chosen.length === 0) {
    console.error(`no journey is named like ${wishes.only.join(' or ')}`);
    return 1;
  }
  if (wishes.list) {
    for (const { name } of chosen) console.log(name);
    return 0;
  }
  return process.getuid() === 0 ? runAll(chosen) : skipAll(chosen);
}

async function load() {
  for (const { folder, isBeside } of FOLDERS) {
    const place = new URL(folder, import.meta.url);
    const files = readdirSync(place).filter((file) => file.endsWith('.journey.mjs'));
    const known = journeys.length;
    for (const file of files.sort()) await import(new URL(file, place));
    for (const one of journeys.slice(known)) one.isBeside = isBeside;
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
