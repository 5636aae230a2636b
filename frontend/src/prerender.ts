// Home as markup, for the build: the same components and texts that the browser takes over.
import App from './App.svelte';
import { i18n, t } from './i18n/i18n.svelte';
import { direction, LANGUAGES, type Language } from './i18n/negotiate';
import { drawWhole } from './parts/whole';
import { openView } from './views';

export interface Drawn {
  language: Language;
  direction: 'ltr' | 'rtl';
  head: string;
  body: string;
  /** For browsers without script. */
  scriptless: string;
}

export async function drawHome(): Promise<Drawn[]> {
  const pages: Drawn[] = [];
  for (const language of LANGUAGES) {
    await i18n.speak(language);
    const { head, body } = drawWhole(App, { first: await openView('home') });
    pages.push({ language, direction: direction(language), head, body, scriptless: t('home-scriptless') });
  }
  return pages;
}
