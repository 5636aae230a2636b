// Nothing of these tests outlives the run: not after a failure, not after Ctrl+C, and no later than the next run else.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What we make begins with this and the number of our process. */
const PREFIX = 'unisono-net';

const endings = new Set();
let made = 0;
let isWatched = false;

/** A name that tells whose the thing is. */
export function ownName(title) {
  made += 1;
  return `${PREFIX}-${process.pid}-${made}-${title}`;
}

/** Promises that `ending` runs once: when the returned function is called, or else when this process ends. */
export function atTheEnd(ending) {
  watch();
  const once = () => {
    if (endings.delete(once)) ending();
  };
  endings.add(once);
  return once;
}

/** A folder for nobody else, and what takes it away. */
export function temporaryFolder(title) {
  const folder = mkdtempSync(join(tmpdir(), `${ownName(title)}-`));
  return { folder, remove: atTheEnd(() => rmSync(folder, { recursive: true, force: true })) };
}

/** What runs that were killed left in `place`: names whose process is gone. */
export function leftOvers(place) {
  const names = existsSync(place) ? readdirSync(place) : [];
  return names.filter((name) => {
    const [, owner] = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name) ?? [];
    return owner !== undefined && !existsSync(`/proc/${owner}`);
  });
}

function watch() {
  if (isWatched) return;
  isWatched = true;
  for (const name of leftOvers(tmpdir())) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  const endAll = () => [...endings].reverse().forEach((ending) => ending());
  process.on('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      endAll();
      process.kill(process.pid, signal);
    });
  }
}
