// A server with many people: one of them takes everything along and leaves, and what is over is swept while others ask.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { atRate } from './at-rate.mjs';
import { Client, IS_SMALL, operator } from './account-client.mjs';
import { quantile } from './machine.mjs';
import { startUnisono, targetProgram } from './servers.mjs';
import { row } from './table.mjs';

const [ACCOUNTS, ROWS] = IS_SMALL ? [10_000, 200_000] : [1_000_000, 20_000_000];
const RATE = 50;
const USUAL_S = IS_SMALL ? 2 : 20;
const PAGES = IS_SMALL ? 20 : 300;
const RIGHT_MAX_MS = 1000;
const SWEEP_MAX_S = 60;
const PAGE_MAX_MS = 5;
const P99_RATIO_MAX = 2;
/** The example beside the store that fills the database. */
const PEOPLE = targetProgram('examples/privacy_load');

export async function figures() {
  const server = await startUnisono({ isFree: true, logs: true });
  const member = new Client(server, { cookie: await operator(server) });
  try {
    await server.kill();
    const one = filled(server.folder);
    const swept = await sweep(server, member);
    const page = await policyPage(member);
    const people = `${ACCOUNTS.toLocaleString('en')} accounts with ${ROWS.toLocaleString('en')} rows, filled in ${(one.filled / 1000).toFixed(0)} s`;
    return [
      row('one person copied', one.copied, 'ms', { goal_max: RIGHT_MAX_MS, note: `${one.rows} rows; SQLite, ${people}` }),
      row('one person erased', one.erased, 'ms', { goal_max: RIGHT_MAX_MS }),
      row('a full sweep, with the start of the server', swept.took_s, 's', { goal_max: SWEEP_MAX_S, note: `${swept.rows.toLocaleString('en')} rows were over` }),
      row('a request of a member during the sweep, p99', quantile(swept.during, 0.99), 'ms', {
        baseline: quantile(swept.usual, 0.99),
        of: 'after the sweep',
        is_ratio: true,
        goal_max: P99_RATIO_MAX,
        note: `${RATE} a second, one of two writes; ${swept.during.length} during the sweep, p50 ${quantile(swept.during, 0.5).toFixed(2)} ms, and ${swept.usual.length} after it, p50 ${quantile(swept.usual, 0.5).toFixed(2)} ms`,
      }),
      row('the policy page, p50', quantile(page, 0.5), 'ms', { goal_max: PAGE_MAX_MS, note: `${PAGES} times, the whole answer; p99 ${quantile(page, 0.99).toFixed(1)} ms` }),
    ];
  } finally {
    member.close();
    await server.stop();
  }
}

/** What the example prints: a name and a number a line. */
function told(text) {
  return Object.fromEntries(text.trim().split('\n').map((line) => line.split(' ')).map(([name, number]) => [name, Number(number)]));
}

function filled(folder) {
  const { status, stdout } = spawnSync(PEOPLE, ['fill', folder, ACCOUNTS, ROWS].map(String), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`the people could not be made up: ${status}`);
  return told(stdout);
}

/** A server sweeps when it starts. */
async function sweep(server, member) {
  const waiting = spawn(PEOPLE, ['wait', server.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  waiting.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  let isSwept = false;
  const ended = once(waiting, 'close').then(() => (isSwept = true));
  const begun = performance.now();
  await server.startAgain();
  const during = await atRate(RATE, () => isSwept, asking(member));
  await ended;
  const took_s = (performance.now() - begun) / 1000;
  const usual = await atRate(RATE, (number) => number >= RATE * USUAL_S, asking(member));
  return { took_s, rows: told(said).swept, during, usual };
}

/** What a member does: they look at their account, or change it. */
function asking(member) {
  return (number) =>
    number % 2 === 0 ? member.ask('GET', '/api/v1/account') : member.ask('PATCH', '/api/v1/account', { history_days: number % 4 === 1 ? 0 : 30 });
}

async function policyPage(member) {
  const times = [];
  for (let count = 0; count < PAGES; count += 1) {
    const { status, took_ms } = await member.ask('GET', '/privacy');
    if (status !== 200) throw new Error(`/privacy: ${status}`);
    times.push(took_ms);
  }
  return times;
}
