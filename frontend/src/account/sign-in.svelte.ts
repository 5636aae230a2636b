/** Signing in: what was typed, which step the person is at, and what each step leads to. */
import type { Answer, Ask } from './api';
import type { Passkeys } from './passkeys';
import { Robots, WORK_NEEDED } from './robots.svelte';
import type { Solve } from './worked';
import { GIVEN_UP, givenUp, Wish } from './wish.svelte';
import type { Account, FactorKind, PasskeyTicket, SignedIn, Ticket, Upstream } from './wire';

export type SignInStep =
  | { is: 'start' }
  /** A code was mailed. */
  | { is: 'code'; ticket: string }
  /** The password or code was right; an app or a recovery code is wanted too. */
  | { is: 'factor'; ticket: string; kinds: readonly FactorKind[] }
  | { is: 'in'; account: Account };

type Doing = 'password' | 'sum' | 'mail' | 'code' | 'factor' | 'passkey';

export interface SignInWorld {
  ask: Ask;
  passkeys: Passkeys;
  solve: Solve;
}

export class SignIn {
  email = $state('');
  password = $state('');
  code = $state('');
  step = $state.raw<SignInStep>({ is: 'start' });
  upstreams = $state.raw<readonly Upstream[]>([]);
  /** A passkey was asked for and none was given: said calmly, since the person may have closed the dialog. */
  noPasskey = $state(false);
  readonly wish = new Wish<Doing>();
  readonly robots: Robots;
  #filling: AbortController | null = null;

  constructor(private readonly world: SignInWorld) {
    this.robots = new Robots(world);
  }

  get hasPasskeys(): boolean {
    return this.world.passkeys.isSupported;
  }

  /** Asks what else there is to sign in with. Without an answer there is nothing else. */
  async arrive(): Promise<void> {
    const answer = await this.world.ask<Upstream[]>('GET', '/upstreams');
    if (answer.is === 'yes') this.upstreams = answer.value;
  }

  /** Lets the browser offer passkeys in the list under the field, until another way is taken. */
  async fill(): Promise<void> {
    if (!this.hasPasskeys || !(await this.world.passkeys.canFill())) return;
    const begun = await this.world.ask<PasskeyTicket>('POST', '/sign-in/passkey', {});
    if (begun.is === 'no' || this.step.is !== 'start') return;
    const filling = new AbortController();
    this.#filling = filling;
    const credential = await this.world.passkeys.get(begun.value.options, filling.signal);
    if (credential !== null && !filling.signal.aborted) await this.#verifyPasskey(begun.value.ticket, credential);
  }

  /** Another service has proved who it is; the second factor is to come. */
  goOnWith(ticket: string, kinds: string): void {
    this.step = { is: 'factor', ticket, kinds: (['totp', 'recovery'] as const).filter((kind) => kinds.includes(kind)) };
  }

  /** Ends what runs beside the page. */
  leave(): void {
    this.#filling?.abort();
    this.#filling = null;
  }

  async withPasskey(): Promise<void> {
    this.leave();
    this.noPasskey = false;
    const answer = await this.wish.ask('passkey', async (): Promise<Answer<Account>> => {
      const begun = await this.world.ask<PasskeyTicket>('POST', '/sign-in/passkey', {});
      if (begun.is === 'no') return begun;
      const credential = await this.world.passkeys.get(begun.value.options);
      if (credential === null) return givenUp();
      return this.world.ask<Account>('POST', '/sign-in/passkey/verify', { ticket: begun.value.ticket, credential });
    });
    if (answer?.is === 'yes') this.#enter(answer.value);
    else this.noPasskey = answer?.is === 'no' && answer.refusal.kind === GIVEN_UP;
  }

  async withPassword(): Promise<void> {
    const answer = await this.#worked<SignedIn>('password', '/sign-in', { email: this.email, password: this.password });
    if (answer?.is === 'yes') this.#lead(answer.value);
  }

  /** Has a code mailed, the first or another one. */
  async sendCode(): Promise<void> {
    const answer = await this.#worked<Ticket>('mail', '/sign-in/code', { email: this.email });
    if (answer?.is !== 'yes') return;
    this.code = '';
    this.step = { is: 'code', ticket: answer.value.ticket };
  }

  async enterCode(): Promise<void> {
    const { step, code } = this;
    if (step.is !== 'code') return;
    const answer = await this.wish.ask('code', () => this.world.ask<SignedIn>('POST', '/sign-in/code/verify', { ticket: step.ticket, code }));
    if (answer?.is === 'yes') this.#lead(answer.value);
  }

  async enterFactor(): Promise<void> {
    const { step, code } = this;
    if (step.is !== 'factor') return;
    const answer = await this.wish.ask('factor', () => this.world.ask<Account>('POST', '/sign-in/factor', { ticket: step.ticket, code }));
    if (answer?.is === 'yes') this.#enter(answer.value);
  }

  /** To the beginning; what was typed stays. */
  back(): void {
    this.step = { is: 'start' };
    this.code = '';
    this.wish.clear();
  }

  /** Shows something against robots as soon as the server wants that. */
  async #worked<T>(doing: 'password' | 'mail', path: string, body: object): Promise<Answer<T> | null> {
    this.noPasskey = false;
    const answer = await this.wish.ask(doing, () => this.world.ask<T>('POST', path, body));
    if (answer?.is !== 'no' || answer.refusal.kind !== WORK_NEEDED) return answer;
    return this.wish.ask('sum', () => this.robots.show('sign-in', (shown) => this.world.ask<T>('POST', path, { ...body, ...shown })));
  }

  async #verifyPasskey(ticket: string, credential: unknown): Promise<void> {
    const answer = await this.wish.ask('passkey', () => this.world.ask<Account>('POST', '/sign-in/passkey/verify', { ticket, credential }));
    if (answer?.is === 'yes') this.#enter(answer.value);
  }

  #lead(signedIn: SignedIn): void {
    if ('signed_in' in signedIn) return this.#enter(signedIn.signed_in);
    this.code = '';
    this.step = { is: 'factor', ...signedIn.second_factor };
  }

  #enter(account: Account): void {
    this.leave();
    this.password = '';
    this.step = { is: 'in', account };
  }
}
