// How much comes through when more is offered than a core can do.
import { crowd, inTurn } from './servers.mjs';
import { of, SERVERS, told } from './room-figures.mjs';
import { row } from './table.mjs';

const PLAN = { sockets: 5000, room_size: 10, rate: 24_000, seconds: 5 };
const ROUNDS = 1;
const RATIO_MIN = { 'socket.io': 4 };

export async function figures() {
  const found = await inTurn(ROUNDS, SERVERS, (name, server) => crowd(name, server, PLAN));
  const rate = (report) => report.deliveries_a_second;
  return SERVERS.slice(1).map((other) =>
    row(`deliveries a second at saturation, beside ${other}`, of(found.unisono, rate), '/s', {
      baseline: of(found[other], rate),
      of: other,
      is_ratio: true,
      goal_min: RATIO_MIN[other],
      note: `${PLAN.sockets} sockets in rooms of ${PLAN.room_size}, ${PLAN.rate * PLAN.room_size} offered; ${told('unisono', found)}; ${told(other, found)}`,
    }),
  );
}
