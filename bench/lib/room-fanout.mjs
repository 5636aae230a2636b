// What a delivery costs: 5,000 sockets in rooms of 10 and of 500, 30,000 deliveries a second, beside Socket.IO and Bun.
import { compare } from './room-figures.mjs';

const SOCKETS = 5000;
const DELIVERIES_A_SECOND = 30_000;
const ROUNDS = 2;

export async function figures() {
  const rows = [];
  for (const room_size of [10, 500]) {
    const plan = { sockets: SOCKETS, room_size, rate: DELIVERIES_A_SECOND / room_size, seconds: 5 };
    rows.push(...(await compare(plan, ROUNDS)));
  }
  return rows;
}
