// Parts of the page that the server has drawn anew.

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

/** Takes these parts over from `page`: replaced, added at the end of what holds them, or gone. */
export function draw(link: HTMLElement, page: Document, parts: readonly string[]): void {
  for (const part of parts) {
    const old = link.querySelector(part);
    const drawn = page.querySelector(`#link ${part}`);
    if (old && drawn) old.replaceWith(drawn);
    else if (old) old.remove();
    else if (drawn) place(link, drawn);
  }
  link.dispatchEvent(new CustomEvent('drawn'));
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

/** Draws the row of a service anew and keeps the focus in it. Says what has become of it. */
export function replaceRow(link: HTMLElement, platform: string, html: string): string {
  const row = link.querySelector<HTMLElement>(`#on-${CSS.escape(platform)}`);
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  const drawn = template.content.firstElementChild;
  if (!row || !(drawn instanceof HTMLElement)) return 'same';
  if (row.dataset.state === drawn.dataset.state && wordsOf(row) === wordsOf(drawn)) return 'same';
  const hadFocus = row.contains(document.activeElement);
  row.replaceWith(drawn);
  if (hadFocus) drawn.querySelector<HTMLElement>('a, button')?.focus();
  return drawn.dataset.state ?? '';
}

function wordsOf(element: Element): string {
  return element.textContent.replace(/\s+/g, ' ').trim();
}
