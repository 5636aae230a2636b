import { ANNOUNCEMENT_GAP_MS } from './announcement';

/** More waiting announcements than this would be old news: the oldest is dropped. */
const WAITING_MAX = 4;

type Later = (run: () => void, delayMs: number) => void;

/** What the page's one status region says. */
export class Announcer {
  text = $state('');
  #waiting: string[] = [];
  #busy = false;

  constructor(private readonly later: Later) {}

  announce = (text: string): void => {
    this.#waiting.push(text);
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
    if (!this.#busy) this.#next();
  };

  #next(): void {
    const text = this.#waiting.shift();
    this.#busy = text !== undefined;
    if (text === undefined) return;
    // The same words twice would not be read again: a no-break space makes them differ.
    this.text = text === this.text ? `${text}\u00a0` : text;
    this.later(() => this.#next(), ANNOUNCEMENT_GAP_MS);
  }
}
