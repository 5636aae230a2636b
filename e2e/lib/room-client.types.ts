// Compiles only while the client's types are those of openapi.json: a command, an event or a field that is new there is
// missed here.
import type { components } from '../../frontend/src/api/schema.gen.ts';
import type { Answer, Heard, Item, Mine, NewItem, Playback, Position, RoomCommand, RoomEvent, RoomState, Said, SettingsChange } from './room-client.ts';

type Schemas = components['schemas'];

/** What the client has whole, by the names of openapi.json. */
interface Ours {
  RoomCommand: RoomCommand;
  RoomEvent: RoomEvent;
  RoomState: RoomState;
  Answer: Answer;
  Mine: Mine;
  Playback: Playback;
  Position: Position;
  ItemView: Item;
  NewItem: NewItem;
  SettingsChange: SettingsChange;
}
type Theirs = Pick<Schemas, keyof Ours>;

type Fits<Value extends Place, Place> = Value & Place;
/** With nothing left out: a field that is optional and missing on one side fits, until it has to be there. */
type Whole<T> = T extends object ? { [Name in keyof T]-?: Whole<T[Name]> } : T;

export type Same = [Fits<Theirs, Ours>, Fits<Ours, Theirs>, Fits<Whole<Theirs>, Whole<Ours>>, Fits<Whole<Ours>, Whole<Theirs>>];

/** Of messages the client knows those about rooms with a queue, and of those what it needs. */
export type Messages = [
  Fits<Said, Schemas['ClientMessage']>,
  Fits<Heard['kind'], Schemas['ServerMessage']['kind']>,
  Fits<Extract<Schemas['ServerMessage'], { kind: Heard['kind'] }>, Heard>,
];
