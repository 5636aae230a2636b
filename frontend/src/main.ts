import './tokens.css';
import './fonts.css';
import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { i18n } from './i18n/i18n.svelte';
import { chosenLocale } from './i18n/choice';
import { followLinks, router } from './router/page';
import { update } from './state/page';
import { openView } from './views';
import { keepShell } from './worker';

async function start(): Promise<void> {
  // Asked for together: the language's texts and the code of the first view.
  const opening = openView(document.documentElement.hasAttribute('data-offline') ? 'offline' : router.route.name);
  await i18n.speak(chosenLocale());
  // The first view comes with its frame, so that nothing moves; App says so if it failed.
  await Promise.allSettled([opening]);
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  mount(App, { target, props: { opening } });
  followLinks();
  if (import.meta.env.PROD) await keepShell(update);
}

/** Files of the page are gone: the server has a newer version, or is away. Without them there are no texts to say so. */
function failed(): void {
  const target = document.getElementById('app');
  if (!target || target.childElementCount > 0) return;
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // Once only: a load that was a reload already would go on for ever.
  if (navigator.onLine && load && load.type !== 'reload') return location.reload();
  target.textContent = 'Unisono did not load. Reload this page.';
}

start().catch(failed);
