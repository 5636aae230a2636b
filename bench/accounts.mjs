// The figures of accounts: what being signed in costs a request, and what fifty sign-ins at once cost everybody else,
// and whether time tells who has an account.
//
//   node accounts.mjs [--only part]... [--write]
//
// Nobody real is asked. As root everything runs in a network namespace that has only `lo`, and before all other processes
// of the machine. `BENCH_SMALL=1` asks for little, to see that it works.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('accounts', import.meta.url, {
  request: './account-request.mjs',
  signins: './account-signins.mjs',
  enumeration: './account-enumeration.mjs',
});
