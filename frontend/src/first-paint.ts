// Runs before the first paint: a chosen theme must not flash the other one, nor a chosen language English.
import { chosenLocale } from './i18n/chosen';
import { browserKeep, STORED } from './state/storage';

const root = document.documentElement;
const theme = browserKeep.read(STORED.theme);
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

// Home comes drawn in one language, and as a page with a camera, which browsers open on a trusted way only.
if (root.lang !== chosenLocale() || !isSecureContext) root.dataset.redraw = '';
