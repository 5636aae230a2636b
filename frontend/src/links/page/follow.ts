// Follows the services as they answer, and draws each row anew in its place.
import type { News } from './news';
import { draw, drawRow, read } from './parts';

/** One row of the page, as the server draws it. */
interface RowNews {
  platform: string;
  html: string;
  news: string;
}

/** `address` is the page's own stream of events. It asks for what is missing, and ends when all is said. */
export function follow(link: HTMLElement, address: string, news: News): void {
  const events = new EventSource(address);
  link.setAttribute('aria-busy', 'true');
  const end = (): void => {
    events.close();
    link.removeAttribute('aria-busy');
  };
  events.addEventListener('row', ({ data }) => {
    const row = JSON.parse(data as string) as RowNews;
    const state = drawRow(link, row.platform, row.html);
    if (state !== 'same' && state !== 'pending') news.tell(row.news);
  });
  events.addEventListener('done', () => {
    end();
    // More may be known of the piece as well; and whether asking again may help is the server's to say.
    void read(location.href).then((page) => page && draw(link, page, ['.piece', '.codes', '.again', '.pass-on']));
  });
  // Another try would ask the services anew: the button that asks again stays instead.
  events.addEventListener('error', end);
}

/** Asks again without leaving the page. */
export function offerAskingAgain(link: HTMLElement, news: News): void {
  link.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches('form.again')) return;
    event.preventDefault();
    const address = new URL(event.target.action);
    address.pathname += '/events';
    if (!link.hasAttribute('aria-busy')) follow(link, address.href, news);
  });
}
