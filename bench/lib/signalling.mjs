// What one signalling message costs the server: 1,000 pairs, as many messages a second as many people would need.
import { median } from './machine.mjs';
import { inTurn, load } from './servers.mjs';
import { row } from './table.mjs';

const PLAN = { pairs: 1000, rate: 1500, seconds: 10 };
const ROUNDS = 2;
const RATIO_MAX = 0.4;

export async function figures() {
  const found = await inTurn(ROUNDS, (dialect, server) => load(dialect, server, PLAN));
  const cpu = (reports) => reports.map((report) => report.cpu_us_per_message);
  const delays = (reports) =>
    reports.map((one) => `${one.delay_ms_median.toFixed(1)} / ${one.delay_ms_p99.toFixed(1)}`).join(', ');
  const rounds = (reports) => cpu(reports).map((one) => one.toFixed(0)).join(', ');
  return [
    row('signalling, server CPU a message', median(cpu(found.unisono)), 'us', {
      baseline: median(cpu(found.peer)),
      of: 'npm peer',
      is_ratio: true,
      goal_max: RATIO_MAX,
      note:
        `${PLAN.pairs} pairs, ${PLAN.rate} messages/s for ${PLAN.seconds} s; rounds ${rounds(found.unisono)} us ` +
        `and ${rounds(found.peer)} us; median / p99 delay ${delays(found.unisono)} ms and ${delays(found.peer)} ms`,
    }),
  ];
}
