// The figures of casting: what the server costs beside npm `peer` and coturn, how late the sound is, how soon a page is there.
//
//   node cast.mjs [--only part]... [--write]
//
// As root everything runs in a network namespace that has only `lo`: no load leaves it, and nothing else comes in. It
// runs before all other processes of the machine as well, so that neighbours count less.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('cast', import.meta.url, {
  rest: './rest.mjs',
  signalling: './signalling.mjs',
  memory: './memory.mjs',
  relay: './relay.mjs',
  home: './home.mjs',
  opening: './opening.mjs',
  latency: './latency.mjs',
});
