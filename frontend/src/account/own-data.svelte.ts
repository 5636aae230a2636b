/** What belongs to the owner of an account: they take it along, or have all of it erased. */
import type { Answer, Ask } from './api';
import type { Proving } from './proving.svelte';
import { Wish } from './wish.svelte';

/** What the server wants to hear from who means it. */
const WORD = 'erase';

type Leaving = { erased: { id: string } } | { planned: { erase_at: number } };

export class OwnData {
  /** As it was typed. */
  typed = $state('');
  /** All of it is gone; this is the proof. */
  receipt = $state.raw<string | null>(null);
  readonly wish = new Wish<'copy' | 'leave' | 'stay'>();

  constructor(
    private readonly ask: Ask,
    private readonly proving: Proving,
    private readonly changed: () => Promise<void>,
  ) {}

  /** A copy of everything, as a file. */
  async copy(): Promise<Blob | null> {
    const answer = await this.wish.ask('copy', () => this.proving.guard(() => this.ask<Blob>('GET', '/copy')));
    return answer?.is === 'yes' ? answer.value : null;
  }

  /** Whether `word`, as the page's language has it, was typed. */
  means(word: string): boolean {
    return this.typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  }

  /** Says whether it will be done, or is. */
  async leave(now: boolean): Promise<boolean> {
    const answer = await this.wish.ask('leave', () =>
      this.proving.guard(() => this.ask<Leaving>('DELETE', '', { word: WORD, now })),
    );
    if (answer?.is !== 'yes') return false;
    this.typed = '';
    if ('erased' in answer.value) this.receipt = answer.value.erased.id;
    else await this.changed();
    return true;
  }

  /** Takes back the wish to leave. */
  async stay(): Promise<boolean> {
    const answer: Answer<unknown> | null = await this.wish.ask('stay', () => this.ask('POST', '/stay', {}));
    if (answer?.is === 'yes') await this.changed();
    return answer?.is === 'yes';
  }
}
