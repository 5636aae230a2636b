/** Pictures of recordings: asked for by pages that have one, so that no question goes nowhere. */

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Pages that are remembered at once; the oldest goes. */
const KNOWN_MAX = 200;
const ANSWER_MAX_MS = 15_000;

export class ArtIndex {
  private readonly known = new Map<string, Promise<string | null>>();

  constructor(private readonly ask: Fetch = (address, init) => fetch(address, init)) {}

  /** The address of the picture of the link page `page`; `null` where there is none, or no answer. Never rejects. */
  of(page: string): Promise<string | null> {
    const known = this.known.get(page);
    if (known) return known;
    const found = this.find(page);
    this.known.set(page, found);
    const [oldest] = this.known.keys();
    if (this.known.size > KNOWN_MAX && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  private async find(page: string): Promise<string | null> {
    const address = `/api/v1/links/${encodeURIComponent(page)}`;
    try {
      const response = await this.ask(address, { signal: AbortSignal.timeout(ANSWER_MAX_MS) });
      const view = response.ok ? ((await response.json()) as { has_art?: unknown }) : {};
      return view.has_art === true ? `${address}/art` : null;
    } catch {
      // Somebody who looks at it later may be luckier.
      this.known.delete(page);
      return null;
    }
  }
}
