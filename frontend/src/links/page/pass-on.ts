// Copying all links at once, and the browser's own way to share.
import { copyText } from '../../components/clipboard';
import type { News } from './news';

const SHOWN_MS = 2000;

export function offerPassingOn(link: HTMLElement, news: News): void {
  show(link);
  link.addEventListener('drawn', () => show(link));
  link.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset.copies) void copy(button, news);
    if (button?.dataset.shares) share(button);
  });
}

/** The buttons need script, so they are drawn hidden. */
function show(link: HTMLElement): void {
  for (const button of link.querySelectorAll<HTMLElement>('[data-copies]')) button.hidden = false;
  for (const button of link.querySelectorAll<HTMLElement>('[data-shares]')) button.hidden = !('share' in navigator);
}

async function copy(button: HTMLElement, news: News): Promise<void> {
  const { copies = '', copied = '', refused = '' } = button.dataset;
  const source = document.getElementById(copies);
  const isCopied = source instanceof HTMLTextAreaElement && (await copyText(source.value.trim()));
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = isCopied ? copied : refused;
  news.tell(button.textContent);
  setTimeout(() => (button.textContent = label), SHOWN_MS);
}

function share({ dataset }: HTMLElement): void {
  const data = { url: dataset.shares ?? '', title: dataset.title ?? '' };
  // Closing the browser's dialog is no fault.
  void navigator.share(data).catch(() => undefined);
}
