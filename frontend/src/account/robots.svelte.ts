/** What people show against robots: a sum of their device, or the check of another service, where there is one and they want it. */
import type { Answer, Ask } from './api';
import { newProof, type Purpose, type Solve } from './worked';
import { givenUp } from './wish.svelte';

export type RobotsStep =
  | { is: 'none' }
  /** The person chooses: until then nobody else is asked for anything. */
  | { is: 'choice' }
  /** The other service checks the browser, in its frame. */
  | { is: 'check'; purpose: Purpose }
  /** The server confirms what came of it. */
  | { is: 'confirming' };

/** What goes with the wish. */
export type Shown = { proof_of_work: string } | { turnstile: string };

type Chosen = { by: 'sum' } | { by: 'check'; token: string } | { by: 'nothing' };

export const WORK_NEEDED = 'proof-of-work-needed';

export class Robots {
  step = $state.raw<RobotsStep>({ is: 'none' });
  /** Whether there is a check to choose; not known before it matters. */
  #hasCheck: boolean | null = null;
  #purpose: Purpose = 'register';
  #decide: ((chosen: Chosen) => void) | null = null;

  constructor(private readonly world: { ask: Ask; solve: Solve }) {}

  /** What the server said of its checks. */
  offer(check: string | null | undefined): void {
    this.#hasCheck = check === 'turnstile';
  }

  /** Puts a wish with what is shown. If a check does not count, whatever the reason, the sum is done after it. */
  async show<T>(purpose: Purpose, put: (shown: Shown) => Promise<Answer<T>>): Promise<Answer<T>> {
    const chosen = await this.#chosen(purpose);
    if (chosen.by === 'nothing') return givenUp();
    if (chosen.by === 'check') {
      this.step = { is: 'confirming' };
      const answer = await put({ turnstile: chosen.token });
      this.step = { is: 'none' };
      if (answer.is === 'yes' || answer.refusal.kind !== WORK_NEEDED) return answer;
    }
    const proof = await newProof(purpose, this.world.ask, this.world.solve);
    return proof.is === 'no' ? proof : put({ proof_of_work: proof.value });
  }

  /** The person pressed the button that names the other service. */
  load(): void {
    if (this.step.is === 'choice') this.step = { is: 'check', purpose: this.#purpose };
  }

  /** The other service let the browser pass. */
  passed(token: string): void {
    this.#end({ by: 'check', token });
  }

  /** The sum instead: the person wants it, or the other service failed. */
  sum(): void {
    this.#end({ by: 'sum' });
  }

  /** Neither: the wish is taken back. */
  giveUp(): void {
    this.#end({ by: 'nothing' });
  }

  async #chosen(purpose: Purpose): Promise<Chosen> {
    if (!(await this.#asksFirst())) return { by: 'sum' };
    this.#purpose = purpose;
    const decided = new Promise<Chosen>((resolve) => (this.#decide = resolve));
    this.step = { is: 'choice' };
    return decided;
  }

  async #asksFirst(): Promise<boolean> {
    if (this.#hasCheck === null) {
      const terms = await this.world.ask<{ check?: string | null }>('GET', '/terms');
      // Without an answer the sum does.
      if (terms.is === 'no') return false;
      this.offer(terms.value.check);
    }
    return this.#hasCheck === true;
  }

  #end(chosen: Chosen): void {
    const decide = this.#decide;
    if (!decide) return;
    this.#decide = null;
    this.step = { is: 'none' };
    decide(chosen);
  }
}
