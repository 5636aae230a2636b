/** What the server of this page has beyond what every server has. */
import type { components } from '../api/schema.gen';

type About = components['schemas']['About'];
type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Nobody waits for it. */
const ANSWER_MAX_MS = 30_000;

export class Server {
  /** Whether there is a blog to lead to. */
  hasBlog = $state(false);

  constructor(private readonly fetched: Fetch = (address, init) => fetch(address, init)) {}

  /** Asks it. Without an answer it has nothing of the kind. */
  async look(): Promise<void> {
    try {
      const response = await this.fetched('/api/v1/about', { signal: AbortSignal.timeout(ANSWER_MAX_MS) });
      if (response.ok) this.hasBlog = ((await response.json()) as About).has_blog === true;
    } catch {
      // The page is whole without.
    }
  }
}
