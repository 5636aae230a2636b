import type { Message } from '../i18n/i18n.svelte';
import type { Found } from '../links/find';
import type { Route } from '../router/route';
import { readIntent, type Intent } from './intent';

/** What the page does with an intent: go somewhere, look, say what became of it, or say what to change. */
export type Answer =
  | { kind: 'none' }
  /** The server is being asked what the link points at. */
  | { kind: 'looking' }
  | Exclude<Found, { kind: 'page' }>
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'unclear'; message: Message };

/** What the field needs of the page around it. */
export interface JoinWorld {
  origin: string;
  go(route: Route): void;
  /** Loads another page of this server. `inPlace`: Back shall not lead to the one that was left. */
  leave(address: string, inPlace: boolean): void;
  find(text: string, ended: AbortSignal): Promise<Found>;
  /** The address of the page of a link. */
  pageOf(id: string): string;
}

/** The one field of Home. Whatever becomes of the wish, its text stays. */
export class Join {
  text = $state('');
  answer = $state.raw<Answer>({ kind: 'none' });
  #looking = new AbortController();

  constructor(
    private readonly world: JoinWorld,
    text: string | null,
  ) {
    this.text = text ?? '';
  }

  /** The person pressed Go, pasted a link or scanned a code. */
  submit(text: string = this.text): void {
    this.text = text;
    this.#act(false);
  }

  /** The page was opened with the text: sent by the form before any script, or shared by another app. */
  arrive(): void {
    if (this.text.trim() !== '') this.#act(true);
  }

  /** A pasted link needs no press of Go. */
  paste(text: string): boolean {
    const submits = /^\s*(https?:\/\/|spotify:)/i.test(text);
    if (submits) this.submit(text.trim());
    return submits;
  }

  /** Nothing is being looked for, and nothing is wrong. */
  rest(): void {
    this.#looking.abort();
    this.answer = { kind: 'none' };
  }

  /** The page is left: nobody waits for an answer any more. */
  end(): void {
    this.#looking.abort();
  }

  #act(inPlace: boolean): void {
    this.#looking.abort();
    const intent = readIntent(this.text, this.world.origin);
    this.answer = answerTo(intent);
    if (intent.kind === 'room') this.world.go({ name: 'listen', code: intent.code, fragment: intent.fragment });
    if (intent.kind === 'link-page') this.world.leave(intent.address, inPlace);
    if (intent.kind === 'link') void this.#look(inPlace);
  }

  async #look(inPlace: boolean): Promise<void> {
    const looking = new AbortController();
    this.#looking = looking;
    const found = await this.world.find(this.text.trim(), looking.signal);
    if (looking.signal.aborted) return;
    // It goes on saying that it looks until the other page is there.
    if (found.kind === 'page') this.world.leave(this.world.pageOf(found.id), inPlace);
    else this.answer = found;
  }
}

function answerTo(intent: Intent): Answer {
  switch (intent.kind) {
    case 'room':
    case 'link-page':
      return { kind: 'none' };
    case 'room-elsewhere':
      return { kind: 'elsewhere', address: intent.address, host: intent.host };
    case 'link':
      return { kind: 'looking' };
    case 'nothing':
      return unclear({ id: 'home-unclear-empty', args: [] });
    case 'page-here':
      return unclear({ id: 'home-unclear-page', args: [] });
    case 'code-too-short':
      return unclear({ id: 'home-unclear-short', args: [{ length: intent.length }] });
    case 'code-too-long':
      return unclear({ id: 'home-unclear-long', args: [{ length: intent.length }] });
    case 'code-with-stranger':
      return unclear({ id: 'home-unclear-letter', args: [{ letter: intent.letter }] });
    case 'words':
      return unclear({ id: 'home-unclear-words', args: [] });
  }
}

function unclear(message: Message): Answer {
  return { kind: 'unclear', message };
}
