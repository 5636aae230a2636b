import type { Answer, Refusal } from './api';

export type Listed<T> = { is: 'waiting' } | { is: 'here'; list: readonly T[] } | { is: 'failed'; refusal: Refusal };

/** A list that the server keeps. */
export class Listing<T> {
  state = $state.raw<Listed<T>>({ is: 'waiting' });

  constructor(private readonly read: () => Promise<Answer<readonly T[]>>) {}

  /** Reads it anew. What is shown stays until the new list is there. */
  async load(): Promise<void> {
    if (this.state.is === 'failed') this.state = { is: 'waiting' };
    const answer = await this.read();
    if (answer.is === 'yes') this.state = { is: 'here', list: answer.value };
    else if (this.state.is !== 'here') this.state = { is: 'failed', refusal: answer.refusal };
  }
}
