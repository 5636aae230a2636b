// Links and pages that are known already, under load from 16 connections on the same cores, and the memory after it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LinkStage, addressOf } from './link-stage.mjs';
import { median } from './machine.mjs';
import { inTurnWithOthers, resident } from './servers.mjs';
import { row } from './table.mjs';

const WISHES = fileURLToPath(new URL('link-wishes.lua', import.meta.url));
/** Links that are asked for in turn. */
const SONGS = 30;
const CONNECTIONS = 16;
const SECONDS = 10;
const ROUNDS = 3;
const REST_MS = 3000;
const MEGABYTE = 1e6;
const UNITS_MS = { us: 0.001, ms: 1, s: 1000 };

const BASELINE = { links: 3134, links_p99_ms: 38, pages: 181, memory_mb: 87 };
const GOAL = { links: 20_000, links_p99_ms: 10, pages: 5_000, memory_mb: 60 };

export async function figures() {
  const stage = await LinkStage.open({ isFree: true });
  try {
    const songs = stage.songs.filter(({ ids }) => ids.deezer).slice(0, SONGS);
    const texts = songs.map((song) => addressOf(song, 'deezer'));
    const views = [];
    for (const text of texts) views.push(await stage.convert(text));
    const links = await load(stage, texts.map((text) => `POST /api/v1/links ${JSON.stringify({ text })}`));
    const pages = await load(stage, views.map(({ id }) => `GET /l/${id}`));
    await pause(REST_MS);
    const memory = resident(stage.server.pid) / MEGABYTE;
    const of = 'best open converter';
    return [
      row('cached conversions a second', median(links.rates), '/s', {
        baseline: BASELINE.links,
        of,
        goal_min: GOAL.links,
        note: `${CONNECTIONS} connections for ${SECONDS} s; rounds ${links.rates.map(Math.round).join(', ')}/s`,
      }),
      row('cached conversions, p99', median(links.p99s), 'ms', { baseline: BASELINE.links_p99_ms, of, goal_max: GOAL.links_p99_ms }),
      row('cached share pages a second', median(pages.rates), '/s', {
        baseline: BASELINE.pages,
        of,
        goal_min: GOAL.pages,
        note: `rounds ${pages.rates.map(Math.round).join(', ')}/s; p99 ${pages.p99s.map((ms) => ms.toFixed(1)).join(', ')} ms`,
      }),
      row('memory after these loads, resident', memory, 'MB', { baseline: BASELINE.memory_mb, of, goal_max: GOAL.memory_mb }),
    ];
  } finally {
    await stage.close();
  }
}

/** A wish is a line of method, path and body. */
async function load({ server, folder }, wishes) {
  const file = join(folder, 'wishes');
  writeFileSync(file, wishes.map((wish) => `${wish}\n`).join(''));
  const rates = [];
  const p99s = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const said = await wrk(['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency', '-s', WISHES, `http://${server.address}`, '--', file]);
    if (/Non-2xx|Socket errors/.test(said)) throw new Error(said);
    rates.push(Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1]));
    const [, time, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(said);
    p99s.push(Number(time) * UNITS_MS[unit]);
  }
  return { rates, p99s };
}

async function wrk(wishes) {
  const [program, ...rest] = inTurnWithOthers(['wrk', ...wishes]);
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`wrk ended with ${code}`);
  return said;
}
