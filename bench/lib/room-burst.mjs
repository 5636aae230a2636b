// How much comes through at most. One person may react twice a second, so rooms are large enough that nobody is refused.
import { crowd, inTurn } from './servers.mjs';
import { told, SERVERS } from './room-figures.mjs';
import { row } from './table.mjs';

const ROOM_SIZE = 50;
const SOCKETS = 5000;
/** Deliveries a second that are offered, one after the other: who is offered too much may do less than it can. */
const OFFERED = [60_000, 90_000, 120_000, 240_000, 360_000];
const RATIO_MIN = { 'socket.io': 4 };

export async function figures() {
  const best = {};
  const notes = [];
  for (const offered of OFFERED) {
    const plan = { sockets: SOCKETS, room_size: ROOM_SIZE, rate: offered / ROOM_SIZE, seconds: 5 };
    const found = await inTurn(1, SERVERS, (name, server) => crowd(name, server, plan));
    for (const name of SERVERS) best[name] = Math.max(best[name] ?? 0, found[name][0].deliveries_a_second);
    notes.push(`${offered} offered: ${SERVERS.map((name) => told(name, found)).join('; ')}`);
  }
  return SERVERS.slice(1).map((other, number) =>
    row(`deliveries a second at most, beside ${other}`, best.unisono, '/s', {
      baseline: best[other],
      of: other,
      is_ratio: true,
      goal_min: RATIO_MIN[other],
      note: number === 0 ? `${SOCKETS} sockets in rooms of ${ROOM_SIZE}; ${notes.join('. ')}` : undefined,
    }),
  );
}
