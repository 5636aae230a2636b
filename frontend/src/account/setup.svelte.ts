/** The first operator: whoever has the link that the server printed when it started. */
import type { Ask } from './api';
import { Wish } from './wish.svelte';
import type { Account } from './wire';

export type SetupStep = { is: 'no-link' } | { is: 'form'; token: string } | { is: 'in'; account: Account };

export class Setup {
  email = $state('');
  password = $state('');
  step = $state.raw<SetupStep>({ is: 'no-link' });
  readonly wish = new Wish<'account'>();

  constructor(
    private readonly ask: Ask,
    token: string | null,
  ) {
    if (token) this.step = { is: 'form', token };
  }

  async send(): Promise<void> {
    const { step, email, password } = this;
    if (step.is !== 'form') return;
    const answer = await this.wish.ask('account', () => this.ask<Account>('POST', '/setup', { token: step.token, email, password }));
    if (answer?.is !== 'yes') return;
    this.password = '';
    this.step = { is: 'in', account: answer.value };
  }
}
