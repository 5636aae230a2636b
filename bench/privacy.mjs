// The figures of privacy: one person's rows copied and erased among many, what a sweep costs everybody else, and the page
// that the policy is.
//
//   node privacy.mjs [--only part]... [--write]
//
// People are made up in an SQLite file: a million with twenty million rows, which takes minutes and some gigabytes of disk.
// As root everything runs in a network namespace that has only `lo`. `BENCH_SMALL=1` asks for a hundredth of that.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('privacy', import.meta.url, {
  rights: './privacy-rights.mjs',
});
