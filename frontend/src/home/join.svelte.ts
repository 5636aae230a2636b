import type { Message } from '../i18n/i18n.svelte';
import type { Route } from '../router/route';
import { readIntent, type Intent } from './intent';

/** What the page does with an intent: go somewhere, offer a link, or say what to change. */
export type Answer =
  | { kind: 'none' }
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'later'; host: string }
  | { kind: 'unclear'; message: Message };

/** The one field of Home. */
export class Join {
  text = $state('');
  answer = $state.raw<Answer>({ kind: 'none' });

  constructor(
    private readonly origin: string,
    private readonly go: (route: Route) => void,
    text: string | null,
  ) {
    this.text = text ?? '';
  }

  /** The person pressed Go, pasted a link or scanned a code. */
  submit(text: string = this.text): void {
    this.text = text;
    const intent = readIntent(text, this.origin);
    if (intent.kind === 'room') {
      this.answer = { kind: 'none' };
      this.go({ name: 'listen', code: intent.code, fragment: intent.fragment });
    } else {
      this.answer = answerTo(intent);
    }
  }

  /** A pasted link needs no press of Go. */
  paste(text: string): boolean {
    const submits = /^\s*https?:\/\//i.test(text);
    if (submits) this.submit(text.trim());
    return submits;
  }
}

function answerTo(intent: Exclude<Intent, { kind: 'room' }>): Answer {
  switch (intent.kind) {
    case 'room-elsewhere':
      return { kind: 'elsewhere', address: intent.address, host: intent.host };
    case 'link':
      return { kind: 'later', host: intent.host };
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
