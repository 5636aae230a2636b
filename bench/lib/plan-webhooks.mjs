// A hundred events a second, whatever the server makes of them: how long does the payment service wait for an answer?
import { atRate } from './at-rate.mjs';
import { IS_SMALL } from './account-client.mjs';
import { quantile } from './machine.mjs';
import { Shop } from './plan-shop.mjs';
import { row } from './table.mjs';

const RATE = 100;
const SECONDS = IS_SMALL ? 1 : 10;
const ROUNDS = IS_SMALL ? 1 : 3;
/** One of so many events comes a second time. */
const TWICE_EVERY = 5;
const GOAL_MS = 50;

export async function figures() {
  const shop = await Shop.open();
  try {
    const times = { events: [], health: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.health.push(...(await atRate(RATE, isOver, () => shop.ask('GET', '/healthz'))));
      times.events.push(...(await atRate(RATE, isOver, telling(shop))));
    }
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(times.events, share));
    const of_health = [0.5, 0.99].map((share) => quantile(times.health, share));
    const note = `${times.events.length} events at ${RATE} a second in ${ROUNDS} rounds, each counted from when it was due, one of ${TWICE_EVERY} told twice`;
    return [
      row('an event of the payment service is answered, p99', p99, 'ms', { baseline: of_health[1], of: 'GET /healthz at the same rate', goal_max: GOAL_MS, note }),
      row('an event of the payment service is answered, p50', p50, 'ms', { baseline: of_health[0], of: 'GET /healthz at the same rate' }),
    ];
  } finally {
    await shop.close();
  }
}

const isOver = (number) => number >= RATE * SECONDS;

function telling(shop) {
  let last = null;
  return (number) => {
    if (last === null || number % TWICE_EVERY !== 0) last = shop.event('customer.subscription.updated');
    return shop.tell(last);
  };
}
