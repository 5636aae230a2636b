// Registers the service worker and learns of a new version.
import type { Update } from './state/update.svelte';

const ASK_EVERY_MS = 60 * 60 * 1000;

export async function keepShell(update: Update): Promise<void> {
  // Absent on a page that came without https.
  if (!('serviceWorker' in navigator)) return;
  // Refused in some private windows: the page works without.
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  if (!registration) return;
  const tell = (worker: ServiceWorker | null): void => {
    if (worker && navigator.serviceWorker.controller) update.found(() => take(worker));
  };
  tell(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') tell(coming);
    });
  });
  setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY_MS);
}

function take(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage('take-over');
}
