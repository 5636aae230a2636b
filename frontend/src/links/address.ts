// Pages of links are drawn by the server, which does not know the language that was chosen in this browser.
import { browserKeep, STORED } from '../state/storage';

export function linkPage(id: string): string {
  const language = browserKeep.read(STORED.language);
  return language ? `/l/${id}?lang=${language}` : `/l/${id}`;
}
