import { STORED, type Keep } from '../state/storage';
import { readLookedAt, withoutLooked, writeLookedAt, type LookedAt } from './looked-at';

/** The links that this browser looked at, for the list on Home. */
export class History {
  list = $state.raw<LookedAt>({ kind: 'on', links: [] });

  constructor(private readonly keep: Keep) {}

  /** Reads what other pages have written since. */
  refresh(): void {
    this.list = readLookedAt(this.keep.read(STORED.links));
  }

  forget(id: string): void {
    this.#change(withoutLooked(this.list, id));
  }

  forgetAll(): void {
    this.#change({ kind: 'on', links: [] });
  }

  /** Switched off, the list is gone as well. */
  switch(on: boolean): void {
    this.#change(on ? { kind: 'on', links: [] } : { kind: 'off' });
  }

  #change(list: LookedAt): void {
    this.list = list;
    this.keep.write(STORED.links, writeLookedAt(list));
  }
}
