// The events of one change in every order, each told twice: how often is the plan what the payment service says?
import { IS_SMALL } from './account-client.mjs';
import { Shop } from './plan-shop.mjs';
import { row } from './table.mjs';

const KINDS = ['customer.subscription.created', 'customer.subscription.updated', 'invoice.paid', 'checkout.session.completed'];
const TAKEN = IS_SMALL ? 3 : KINDS.length;

export async function figures() {
  const shop = await Shop.open();
  try {
    const all = orders(KINDS.slice(0, TAKEN));
    let right = 0;
    for (const [number, order] of all.entries()) {
      const ends = number % 2 === 0;
      // Events of before are told after what they are about has changed again.
      const events = order.map((kind) => shop.event(kind));
      await shop.setEnds(!ends);
      await shop.tell(events[0]);
      await shop.setEnds(ends);
      for (const event of [...events, ...events.toReversed()]) await shop.tell(event);
      right += (await shop.until(async () => (await shop.plan()) === (ends ? 'ends' : 'pro'))) ? 1 : 0;
    }
    const note = `${all.length} orders of ${TAKEN} events, each told twice, forwards and backwards`;
    return [row('plans that are the truth after the last event', (100 * right) / all.length, '%', { goal_min: 100, note })];
  } finally {
    await shop.close();
  }
}

function orders(kinds) {
  if (kinds.length === 0) return [[]];
  return kinds.flatMap((kind) => orders(kinds.filter((other) => other !== kind)).map((rest) => [kind, ...rest]));
}
