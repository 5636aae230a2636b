// What script adds to the page of a link, which the server draws and which works without: rows that change in place,
// copying, sharing, corrections without a reload, playlists, the own service first, and the list of links on this device.
import { browserKeep, STORED } from '../../state/storage';
import { readLookedAt, withLooked, writeLookedAt } from '../looked-at';
import { hideMissingArt } from './art';
import { offerCorrections } from './corrections';
import { follow, offerAskingAgain } from './follow';
import { News } from './news';
import { offerPassingOn } from './pass-on';
import { submitOnPaste } from './paste';
import { offerPlaylist } from './playlist';
import { offerPreference } from './preference';

const news = new News(
  (text) => {
    const region = document.getElementById('news');
    if (region) region.textContent = text;
  },
  (run, delayMs) => setTimeout(run, delayMs),
);
const link = document.getElementById('link');

submitOnPaste(document);
if (link) {
  rememberLink(link);
  hideMissingArt(link);
  offerPreference(link, browserKeep);
  offerPassingOn(link, news);
  offerCorrections(link, news);
  offerAskingAgain(link, news);
  offerPlaylist(link, news);
  const { events } = link.dataset;
  if (events) follow(link, events, news);
}

function rememberLink(page: HTMLElement): void {
  const textOf = (selector: string): string => page.querySelector(selector)?.textContent.trim() ?? '';
  const looked = { id: page.dataset.id ?? '', title: textOf('h1'), by: textOf('.artists'), at: Date.now() };
  const list = readLookedAt(browserKeep.read(STORED.links));
  if (list.kind === 'on') browserKeep.write(STORED.links, writeLookedAt(withLooked(list, looked)));
}
