/** What is said in a room with a queue, by the names that this page uses. */
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
/** Everything that all members of a room may see. */
export type Shared = Schemas['RoomState'];
export type Snapshot = Schemas['Snapshot'];
export type RoomEvent = Schemas['RoomEvent'];
export type RoomCommand = Schemas['RoomCommand'];
export type RoomSaid = Schemas['RoomSaid'];
export type RoomPosition = Schemas['Position'];
export type Mine = Schemas['Mine'];
export type Item = Schemas['ItemView'];
export type NewItem = Schemas['NewItem'];
export type ItemSource = Schemas['Source'];
export type Playback = Schemas['Playback'];
export type Person = Schemas['PersonView'];
export type PlayerReport = Schemas['PlayerReport'];
export type ChatLine = Schemas['ChatLine'];
export type RoomSettings = Schemas['RoomSettings'];
export type SettingsChange = Schemas['SettingsChange'];
export type Preset = Schemas['Preset'];
export type QueueMode = Schemas['QueueMode'];
export type Repeat = Schemas['Repeat'];
export type Rank = Schemas['Rank'];
export type Grant = Schemas['Grant'];
export type Reaction = Schemas['Reaction'];
export type InviteView = Schemas['InviteView'];
export type Answer = Schemas['Answer'];
export type RejectCode = Schemas['RejectCode'];
export type LeftBecause = Schemas['LeftBecause'];

/** The longest line of the chat in characters. */
export const CHAT_CHARS_MAX = 500;
/** The longest title of a room in characters. */
export const ROOM_TITLE_CHARS_MAX = 80;
/** The longest title or artist of an item in characters. */
export const TITLE_CHARS_MAX = 200;
/** Items that one command adds at most. */
export const ADD_MAX = 100;
/** Items that the queue holds at most. */
export const QUEUE_MAX = 500;
/** The longest address of an item in bytes. */
export const URL_BYTES_MAX = 2048;
/** The longest file that a room passes on, in bytes. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;
/** Lowest first. */
export const RANKS: readonly Rank[] = ['guest', 'listener', 'dj', 'moderator', 'host', 'owner'];

/** Whether `one` stands above `other`. */
export function isAbove(one: Rank, other: Rank): boolean {
  return RANKS.indexOf(one) > RANKS.indexOf(other);
}
