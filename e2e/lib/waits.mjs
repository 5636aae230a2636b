// Waiting for what should come true.

/** Generous: a busy machine is no fault of the page. */
export const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** Waits until `look` returns something true and returns that. An error counts as "not yet"; the last one is told. */
export async function until(what, look, patience = PATIENCE_MS) {
  const end = performance.now() + patience;
  let last = null;
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = null;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= end) break;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`did not come true in ${patience / 1000} s: ${what}${last ? ` (${last.message})` : ''}`);
}

/** For claims about a duration, never to wait for something. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
