/** What the views of a room are given. They hold no socket and no player, so that the gallery can draw every state. */
import type { Outcome, Guards } from '../../room/commands';
import type { EmbedService } from '../../players/embeds/consent.svelte';
import type { ServicePage } from '../../players/embeds/desk.svelte';
import type { FaultReason, PlayerClass } from '../../players/player';
import type { DownloadState } from '../../share/download';
import type { SyncShown } from '../../players/sync-port';
import type { Grant, Item, Mine, Person, RoomCommand, Shared } from '../../room/wire';

/** What this device does with the sound of the room. */
export interface Hearing {
  /** The person pressed Listen. */
  is_wanted: boolean;
  state:
    | { is: 'idle' | 'silent' | 'no-source' | 'loading' | 'waiting' | 'playing' | 'stalled' | 'aside' }
    | { is: 'failed'; reason: FaultReason };
  player: PlayerClass;
  shown: SyncShown;
  volume: number;
  is_muted: boolean;
  can_set_volume: boolean;
  nudge_ms: number;
  /** How far what is on has come, where it is a file of somebody else's. */
  file: DownloadState | null;
}

/** What a person does to the sound of this device. */
export interface HearingActs {
  listen(): void;
  silence(): void;
  setVolume(volume: number): void;
  mute(is_muted: boolean): void;
  nudge(later_ms: number): void;
}

export interface RoomModel {
  shared: Shared;
  mine: Mine;
  /** Where in the item the room is, in ms. */
  position_ms: number;
  /** Unix ms by this device. */
  now_ms: number;
}

/** The address of a link page's picture; `null` where it has none. */
export type ArtOf = (page: string) => Promise<string | null>;

/** The service whose player here plays a recording with these pages; `null` where none does. */
export type Plays = (links: readonly ServicePage[]) => EmbedService | null;

/** A wish, and what is said about it when it was granted. */
export type Act = (command: RoomCommand, told?: { guards?: Guards; done?: string; undo?: boolean }) => Promise<Outcome>;

export function may(model: Pick<RoomModel, 'mine'>, grant: Grant): boolean {
  return model.mine.grants.includes(grant);
}

export function personOf(model: Pick<RoomModel, 'shared'>, id: string | null | undefined): Person | null {
  return model.shared.people.find((person) => person.id === id) ?? null;
}

export function isMine(model: Pick<RoomModel, 'mine'>, item: Item): boolean {
  return item.added_by === model.mine.person;
}

/** Whether people put the items in order, rather than votes or turns. */
export function isOrderFree({ shared }: Pick<RoomModel, 'shared'>): boolean {
  return shared.settings.mode === 'fifo' || shared.settings.mode === 'curated';
}
