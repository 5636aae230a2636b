// Runs before the first paint: a chosen theme must not flash the other one, nor a chosen language English. What is drawn
// already is shown before the scripts are fetched that make it answer; its links and its form work without them.
import { chosenLocale } from './i18n/chosen';
import { browserKeep, STORED } from './state/storage';

const root = document.documentElement;
const theme = browserKeep.read(STORED.theme);
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

// Home comes drawn in one language, and as a page with a camera, which browsers open on a trusted way only.
if (root.lang !== chosenLocale() || !isSecureContext) root.dataset.redraw = '';

addEventListener('DOMContentLoaded', () => {
  // Nothing is painted in a tab that nobody sees.
  const isShown = !document.hidden && root.dataset.redraw === undefined;
  if (isShown) requestAnimationFrame(() => setTimeout(fetchScripts));
  else fetchScripts();
});

function fetchScripts(): void {
  const scripts = document.querySelector<HTMLTemplateElement>('#scripts');
  if (scripts) document.head.append(scripts.content);
}
