/** Somebody came by another service and has no account here yet: they agree, and only then there is one. */
import type { Ask } from './api';
import { Wish } from './wish.svelte';
import type { Account } from './wire';

/** What the account would be. */
export interface AgreementAsked {
  /** What people call the service. */
  title: string;
  email?: string | null;
  policy_version: string;
}

export type AgreeStep = { is: 'waiting' } | { is: 'form'; asked: AgreementAsked } | { is: 'in'; account: Account };

export class Agree {
  isOfAge = $state(false);
  agrees = $state(false);
  missing = $state.raw<readonly ('age' | 'policy')[]>([]);
  step = $state.raw<AgreeStep>({ is: 'waiting' });
  readonly wish = new Wish<'asking' | 'agreeing'>();

  constructor(private readonly ask: Ask) {}

  async arrive(): Promise<void> {
    const answer = await this.wish.ask('asking', () => this.ask<AgreementAsked>('GET', '/upstreams/agree'));
    if (answer?.is === 'yes') this.step = { is: 'form', asked: answer.value };
  }

  async send(): Promise<void> {
    const { step } = this;
    if (step.is !== 'form') return;
    this.missing = [...(this.isOfAge ? [] : (['age'] as const)), ...(this.agrees ? [] : (['policy'] as const))];
    if (this.missing.length > 0) return;
    const body = { agreed_version: step.asked.policy_version, is_of_age: this.isOfAge };
    const answer = await this.wish.ask('agreeing', () => this.ask<Account>('POST', '/upstreams/agree', body));
    if (answer?.is === 'yes') this.step = { is: 'in', account: answer.value };
  }
}
