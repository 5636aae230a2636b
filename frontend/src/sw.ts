// The service worker: keeps the shell for when the server can't be reached, and nothing else. It never touches `/api`.

/** What this file runs in; the general worker type does not know its events. */
const worker = self as unknown as ServiceWorkerGlobalScope;

interface Precache {
  version: string;
  addresses: string[];
}

/** Written in by `build/service-worker.ts`. */
const PRECACHE = JSON.parse('__PRECACHE__') as Precache;
const CACHES = 'unisono-';
const CACHE = CACHES + PRECACHE.version;
const SHELL = '/index.html';

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOldCaches()));

worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageOrShell(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(keptOrFetched(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([SHELL, ...PRECACHE.addresses].map((address) => new Request(address, { cache: 'reload' })));
}

async function dropOldCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(CACHES) && name !== CACHE).map((name) => caches.delete(name)));
}

async function pageOrShell(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return offlineShell();
  }
}

/** The shell, marked so that the page says honestly that the server did not answer. */
async function offlineShell(): Promise<Response> {
  const shell = await caches.match(SHELL, { cacheName: CACHE });
  if (!shell) return Response.error();
  const html = (await shell.text()).replace('<html ', '<html data-offline ');
  const headers = new Headers(shell.headers);
  // The body is no longer the one that these describe.
  for (const name of ['content-encoding', 'content-length', 'etag']) headers.delete(name);
  return new Response(html, { headers });
}

/** Names under `/assets/` hold a hash of their content, so what is kept is never stale. */
async function keptOrFetched(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}
