// Parts of the page that the server has drawn anew.

/** What can have the focus. */
const CONTROLS = 'a, button, input, textarea, select, summary';

/** The page at `address` as the server draws it now; nothing when it cannot be had. */
export async function read(address: string, init: RequestInit = {}): Promise<Document | null> {
  try {
    const response = await fetch(address, init);
    const html = await response.text();
    return new DOMParser().parseFromString(html, 'text/html');
  } catch {
    return null;
  }
}

/** Takes these parts over from `page`: changed, new, or gone. */
export function draw(link: HTMLElement, page: Document, parts: readonly string[]): void {
  const focusing = parts.map((part) => drawPart(link, part, page.querySelector<HTMLElement>(`#link ${part}`)));
  document.title = page.title;
  // What needs script is still hidden, and cannot have the focus.
  link.dispatchEvent(new CustomEvent('drawn'));
  for (const focus of focusing) focus();
}

/** Draws the row of a service anew. Says what has become of it. */
export function drawRow(link: HTMLElement, platform: string, html: string): string {
  const row = link.querySelector<HTMLElement>(`#on-${CSS.escape(platform)}`);
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  const drawn = template.content.firstElementChild;
  if (!row || !(drawn instanceof HTMLElement)) return 'same';
  if (row.dataset.state === drawn.dataset.state && wordsOf(row) === wordsOf(drawn)) return 'same';
  replace(row, drawn)();
  return drawn.dataset.state ?? '';
}

/** Returns what gives the focus back. */
function drawPart(link: HTMLElement, part: string, drawn: HTMLElement | null): () => void {
  const old = link.querySelector<HTMLElement>(part);
  if (old && drawn) return replace(old, drawn);
  if (old) old.remove();
  else if (drawn) place(link, drawn);
  return () => undefined;
}

function replace(old: HTMLElement, drawn: HTMLElement): () => void {
  const focused = [...old.querySelectorAll(CONTROLS)].findIndex((control) => control === document.activeElement);
  const opened = [...old.querySelectorAll('details')].map(({ open }) => open);
  for (const [at, details] of drawn.querySelectorAll('details').entries()) details.open = opened[at] ?? false;
  old.replaceWith(drawn);
  return () => (focused < 0 ? undefined : drawn.querySelectorAll<HTMLElement>(CONTROLS)[focused]?.focus());
}

/** Behind the element that it follows on the page that it comes from. */
function place(link: HTMLElement, drawn: Element): void {
  const { previousElementSibling: before, parentElement: parent } = drawn;
  const twin = before?.classList[0] ?? before?.localName;
  const inside = parent?.id === 'link' ? link : link.querySelector(`.${parent?.classList[0]}`);
  const found = [...(inside?.children ?? [])].find((child) => twin && (child.classList[0] ?? child.localName) === twin);
  if (found) found.after(drawn);
  else inside?.append(drawn);
}

export function wordsOf(element: Element): string {
  return element.textContent.replace(/\s+/g, ' ').trim();
}
