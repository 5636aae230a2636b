// The same as fan-out with all the sockets that one process may hold here.
import { compare } from './room-figures.mjs';

const SOCKETS = 19_500;
const DELIVERIES_A_SECOND = 20_000;
const ROUNDS = 1;

export async function figures() {
  const rows = [];
  for (const room_size of [10, 500]) {
    const plan = { sockets: SOCKETS, room_size, rate: DELIVERIES_A_SECOND / room_size, seconds: 5 };
    rows.push(...(await compare(plan, ROUNDS)));
  }
  return rows;
}
