import type { Answer, Refusal } from './api';

/** One thing at a time that somebody wants of the server, and why the last one was refused. */
export class Wish<What extends string = string> {
  /** What is being asked for. */
  doing = $state<What | null>(null);
  refusal = $state.raw<Refusal | null>(null);

  /** Gives the answer; a second wish while one is open is none. */
  async ask<T>(what: What, put: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.doing !== null) return null;
    this.doing = what;
    this.refusal = null;
    const answer = await put();
    this.doing = null;
    if (answer.is === 'no' && answer.refusal.kind !== GIVEN_UP) this.refusal = answer.refusal;
    return answer;
  }

  /** Whether the last one was refused for one of `kinds`. */
  isRefusedFor(...kinds: string[]): boolean {
    return this.refusal !== null && kinds.includes(this.refusal.kind);
  }

  clear(): void {
    this.refusal = null;
  }
}

/** The person themselves stopped it: nothing is to be said. */
export const GIVEN_UP = 'given-up';

export function givenUp<T>(): Answer<T> {
  return { is: 'no', refusal: { kind: GIVEN_UP, title: '', next: '', why: null, reference: null } };
}
