// The Fluent sources, one file per language and view, each fetched only when it is needed.
import type { Locale } from './negotiate';
import { PSEUDO } from './negotiate';

export type Catalogue = 'common' | 'home' | 'cast' | 'listen' | 'room' | 'embed' | 'account' | 'session';

const sources = import.meta.glob<string>('../../../locales/*/{common,home,cast,listen,room,embed,account,session}.ftl', { query: '?raw', import: 'default' });

export async function readCatalogue(locale: Locale, catalogue: Catalogue): Promise<string> {
  const language = locale === PSEUDO ? 'en' : locale;
  const read = sources[`../../../locales/${language}/${catalogue}.ftl`];
  if (!read) throw new Error(`no catalogue ${language}/${catalogue}`);
  return read();
}
