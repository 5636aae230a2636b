// Time that passes at once: for a server, and for the devices of everybody who uses it.
import { dirname, join } from 'node:path';
import { accountServer } from './account-people.mjs';
import { BINARY } from './server.mjs';

/** Unisono by a clock that can be put forward. */
const PROGRAM = join(dirname(BINARY), 'forward');

/** A server for which time can pass. */
export function serverInTime(stage, settings = {}) {
  return accountServer(stage, settings, undefined, PROGRAM);
}

/** Lets so many seconds pass at once, on the clocks of `devices` and then of `server`. */
export async function passes(span_s, server, devices) {
  for (const { context } of devices) {
    // For pages that are opened later, and for those that are open.
    await context.addInitScript(putForward, span_s);
    for (const page of context.pages()) await page.evaluate(putForward, span_s);
  }
  server.tell(span_s);
}

/** Runs in the page, on top of what was put forward before. */
function putForward(span_s) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + span_s * 1000;
}
