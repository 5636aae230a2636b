// The figures of plans: how long the payment service waits for an answer to its events, and whether a plan is the truth
// after they have come in every order.
//
//   node plans.mjs [--only part]... [--write]
//
// No money moves: a stand-in is the payment service. As root everything runs in a network namespace that has only `lo`,
// and before all other processes of the machine. `BENCH_SMALL=1` asks for little, to see that it works.
import { run } from './lib/run.mjs';

/** Each part's module has a function `figures` that returns rows of the table. */
process.exitCode = await run('plans', import.meta.url, {
  webhooks: './plan-webhooks.mjs',
  orders: './plan-orders.mjs',
});
