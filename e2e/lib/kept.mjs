// What pages keep in a browser, compared with the inventory of personal data.
import { readdirSync, readFileSync } from 'node:fs';
import { PATIENCE_MS, pause, until } from './waits.mjs';

const INVENTORY = new URL('../../crates/store/inventory/', import.meta.url);
/** Such as `[browser_storage.local."unisono.theme"]` and `[cookie."__Host-unisono"]`. */
const HEADING = /^\[(?:browser_storage\.)?(local|session|indexed-db|cache|cookie)\."([^"]+)"\]$/gm;
/**
 * The service worker's copy of the program's own files. It is no personal data, so the inventory has nothing of it; each
 * file in it is looked at instead.
 */
const COPY = /^unisono-[0-9a-f]{12}$/;
const FILE_OF_COPY = /^\/(assets\/.+|index\.html)$/;

const declared = new Set(readdirSync(INVENTORY).flatMap(headings));

/** Whether a page may keep this: `kind` is one of the inventory's kinds of storage, `cookie`, or `cached` for a file. */
export function isDeclared(kind, name) {
  if (kind === 'cached') return FILE_OF_COPY.test(name);
  return declared.has(`${kind} ${name}`) || (kind === 'cache' && COPY.test(name));
}

/** Calls `told(kind, name, frame)` when a page of `context` begins to keep something, also if it is gone by the end. */
export async function watchKeeping(context, told) {
  await context.exposeBinding('toldKept', ({ frame }, kind, name) => told(kind, name, frame));
  await context.addInitScript(watchStores);
}

/** What the origin of `page`, and its tab, keep now: a kind and a name each. */
export async function keptBy(page) {
  return until(`${page.url()} says what it keeps`, async () => {
    if (page.isClosed()) return [];
    const late = pause(PATIENCE_MS).then(() => Promise.reject(new Error('no answer')));
    return Promise.race([page.evaluate(stored), late]);
  });
}

function headings(file) {
  const text = readFileSync(new URL(file, INVENTORY), 'utf8');
  return [...text.matchAll(HEADING)].map(([, kind, name]) => `${kind} ${name}`);
}

/** Runs in every page before its own scripts. */
function watchStores() {
  const known = new Set();
  const tell = (kind, name) => {
    const both = `${kind} ${name}`;
    if (known.has(both)) return;
    known.add(both);
    void window.toldKept(kind, String(name));
  };
  const wrap = (prototype, method, kindOf) => {
    // Only protected pages have every store.
    if (!prototype) return;
    const real = prototype[method];
    prototype[method] = function (name, ...rest) {
      tell(kindOf(this), name);
      return real.call(this, name, ...rest);
    };
  };
  wrap(window.Storage?.prototype, 'setItem', (storage) => (storage === window.sessionStorage ? 'session' : 'local'));
  wrap(window.IDBFactory?.prototype, 'open', () => 'indexed-db');
  wrap(window.CacheStorage?.prototype, 'open', () => 'cache');
}

/** In the page. */
async function stored() {
  // A page without an origin of its own keeps nothing.
  if (window.origin === 'null') return [];
  const shelves = [
    ...Object.keys(localStorage).map((name) => ['local', name]),
    ...Object.keys(sessionStorage).map((name) => ['session', name]),
    ...(await indexedDB.databases()).map(({ name }) => ['indexed-db', name]),
  ];
  const copies = [];
  for (const name of (await window.caches?.keys()) ?? []) {
    const files = await (await caches.open(name)).keys();
    copies.push(['cache', name], ...files.map(({ url }) => ['cached', new URL(url).pathname]));
  }
  return [...shelves, ...copies];
}
