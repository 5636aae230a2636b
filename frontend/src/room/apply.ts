/** What an event makes of a room. The server decides the order of things; nothing here sorts. */
import type { ChatLine, Item, Person, RoomEvent, Shared } from './wire';

/** As many as a snapshot carries. */
const HISTORY_MAX = 50;
const CHAT_MAX = 100;

/** The room after `event`. What is not touched stays the same object. */
export function applied(room: Shared, event: RoomEvent): Shared {
  switch (event.event) {
    case 'person':
      return { ...room, people: withPerson(room.people, event.person) };
    case 'person-left':
      return {
        ...room,
        people: room.people.filter(({ id }) => id !== event.person),
        banned: room.banned + (event.because === 'banned' ? 1 : 0),
      };
    case 'playback':
      return { ...withCurrent(room, event.playback.phase === 'idle' ? null : (event.current ?? room.current ?? null)), playback: event.playback };
    case 'added':
      return { ...room, queue: inserted(room.queue, event.items, event.before ?? null) };
    case 'removed':
      return { ...room, queue: without(room.queue, event.items), suggestions: without(room.suggestions, event.items) };
    case 'changed':
      return withChanged(room, event.item);
    case 'order':
      return { ...room, queue: ordered(room.queue, event.items) };
    case 'suggested':
      return { ...room, suggestions: [...room.suggestions, event.item] };
    case 'skip-votes':
      return { ...room, skip: event.votes };
    case 'chat':
      return { ...room, chat: withLine(room.chat, event.line) };
    case 'unsaid':
      return { ...room, chat: room.chat.filter(({ seq }) => seq !== event.line) };
    case 'settings':
      return { ...room, settings: event.settings };
    case 'cast':
      return { ...room, cast: event.cast ?? null };
    case 'undone':
    case 'archived':
      return room;
  }
}

function withPerson(people: readonly Person[], person: Person): Person[] {
  const isKnown = people.some(({ id }) => id === person.id);
  return isKnown ? people.map((one) => (one.id === person.id ? person : one)) : [...people, person];
}

/** What was on before has played. */
function withCurrent(room: Shared, current: Item | null): Shared {
  const before = room.current ?? null;
  if (before?.id === current?.id) return { ...room, current };
  const played = before && !room.queue.some(({ id }) => id === before.id) ? [before] : [];
  const earlier = room.history.filter(({ id }) => id !== current?.id && id !== before?.id);
  return { ...room, current, history: [...played, ...earlier].slice(0, HISTORY_MAX) };
}

function inserted(queue: readonly Item[], items: readonly Item[], before: string | null): Item[] {
  const others = without(queue, items.map(({ id }) => id));
  const at = before === null ? -1 : others.findIndex(({ id }) => id === before);
  const place = at < 0 ? others.length : at;
  return [...others.slice(0, place), ...items, ...others.slice(place)];
}

function without(items: readonly Item[], gone: readonly string[]): Item[] {
  const ids = new Set(gone);
  return items.filter(({ id }) => !ids.has(id));
}

function withChanged(room: Shared, item: Item): Shared {
  const changed = (items: Item[]) => (items.some(({ id }) => id === item.id) ? items.map((one) => (one.id === item.id ? item : one)) : items);
  return {
    ...room,
    current: room.current?.id === item.id ? item : (room.current ?? null),
    queue: changed(room.queue),
    suggestions: changed(room.suggestions),
  };
}

function ordered(queue: readonly Item[], ids: readonly string[]): Item[] {
  const known = new Map(queue.map((item) => [item.id, item]));
  return ids.flatMap((id) => known.get(id) ?? []);
}

function withLine(chat: readonly ChatLine[], line: ChatLine): ChatLine[] {
  return [...chat, line].slice(-CHAT_MAX);
}
