/** What rooms keep of this browser, by the keys that only it has: shown, taken along, erased. */
import { keysOf, type Shelf } from '../account/kept-here';
import { saveFile } from '../components/save-file';

const DOOR = '/api/v1/privacy/guest';
const FILE = 'unisono-copy.zip';

type Rows = Record<string, Record<string, unknown>[]>;

/** Asks with the keys of `shelf`; nothing where it has none, or the answer is no. */
async function ask(shelf: Pick<Shelf, 'getItem'>, method: string, path = ''): Promise<Response | null> {
  const body = JSON.stringify({ keys: keysOf(shelf) });
  const answer = await fetch(`${DOOR}${path}`, { method, headers: { 'content-type': 'application/json' }, body });
  return answer.ok ? answer : null;
}

/** The rows of each table as lists of names and values. */
export function drawn(tables: Rows, page: Document): HTMLElement[] {
  return Object.entries(tables).map(([name, rows]) => {
    const article = page.createElement('article');
    const heading = page.createElement('h3');
    heading.append(code(name, page));
    article.append(heading);
    for (const row of rows) {
      const list = page.createElement('dl');
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue;
        const term = page.createElement('dt');
        term.append(code(column, page));
        const said = page.createElement('dd');
        const text = page.createElement('bdi');
        text.textContent = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
        said.append(text);
        list.append(term, said);
      }
      article.append(list);
    }
    return article;
  });
}

function code(text: string, page: Document): HTMLElement {
  const element = page.createElement('code');
  element.dir = 'ltr';
  element.textContent = text;
  return element;
}

export function offerGuest(root: HTMLElement, shelf: Pick<Shelf, 'getItem'>): void {
  const told = root.querySelector('.told');
  const held = root.querySelector('.held');
  if (!told || !held) return;
  root.hidden = false;

  const say = (text: string | undefined): void => void (told.textContent = text ?? '');
  async function act(does: string): Promise<void> {
    say('');
    held?.replaceChildren();
    if (keysOf(shelf).length === 0) return say(root.dataset.none);
    if (does === 'show') {
      const answer = await ask(shelf, 'POST');
      if (!answer) return say(root.dataset.failed);
      const { tables } = (await answer.json()) as { tables: Rows };
      const parts = drawn(tables, document);
      if (parts.length === 0) return say(root.dataset.none);
      held?.replaceChildren(...parts);
    } else if (does === 'take') {
      const answer = await ask(shelf, 'POST', '/copy');
      if (!answer) return say(root.dataset.failed);
      saveFile(await answer.blob(), FILE);
    } else {
      const answer = await ask(shelf, 'DELETE');
      if (!answer) return say(root.dataset.failed);
      const { id } = (await answer.json()) as { id: string };
      say(`${root.dataset.erased ?? ''} ${id}`);
    }
  }
  for (const button of root.querySelectorAll<HTMLElement>('[data-does]')) {
    button.addEventListener('click', () => void act(button.dataset.does ?? '').catch(() => say(root.dataset.failed)));
  }
}
