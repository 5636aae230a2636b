/** A forgotten password: a link is mailed, and who follows it sets a new one. */
import type { Ask } from './api';
import { Robots, WORK_NEEDED } from './robots.svelte';
import type { Solve } from './worked';
import { Wish } from './wish.svelte';

export type ResetStep = { is: 'ask' } | { is: 'sent' } | { is: 'new'; token: string } | { is: 'done' };

export class Reset {
  email = $state('');
  password = $state('');
  step = $state.raw<ResetStep>({ is: 'ask' });
  readonly wish = new Wish<'mail' | 'sum' | 'password'>();
  readonly robots: Robots;

  constructor(
    private readonly world: { ask: Ask; solve: Solve },
    token: string | null,
  ) {
    this.robots = new Robots(world);
    if (token) this.step = { is: 'new', token };
  }

  /** Has the link mailed. The answer is the same for every address. */
  async send(): Promise<void> {
    const { email } = this;
    let answer = await this.wish.ask('mail', () => this.world.ask('POST', '/reset', { email }));
    if (answer?.is === 'no' && answer.refusal.kind === WORK_NEEDED) {
      answer = await this.wish.ask('sum', () => this.robots.show('sign-in', (shown) => this.world.ask('POST', '/reset', { email, ...shown })));
    }
    if (answer?.is === 'yes') this.step = { is: 'sent' };
  }

  async complete(): Promise<void> {
    const { step, password } = this;
    if (step.is !== 'new') return;
    const answer = await this.wish.ask('password', () => this.world.ask('POST', '/reset/complete', { token: step.token, password }));
    if (answer?.is !== 'yes') return;
    this.password = '';
    this.step = { is: 'done' };
  }

  /** To ask for another link. */
  again(): void {
    this.step = { is: 'ask' };
    this.wish.clear();
  }
}
