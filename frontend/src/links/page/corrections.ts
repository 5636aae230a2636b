// A person knows better: the right link counts as soon as it is pasted, and the page stays.
import type { News } from './news';
import { draw, read, wordsOf } from './parts';

export function offerCorrections(link: HTMLElement, news: News): void {
  link.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement) || !isCorrection(event.target)) return;
    event.preventDefault();
    void correct(link, event.target, news);
  });
}

function isCorrection({ action }: HTMLFormElement): boolean {
  return new URL(action).pathname.endsWith('/corrections');
}

async function correct(link: HTMLElement, form: HTMLFormElement, news: News): Promise<void> {
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const place = form.closest('.service')?.id;
  const page = await read(form.action, { method: 'POST', body });
  // Without an answer the browser sends the form itself, and says what it thinks of the network.
  if (!page) return form.submit();
  const refusal = page.querySelector('.refusal');
  if (refusal) return refuse(form, refusal);
  const before = new Map([...rows(link)].map((row) => [row.id, wordsOf(row)]));
  draw(link, page, ['.services', '.pass-on']);
  for (const row of rows(link)) if (wordsOf(row) !== before.get(row.id)) news.tell(wordsOf(row));
  form.querySelector('.wrong')?.remove();
  form.reset();
  // The button that takes a correction back is gone with it.
  if (place) link.querySelector<HTMLElement>(`#${place} a`)?.focus();
}

function rows(link: HTMLElement): NodeListOf<HTMLElement> {
  return link.querySelectorAll<HTMLElement>('.service');
}

/** The server's sentences, beside the field that they are about. */
export function refuse(form: HTMLFormElement, refusal: Element): void {
  form.querySelector('.wrong')?.remove();
  const wrong = document.createElement('p');
  wrong.className = 'wrong';
  wrong.setAttribute('role', 'alert');
  const sentences = [...refusal.querySelectorAll('h1, p')].map((sentence) => sentence.textContent.trim());
  wrong.textContent = sentences.join(' ');
  form.append(wrong);
}
