// The figures of links: how many are read rightly, found rightly, and how soon, with and without a cache.
//
//   node links.mjs [--only part]... [--write]
//
// Nobody real is asked: the music services are the stand-ins of `crates/testkit/src/providers`. As root everything runs
// in a network namespace that has only `lo`, and before all other processes of the machine.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('links', import.meta.url, {
  cases: './link-cases.mjs',
  recall: './link-recall.mjs',
  cold: './link-cold.mjs',
  hang: './link-hang.mjs',
  load: './link-load.mjs',
});
