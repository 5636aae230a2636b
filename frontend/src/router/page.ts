// The router of this page, tied to the History API and to clicks on plain links.
import { Router } from './router.svelte';

export const router = new Router({
  address: () => new URL(location.href),
  push: (address) => history.pushState(null, '', address),
  replace: (address) => history.replaceState(null, '', address),
  load: (address) => location.assign(address),
});

export function followLinks(): void {
  addEventListener('popstate', () => router.arrive());
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !isPlainClick(event) || link.target || link.hasAttribute('download')) return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    if (router.follow(new URL(link.href))) event.preventDefault();
  });
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}
