import type { Keep, StoredKey } from '../src/state/storage';

/** A browser's storage for one test. */
export class Memory implements Keep {
  kept = new Map<StoredKey, string>();

  constructor(...entries: [StoredKey, string][]) {
    this.kept = new Map(entries);
  }

  read(key: StoredKey): string | null {
    return this.kept.get(key) ?? null;
  }

  write(key: StoredKey, value: string | null): void {
    if (value === null) this.kept.delete(key);
    else this.kept.set(key, value);
  }
}
