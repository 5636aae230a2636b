// What one signalling message costs the server: 1,000 pairs, as many messages a second as many people would need.
import { median } from './machine.mjs';
import { inTurn, load } from './servers.mjs';
import { row } from './table.mjs';

const PLAN = { pairs: 1000, rate: 1500, seconds: 10 };
const ROUNDS = 2;
const RATIO_MAX = 0.4;

/** Ours first; the forwarder tells how much of a figure is the machine's own. */
const DIALECTS = ['unisono', 'peer', 'forwarder'];

export async function figures() {
  const found = await inTurn(ROUNDS, DIALECTS, (dialect, server) => load(dialect, server, PLAN));
  const cpu = (reports) => reports.map((report) => report.cpu_us_per_message);
  const delays = (reports) =>
    reports.map((one) => `${one.delay_ms_median.toFixed(1)} / ${one.delay_ms_p99.toFixed(1)}`).join(', ');
  const rounds = (reports) => cpu(reports).map((one) => one.toFixed(0)).join(', ');
  const baseline = { baseline: median(cpu(found.peer)), of: 'npm peer', is_ratio: true };
  const [ours, floor] = [median(cpu(found.unisono)), median(cpu(found.forwarder))];
  return [
    row('signalling, server CPU a message', ours, 'us', {
      ...baseline,
      goal_max: RATIO_MAX,
      note:
        `${PLAN.pairs} pairs, ${PLAN.rate} messages/s for ${PLAN.seconds} s; rounds ${rounds(found.unisono)} us ` +
        `and ${rounds(found.peer)} us; median / p99 delay ${delays(found.unisono)} ms and ${delays(found.peer)} ms; ` +
        `${(ours / floor).toFixed(2)} times the floor`,
    }),
    row('floor: forwarding bytes, nothing else', floor, 'us', {
      ...baseline,
      note:
        `one thread, one read and one write a message, no JSON, no rooms, no limits; rounds ${rounds(found.forwarder)} us; ` +
        `what the kernel and the event loop take from any server in this run`,
    }),
  ];
}
