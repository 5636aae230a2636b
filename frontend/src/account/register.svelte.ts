/** Making an account: nothing is one before its owner has typed the mailed code. */
import type { Answer, Ask } from './api';
import { Robots, type Shown } from './robots.svelte';
import type { Solve } from './worked';
import { Wish } from './wish.svelte';
import type { Account, Ticket } from './wire';

export type RegisterStep = { is: 'form' } | { is: 'code'; ticket: string } | { is: 'in'; account: Account };

/** What a new member agrees to, and from which age. */
export interface Terms {
  policy_version: string;
  age_min: number;
  /** Who may make an account: everybody, the invited, or nobody. */
  registration: string;
  /** The check of another service that may be chosen in place of the sum. */
  check?: string | null;
}

/** What must be put right before anything is sent. */
export type Missing = 'email' | 'age' | 'policy';

/** No address is shorter or without it; everything else is the server's to judge. */
const ADDRESS = /^\S+@\S+$/;

export class Register {
  email = $state('');
  password = $state('');
  isOfAge = $state(false);
  agrees = $state(false);
  code = $state('');
  step = $state.raw<RegisterStep>({ is: 'form' });
  terms = $state.raw<Terms | null>(null);
  missing = $state.raw<readonly Missing[]>([]);
  readonly wish = new Wish<'terms' | 'sum' | 'code'>();
  readonly robots: Robots;

  constructor(
    private readonly world: { ask: Ask; solve: Solve },
    private readonly language: () => string,
    /** What the link of an invitation brought. */
    readonly invitation: string | null = null,
  ) {
    this.robots = new Robots(world);
  }

  /** Why there is no form to fill in, as the server calls the reason. */
  get closed(): 'closed' | 'invited-only' | null {
    if (this.terms?.registration === 'closed') return 'closed';
    return this.terms?.registration === 'invited' && this.invitation === null ? 'invited-only' : null;
  }

  /** Asks what there is to agree to. */
  async arrive(): Promise<void> {
    const answer = await this.wish.ask('terms', () => this.world.ask<Terms>('GET', '/terms'));
    if (answer?.is !== 'yes') return;
    this.terms = answer.value;
    this.robots.offer(answer.value.check);
  }

  /** Sends the form; from the code's page it has another code sent. */
  async send(): Promise<void> {
    const { terms } = this;
    this.missing = this.#missing();
    if (this.missing.length > 0 || !terms) return;
    const put = (shown: Shown): Promise<Answer<Ticket>> =>
      this.world.ask<Ticket>('POST', '/register', {
        email: this.email,
        ...(this.password === '' ? {} : { password: this.password }),
        language: this.language(),
        agreed_version: terms.policy_version,
        is_of_age: this.isOfAge,
        ...(this.invitation === null ? {} : { invitation: this.invitation }),
        ...shown,
      });
    const answer = await this.wish.ask('sum', () => this.robots.show('register', put));
    if (answer?.is !== 'yes') return;
    this.code = '';
    this.step = { is: 'code', ticket: answer.value.ticket };
  }

  async enterCode(): Promise<void> {
    const { step, code } = this;
    if (step.is !== 'code') return;
    const answer = await this.wish.ask('code', () => this.world.ask<Account>('POST', '/register/verify', { ticket: step.ticket, code }));
    if (answer?.is !== 'yes') return;
    this.password = '';
    this.step = { is: 'in', account: answer.value };
  }

  /** Back to the form, as it was filled in. */
  back(): void {
    this.step = { is: 'form' };
    this.wish.clear();
  }

  #missing(): Missing[] {
    const missing: Missing[] = [];
    if (!ADDRESS.test(this.email.trim())) missing.push('email');
    if (!this.isOfAge) missing.push('age');
    if (!this.agrees) missing.push('policy');
    return missing;
  }
}
