// Fifty people sign in by password at once: how long does everybody else wait meanwhile?
import { Client, IS_SMALL } from './account-client.mjs';
import { quantile } from './machine.mjs';
import { startUnisono } from './servers.mjs';
import { row } from './table.mjs';

const AT_ONCE = IS_SMALL ? 10 : 50;
const ROUNDS = IS_SMALL ? 1 : 3;
/** Others, one after the other, while nobody signs in. */
const CALM_MS = IS_SMALL ? 500 : 5000;
const RATIO_MAX = 3;
/** Each from an address of its own, as people are; the server is told of them as by a proxy. */
const SETTINGS = { UNISONO_TRUSTED_PROXIES: '["127.0.0.1/32"]' };
const OTHERS_PATH = '/api/v1/account/upstreams';

export async function figures() {
  const server = await startUnisono({ settings: SETTINGS, isFree: true });
  try {
    const calm = [];
    const busy = [];
    const statuses = new Map();
    for (let round = 0; round < ROUNDS; round += 1) {
      calm.push(...(await othersUntil(server, new Promise((over) => setTimeout(over, CALM_MS)))));
      busy.push(...(await othersUntil(server, signIns(server, round, statuses))));
    }
    const [before, meanwhile] = [quantile(calm, 0.99), quantile(busy, 0.99)];
    const told = [...statuses].map(([status, count]) => `${count} times ${status}`).join(', ');
    return [
      row(`other requests while ${AT_ONCE} sign in at once, p99`, meanwhile, 'ms', {
        baseline: before,
        of: 'while nobody does',
        is_ratio: true,
        goal_max: RATIO_MAX,
        note: `${busy.length} and ${calm.length} requests; p50 ${quantile(busy, 0.5).toFixed(2)} and ${quantile(calm, 0.5).toFixed(2)} ms; sign-ins answered ${told}`,
      }),
    ];
  } finally {
    await server.stop();
  }
}

/** Wrong passwords of nobody: the same work as right ones, and no account needed. 503: more wait than may. */
async function signIns(server, round, statuses) {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, number) => {
      const client = new Client(server, { address: `203.0.113.${number + 1}` });
      const body = { email: `p${round}-${number}@example.org`, password: 'not the right one' };
      const { status } = await client.ask('POST', '/api/v1/account/sign-in', body);
      client.close();
      if (![403, 503].includes(status)) throw new Error(`signing in: ${status}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
  );
}

/** Milliseconds of what another client asks until `over`. */
async function othersUntil(server, over) {
  let isOver = false;
  const ended = over.finally(() => (isOver = true));
  const client = new Client(server, { address: '198.51.100.1' });
  const times = [];
  while (!isOver) times.push((await client.ask('GET', OTHERS_PATH)).took_ms);
  client.close();
  await ended;
  return times;
}
