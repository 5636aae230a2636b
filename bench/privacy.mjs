// The figures of privacy: one person's 2,000 rows copied and erased among many, and a full sweep of what is over.
//
//   node privacy.mjs [ACCOUNTS ROWS]
//
// Rows are made up in an SQLite file of its own. The goals hold for a million accounts and twenty million rows, which takes
// minutes to fill and some gigabytes of disk; without sizes it asks for a hundredth of that.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What is measured, with its goal in milliseconds. */
const GOALS = { copied: 1_000, erased: 1_000, swept: 60_000 };

const sizes = process.argv.slice(2).filter((word) => /^\d+$/.test(word));
const [accounts, rows] = sizes.length === 2 ? sizes : ['10000', '200000'];
const example = join(process.env.XTASK_TARGET, 'examples', 'privacy_load');
const { status, stdout } = spawnSync(example, [accounts, rows], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
console.log(`${Number(accounts).toLocaleString('en')} accounts, ${Number(rows).toLocaleString('en')} rows`);
for (const line of (stdout ?? '').trim().split('\n')) {
  const [what, figure] = line.split(' ');
  const goal = GOALS[what];
  const judged = goal === undefined ? '' : `; goal ${goal} ms, ${Number(figure) <= goal ? 'reached' : 'not reached'}`;
  console.log(goal === undefined ? line : `${what}: ${figure} ms${judged}`);
}
// A figure below its goal informs and fails nothing; one that could not be had is an error.
process.exitCode = status === 0 ? 0 : 1;
