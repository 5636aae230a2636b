/** What this browser keeps: live values beside what the server says of each name, and buttons that clear them. */
import { clear, held } from './stores';

interface Line {
  kind: string;
  name: string;
  article: HTMLElement;
}

export function offerKept(root: HTMLElement, announce: (text: string) => void): void {
  const lines = [...root.querySelectorAll<HTMLElement>('article[data-name]')].map((article) => ({
    kind: article.dataset.kind ?? '',
    name: article.dataset.name ?? '',
    article,
  }));
  const say = { none: root.dataset.none ?? '', there: root.dataset.there ?? '' };
  const cleared = root.dataset.cleared ?? '';

  async function show({ kind, name, article }: Line): Promise<void> {
    const value = await held(kind, name);
    const place = article.querySelector('.value');
    const code = place?.querySelector('code');
    if (!(place instanceof HTMLElement) || !code) return;
    code.textContent = value === null ? say.none : value === true ? say.there : value;
    place.hidden = false;
    const button = article.querySelector('[data-clears]')?.parentElement;
    if (button) button.hidden = value === null;
  }

  for (const line of lines) {
    void show(line);
    line.article.querySelector('[data-clears]')?.addEventListener('click', () => {
      void clear(line.kind, line.name).then(async (isClear) => {
        await show(line);
        if (isClear) announce(`${line.name}: ${cleared}`);
      });
    });
  }

  const all = root.querySelector('[data-clears-all]');
  if (!all?.parentElement) return;
  all.parentElement.hidden = false;
  all.addEventListener('click', () => {
    void Promise.all(lines.map(({ kind, name }) => clear(kind, name))).then(async (areClear) => {
      await Promise.all(lines.map(show));
      if (areClear.every(Boolean)) announce(cleared);
    });
  });
}
