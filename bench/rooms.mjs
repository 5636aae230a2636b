// The figures of rooms: how well they are in time, what a delivery and a command cost, how soon they are back.
//
//   node rooms.mjs [--only part]... [--write]
//
// As root everything runs in a network namespace that has only `lo`: no load leaves it, and nothing else comes in. It
// runs before all other processes of the machine as well, so that neighbours count less.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('rooms', import.meta.url, {
  clock: './room-clock.mjs',
  apply: './room-apply.mjs',
  fanout: './room-fanout.mjs',
  crowd: './room-crowd.mjs',
  burst: './room-burst.mjs',
  slow: './room-slow.mjs',
  restart: './room-restart.mjs',
});
