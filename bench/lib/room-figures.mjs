// Rooms under load beside Socket.IO and Bun, in turn, and the rows that follow.
import { median } from './machine.mjs';
import { crowd, inTurn } from './servers.mjs';
import { row } from './table.mjs';

export const SERVERS = ['unisono', 'socket.io', 'bun'];
const CPU_RATIO_MAX = { 'socket.io': 0.4, bun: 1 };
const MEMORY_RATIO_MAX = { 'socket.io': 0.4 };
const KIB = 1024;

/** Rows for rooms of 10 and of 500 with that many sockets in all, while so many deliveries a second are offered. */
export async function fanout({ sockets, deliveries_a_second, rounds }) {
  const rows = [];
  for (const room_size of [10, 500]) {
    const plan = { sockets, room_size, rate: deliveries_a_second / room_size, seconds: 5 };
    rows.push(...(await compare(plan, rounds)));
  }
  return rows;
}

/** Rows for a plan: processor time a delivery and memory a socket, against each of the others. */
async function compare(plan, rounds) {
  const found = await inTurn(rounds, SERVERS, (name, server) => crowd(name, server, plan));
  checkArrivals(found.unisono);
  const where = `${plan.sockets} sockets in rooms of ${plan.room_size}`;
  const rows = [];
  for (const other of SERVERS.slice(1)) {
    rows.push(
      row(`${where}: server CPU a delivery, beside ${other}`, of(found.unisono, cpu), 'us', {
        baseline: of(found[other], cpu),
        of: other,
        is_ratio: true,
        goal_max: CPU_RATIO_MAX[other],
        note: `${plan.rate * plan.room_size} deliveries/s offered for ${plan.seconds} s; ${told('unisono', found)}; ${told(other, found)}`,
      }),
    );
    rows.push(
      row(`${where}: idle memory a socket, beside ${other}`, of(found.unisono, memory), 'KiB', {
        baseline: of(found[other], memory),
        of: other,
        is_ratio: true,
        goal_max: MEMORY_RATIO_MAX[other],
      }),
    );
  }
  return rows;
}

/** Ours may be slow; it may not lose a word or a member. */
export function checkArrivals(reports) {
  for (const { expected, received, lost_sockets } of reports) {
    if (received < expected || lost_sockets > 0) {
      throw new Error(`${expected - received} of ${expected} deliveries and ${lost_sockets} sockets were lost`);
    }
  }
}

export const cpu = (report) => report.cpu_us_per_delivery;
const memory = (report) => report.resident_growth_per_socket / KIB;

export function of(reports, figure) {
  return median(reports.map(figure));
}

export function told(name, found) {
  const rounds = found[name].map(
    (one) =>
      `${one.cpu_us_per_delivery.toFixed(1)} us, ${((100 * one.received) / one.expected).toFixed(0)} % delivered, ` +
      `delay ${one.delay_ms_median.toFixed(1)} / ${one.delay_ms_p99.toFixed(1)} ms`,
  );
  return `${name}: ${rounds.join(' and ')}`;
}
