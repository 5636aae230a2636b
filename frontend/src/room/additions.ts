/** How many songs came in by one command: its answer names no more than the last event that it made. */
import type { Outcome } from './commands';
import type { NewItem, RoomCommand, RoomEvent } from './wire';

/** What became of several songs. */
export interface Taken {
  count: number;
  /** How many the room has decided on, beginning with the first. The others it did not look at. */
  seen: number;
  /** Why it ended before the last, or why nothing came in; `null` when neither is so. */
  refused: Extract<Outcome, { answer: 'reject' }> | null;
}

/** Events that are remembered: one command adds a hundred songs at most, and tells of them in fewer events than that. */
const EVENTS_MAX = 128;

interface Told {
  seq: number;
  at: number;
  by: string | null;
  count: number;
}

export class Additions {
  private events: Told[] = [];

  heard(event: RoomEvent): void {
    const { seq, at, by = null } = event;
    const count = event.event === 'added' ? event.items.length : 0;
    this.events = [...this.events, { seq, at, by, count }].slice(-EVENTS_MAX);
  }

  /** What the command brought in whose last event is `seq`; `null` where that came with a snapshot. */
  by(seq: number): number | null {
    const end = this.events.findLastIndex((event) => event.seq === seq);
    const last = this.events[end];
    if (!last) return null;
    let count = 0;
    // All that one command does happens at one moment.
    for (let at = end; at >= 0; at -= 1) {
      const event = this.events[at];
      if (event?.at !== last.at || event.by !== last.by) break;
      count += event.count;
    }
    return count;
  }
}

export interface AddingRoom {
  say(command: RoomCommand): Promise<Outcome>;
  readonly additions: Additions;
}

/** Adds songs by one command. */
export async function addTogether(items: readonly NewItem[], room: AddingRoom): Promise<Taken> {
  const outcome = await room.say({ do: 'add', items: [...items], next: false });
  // The events come before the answer.
  if (outcome.answer === 'ok') return { count: room.additions.by(outcome.seq) ?? items.length, seen: items.length, refused: null };
  return { count: 0, seen: outcome.code === 'duplicate' ? items.length : 0, refused: outcome };
}
