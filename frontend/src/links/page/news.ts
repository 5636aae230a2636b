// What a screen reader is told: what comes together is told together, and never in the middle of the last words.
import { ANNOUNCEMENT_GAP_MS } from '../../state/announcement';

type Later = (run: () => void, delayMs: number) => void;

/** As many services as there are could answer at once. */
const WAITING_MAX = 16;
/** Answers that come in one breath are told in one. */
const BREATH_MS = 300;

export class News {
  #waiting: string[] = [];
  #isSpeaking = false;

  constructor(
    private readonly say: (text: string) => void,
    private readonly later: Later,
  ) {}

  tell(text: string): void {
    this.#waiting.push(text);
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
    if (this.#isSpeaking) return;
    this.#isSpeaking = true;
    this.later(() => this.#speak(), BREATH_MS);
  }

  #speak(): void {
    this.#isSpeaking = this.#waiting.length > 0;
    if (!this.#isSpeaking) return;
    this.say(this.#waiting.splice(0).join('. '));
    this.later(() => this.#speak(), ANNOUNCEMENT_GAP_MS);
  }
}
