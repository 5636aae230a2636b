import './tokens.css';
import './fonts.css';
import './base.css';
import { flushSync, hydrate, mount } from 'svelte';
import App from './App.svelte';
import { chosenLocale } from './i18n/chosen';
import { i18n } from './i18n/i18n.svelte';
import { awake, breathe } from './parts/parts';
import { followLinks, router } from './router/page';
import { update } from './state/page';
import { openView, type Opened } from './views';
import { keepShell } from './worker';

async function start(): Promise<void> {
  // Reading the scripts was a task of its own, and so is each step from here on.
  await breathe();
  // Asked for together: the language's texts and the code of the first view.
  const opening = openView(document.documentElement.hasAttribute('data-offline') ? 'offline' : router.route.name);
  await i18n.speak(chosenLocale());
  // The first view comes with its frame, so that nothing moves.
  const first = await opening;
  await breathe();
  await draw(first);
  followLinks();
  if (import.meta.env.PROD) await keepShell(update);
}

/** Takes over what `build/prerender.ts` drew, unless it was not right for this browser. */
async function draw(first: Opened): Promise<void> {
  const target = document.getElementById('app');
  if (!target) throw new Error('index.html has no #app');
  if (isDrawn()) {
    hydrate(App, { target, props: { first } });
    flushSync();
    await awake();
  } else {
    target.replaceChildren();
    mount(App, { target, props: { first } });
    document.documentElement.removeAttribute('data-redraw');
  }
  // From here on the page answers.
  target.dataset.live = '';
}

/** Whether `build/prerender.ts` drew this page, rightly for this browser. */
function isDrawn(): boolean {
  return document.querySelector('html:not([data-redraw]) #app > *') !== null;
}

/** Files of the page are gone: the server has a newer version, or is away. Without them there are no texts to say so. */
function failed(): void {
  const target = document.getElementById('app');
  if (!target) return;
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // Once only: a load that was a reload already would go on for ever.
  if (navigator.onLine && load && load.type !== 'reload') return location.reload();
  document.documentElement.removeAttribute('data-redraw');
  target.textContent = 'Unisono did not load. Reload this page.';
}

start().catch(failed);
