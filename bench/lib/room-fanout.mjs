// What a delivery costs: 5,000 sockets, beside Socket.IO and Bun.
import { fanout } from './room-figures.mjs';

export const figures = () => fanout({ sockets: 5000, deliveries_a_second: 30_000, rounds: 2 });
