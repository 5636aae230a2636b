// What an idle socket costs: resident memory with and without 5,000 of them.
import { median } from './machine.mjs';
import { inTurn, load } from './servers.mjs';
import { row } from './table.mjs';

const PLAN = { pairs: 2500, rate: 0, seconds: 0 };
const ROUNDS = 2;
const RATIO_MAX = 0.8;
const KIB = 1024;

export async function figures() {
  const found = await inTurn(ROUNDS, ['unisono', 'peer'], (dialect, server) => load(dialect, server, PLAN));
  const growth = (reports) => reports.map((report) => report.resident_growth_per_socket / KIB);
  const rounds = (reports) => growth(reports).map((one) => one.toFixed(1)).join(', ');
  return [
    row('idle memory a socket', median(growth(found.unisono)), 'KiB', {
      baseline: median(growth(found.peer)),
      of: 'npm peer',
      is_ratio: true,
      goal_max: RATIO_MAX,
      note:
        `${2 * PLAN.pairs} sockets, ours in ${PLAN.pairs} rooms; ` +
        `rounds ${rounds(found.unisono)} KiB and ${rounds(found.peer)} KiB`,
    }),
  ];
}
