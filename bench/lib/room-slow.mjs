// Half of each room stops reading: what do the others notice?
import { crowd, inTurn } from './servers.mjs';
import { checkArrivals, of } from './room-figures.mjs';
import { row } from './table.mjs';

const PLAN = { sockets: 2000, room_size: 20, rate: 1000, seconds: 10 };
const DEAF_PERCENT = 50;
const ROUNDS = 2;

export async function figures() {
  const all = await inTurn(ROUNDS, ['unisono'], (name, server) => crowd(name, server, PLAN));
  const half = await inTurn(ROUNDS, ['unisono'], (name, server) => crowd(name, server, { ...PLAN, deaf_percent: DEAF_PERCENT }));
  checkArrivals([...all.unisono, ...half.unisono]);
  const lost = half.unisono.reduce((sum, one) => sum + one.expected - one.received, 0);
  const p99 = (report) => report.delay_ms_p99;
  const memory = (report) => report.resident_loaded / 1e6;
  const note = `${PLAN.sockets} sockets in rooms of ${PLAN.room_size}, ${PLAN.rate} messages/s for ${PLAN.seconds} s, ${DEAF_PERCENT} % never read`;
  return [
    row('a slow half: deliveries that the others lost', lost, '', { goal_max: 0, note }),
    row('a slow half: delay of the others, p99', of(half.unisono, p99), 'ms', { baseline: of(all.unisono, p99), of: 'when all read', note }),
    row('a slow half: memory of the server', of(half.unisono, memory), 'MB', { baseline: of(all.unisono, memory), of: 'when all read', note }),
  ];
}
