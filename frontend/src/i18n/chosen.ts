// The language of this browser: asked for in the address, chosen before, or wished for by the browser.
import { browserKeep, STORED } from '../state/storage';
import { negotiate, type Locale } from './negotiate';

export function chosenLocale(): Locale {
  const asked = new URLSearchParams(location.search).get('lang');
  return negotiate([asked, browserKeep.read(STORED.language), ...navigator.languages]);
}
