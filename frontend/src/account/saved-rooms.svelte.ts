/** The rooms whose name and code stay this member's. */
import type { Answer, Ask, Refusal } from './api';
import { Wish } from './wish.svelte';
import type { SavedRoom, SavedRooms as Kept } from './wire';

export type SavedState = { is: 'waiting' } | { is: 'here'; kept: Kept } | { is: 'failed'; refusal: Refusal };

export class SavedRooms {
  state = $state.raw<SavedState>({ is: 'waiting' });
  /** What a new room is to be, as typed. */
  name = $state('');
  code = $state('');
  password = $state('');
  has_queue = $state(false);
  /** The room whose name is being changed. */
  renaming = $state<string | null>(null);
  readonly wish = new Wish<'save' | 'rename' | 'delete'>();

  constructor(
    private readonly ask: Ask,
    private readonly forget: (id: string) => void,
  ) {}

  /** Reads them anew. What is shown stays until the new list is there. */
  async load(): Promise<void> {
    if (this.state.is === 'failed') this.state = { is: 'waiting' };
    const answer = await this.ask<Kept>('GET', '/rooms');
    if (answer.is === 'yes') this.state = { is: 'here', kept: answer.value };
    else if (this.state.is !== 'here') this.state = { is: 'failed', refusal: answer.refusal };
  }

  get canSave(): boolean {
    return this.state.is === 'here' && this.state.kept.rooms.length < this.state.kept.rooms_max;
  }

  /** Gives the room that was saved. */
  async save(): Promise<SavedRoom | null> {
    const { name, has_queue } = this;
    const optional = { ...(this.code.trim() ? { code: this.code.trim() } : {}), ...(this.password ? { password: this.password } : {}) };
    const answer = await this.wish.ask('save', () => this.ask<SavedRoom>('POST', '/rooms', { name, has_queue, ...optional }));
    if (answer?.is !== 'yes') return null;
    this.name = this.code = this.password = '';
    await this.load();
    return answer.value;
  }

  /** Says whether it was taken. */
  async rename(id: string, name: string): Promise<boolean> {
    const done = this.#done(await this.wish.ask('rename', () => this.ask('PATCH', `/rooms/${id}`, { name })));
    if (done) this.renaming = null;
    await this.load();
    return done;
  }

  async delete(id: string): Promise<boolean> {
    const done = this.#done(await this.wish.ask('delete', () => this.ask('DELETE', `/rooms/${id}`)));
    if (done) this.forget(id);
    await this.load();
    return done;
  }

  #done(answer: Answer<unknown> | null): boolean {
    return answer?.is === 'yes';
  }
}

/** The page that opens a saved room. */
export function openingOf({ id, has_queue }: SavedRoom): string {
  return `${has_queue ? '/room' : '/cast'}?saved=${encodeURIComponent(id)}`;
}
