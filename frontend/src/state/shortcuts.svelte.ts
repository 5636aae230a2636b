import { untrack } from 'svelte';
import type { MessageId } from '../i18n/i18n.svelte';
import type { Messages } from '../i18n/messages.gen';
import { STORED, type Keep } from './storage';

const OFF = 'off';

/** A key that does something in the view that offers it. */
export interface Shortcut {
  /** As `KeyboardEvent.key` names it, small letters. */
  key: string;
  /** What it does, for the list of keys. */
  label: ArgumentlessId;
  run: () => void;
}

/** A message that can be shown without arguments. */
type ArgumentlessId = { [Id in MessageId]: Messages[Id] extends never ? Id : never }[MessageId];

/** What single keys do here, and whether they do it: a person can turn them off (WCAG 2.1.4). */
export class Shortcuts {
  enabled = $state(true);
  offered = $state.raw<readonly Shortcut[]>([]);

  constructor(private readonly keep: Keep) {
    this.enabled = keep.read(STORED.shortcuts) !== OFF;
  }

  enable(enabled: boolean): void {
    this.enabled = enabled;
    this.keep.write(STORED.shortcuts, enabled ? null : OFF);
  }

  /** Adds keys until the returned function is called. An effect that offers does not depend on what others offer. */
  offer(...shortcuts: Shortcut[]): () => void {
    const before = untrack(() => this.offered);
    this.offered = [...before, ...shortcuts];
    return () => {
      this.offered = untrack(() => this.offered).filter((shortcut) => !shortcuts.includes(shortcut));
    };
  }

  /** Does what `key` stands for; says whether it stood for anything. */
  press(key: string): boolean {
    const shortcut = this.enabled && this.offered.findLast((offered) => offered.key === key.toLowerCase());
    if (!shortcut) return false;
    shortcut.run();
    return true;
  }
}
