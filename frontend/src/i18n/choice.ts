// A language chosen by hand: spoken at once, and kept in this browser.
import { browserKeep, STORED } from '../state/storage';
import { i18n } from './i18n.svelte';
import type { Locale } from './negotiate';

export async function chooseLocale(locale: Locale): Promise<void> {
  await i18n.speak(locale);
  browserKeep.write(STORED.language, locale);
}
