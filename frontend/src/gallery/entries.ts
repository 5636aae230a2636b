// Every component and every state of a view, drawn with fixed data: for pictures, and for whoever changes one.
// A file `<anything>.entries.ts` anywhere under `src` adds its own.
import type { Component } from 'svelte';

export interface Entry {
  /** Its name in `/gallery?show=<id>`: `<view>-<state>` in small letters. */
  id: string;
  component: Component<any>;
  props?: Record<string, unknown>;
  /** No whole view: the gallery gives it the heading that every page needs. */
  part?: boolean;
  /** Covers the page, so it is not drawn beside the others. */
  alone?: boolean;
}

const modules = import.meta.glob<{ default: Entry[] }>('../**/*.entries.ts', { eager: true });

export const entries: readonly Entry[] = Object.values(modules).flatMap((module) => module.default);
