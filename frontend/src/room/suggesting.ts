/** Suggests songs one by one: somebody decides on each by itself, so there is no command for many. */
import type { Taken } from './additions';
import type { Outcome } from './commands';
import type { NewItem, RoomCommand } from './wire';

/** A person who says much is asked to wait for less than this, and then it goes on by itself. */
const WAIT_MS_MAX = 2000;
/** So often for one song. */
const WAITS_MAX = 3;

export interface SuggestWorld {
  say(command: RoomCommand): Promise<Outcome>;
  wait(ms: number): Promise<void>;
}

export async function suggestEach(items: readonly NewItem[], world: SuggestWorld): Promise<Taken> {
  let count = 0;
  let duplicate: Taken['refused'] = null;
  for (const [seen, item] of items.entries()) {
    const outcome = await suggest(item, world);
    if (outcome.answer === 'ok') count += 1;
    // What is there already does not keep the others out.
    else if (outcome.code === 'duplicate') duplicate = outcome;
    else return { count, seen, refused: outcome };
  }
  return { count, seen: items.length, refused: count === 0 ? duplicate : null };
}

async function suggest(item: NewItem, world: SuggestWorld): Promise<Outcome> {
  for (let waits = 0; ; waits += 1) {
    const outcome = await world.say({ do: 'suggest', item });
    const wait_ms = outcome.answer === 'reject' && outcome.code === 'limit' ? outcome.retry_after_ms : null;
    if (wait_ms === null || wait_ms > WAIT_MS_MAX || waits === WAITS_MAX) return outcome;
    await world.wait(wait_ms);
  }
}
