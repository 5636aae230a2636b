// Parts of a page that was drawn before its script was there: each comes to life in a task of its own, so that no task is
// long enough to keep a finger waiting on a slow phone.
import { flushSync, hydrate, mount, unmount, type Component } from 'svelte';

export interface Part {
  component: Component<Record<string, unknown>>;
  props: Record<string, unknown>;
}

/** The parts that wait for `build/prerender.ts` to be drawn, each in the place that bears its index. */
export const undrawn: Part[] = [];

const waiting: (() => void)[] = [];
let waking: Promise<void> | null = null;

/** Ends the task, so that the browser can answer the person and paint before it goes on. */
export function breathe(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}

/** Shows `part` in `place`: at once, or in its turn where it is drawn already. Gives what takes it away again. */
export function show({ component, props }: Part, place: Element): () => void {
  if (!place.hasChildNodes()) {
    const shown = mount(component, { target: place, props });
    return () => void unmount(shown);
  }
  let shown: Record<string, unknown> | null = null;
  let isLeft = false;
  waiting.push(() => {
    if (!isLeft) shown = hydrate(component, { target: place, props });
  });
  void awake();
  return () => {
    isLeft = true;
    if (shown) void unmount(shown);
  };
}

/** Ends when every part answers. */
export function awake(): Promise<void> {
  waking ??= wake();
  return waking;
}

async function wake(): Promise<void> {
  try {
    do {
      await breathe();
      waiting.shift()?.();
      // The parts that it holds join the queue.
      flushSync();
    } while (waiting.length > 0);
  } finally {
    waking = null;
  }
}
