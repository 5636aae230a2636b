// The same as fan-out with all the sockets that one process may hold here.
import { fanout } from './room-figures.mjs';

export const figures = () => fanout({ sockets: 19_500, deliveries_a_second: 20_000, rounds: 1 });
