// The tracks of a playlist, found elsewhere one by one while the page shows how far it is.
import { refuse } from './corrections';
import type { News } from './news';
import { draw, read } from './parts';

/** The page is drawn anew at most this often while tracks come in. */
const DRAWN_EVERY_MS = 1000;
/** A long list takes minutes: a screen reader hears how far it is now and then. */
const TOLD_EVERY_MS = 15_000;

export function offerPlaylist(link: HTMLElement, news: News): void {
  if (link.querySelector('.playlist') && !formOf(link)) watch(link, news);
  link.addEventListener('submit', (event) => {
    const form = formOf(link);
    if (!form || event.target !== form) return;
    event.preventDefault();
    void begin(link, form, news);
  });
}

/** The form that begins is there unless the work goes on already. */
function formOf(link: HTMLElement): HTMLFormElement | null {
  return link.querySelector<HTMLFormElement>('.playlist form');
}

async function begin(link: HTMLElement, form: HTMLFormElement, news: News): Promise<void> {
  const page = await read(form.action, { method: 'POST' });
  if (!page) return form.submit();
  const refusal = page.querySelector('.refusal');
  if (refusal) return refuse(form, refusal);
  draw(link, page, ['.playlist']);
  link.querySelector<HTMLElement>('.playlist h2')?.focus();
  watch(link, news);
}

function watch(link: HTMLElement, news: News): void {
  const events = new EventSource(`/api/v1/links/${link.dataset.id}/tracks`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = 0;
  const show = async (isOver: boolean): Promise<void> => {
    timer = undefined;
    const page = await read(location.href);
    if (page) draw(link, page, ['.playlist', '.pass-on']);
    const progress = link.querySelector('#progress')?.textContent;
    if (!progress || (!isOver && performance.now() - toldAt < TOLD_EVERY_MS)) return;
    toldAt = performance.now();
    news.tell(progress);
  };
  events.addEventListener('progress', () => (timer ??= setTimeout(() => void show(false), DRAWN_EVERY_MS)));
  // The stream ends with the work.
  events.addEventListener('error', () => {
    events.close();
    clearTimeout(timer);
    void show(true);
  });
}
