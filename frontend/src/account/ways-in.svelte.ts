/** How an account is signed in to: passkeys, password, second factor, linked services and the address. */
import type { Answer, Ask } from './api';
import { Listing } from './listing.svelte';
import type { Passkeys } from './passkeys';
import type { Proving } from './proving.svelte';
import { givenUp, Wish } from './wish.svelte';
import type { Account, Identity, Passkey, PasskeyTicket, Ticket, TotpTicket, Upstream } from './wire';

export type Doing = 'add-passkey' | 'passkey' | 'password' | 'totp' | 'recovery' | 'identity' | 'email';

/** Where somebody is who adds a second factor. */
export type FactorStep =
  | { is: 'none' }
  /** The app reads the secret; its first code shows that it did. */
  | { is: 'scan'; ticket: TotpTicket }
  /** Shown this once. */
  | { is: 'codes'; codes: readonly string[] };

export class WaysIn {
  /** A passkey was to be made and none was. */
  noPasskey = $state(false);
  /** The one that a new password takes the place of. */
  currentPassword = $state('');
  newPassword = $state('');
  factor = $state.raw<FactorStep>({ is: 'none' });
  factorCode = $state('');
  newEmail = $state('');
  emailCode = $state('');
  /** A code was sent to the new address. */
  emailTicket = $state.raw<string | null>(null);
  upstreams = $state.raw<readonly Upstream[]>([]);
  readonly passkeys: Listing<Passkey>;
  readonly identities: Listing<Identity>;
  readonly wish = new Wish<Doing>();
  /** What the last refusal is about. */
  about = $state<Doing | null>(null);

  constructor(
    private readonly ask: Ask,
    private readonly browser: Passkeys,
    private readonly proving: Proving,
    private readonly changed: () => Promise<void>,
  ) {
    this.passkeys = new Listing(() => this.ask<Passkey[]>('GET', '/passkeys'));
    this.identities = new Listing(() => this.ask<Identity[]>('GET', '/identities'));
  }

  get canAddPasskey(): boolean {
    return this.browser.isSupported;
  }

  async load(): Promise<void> {
    await Promise.all([this.passkeys.load(), this.identities.load(), this.#loadUpstreams()]);
  }

  /** Has the browser make one; it can be renamed afterwards. */
  async addPasskey(name: string): Promise<boolean> {
    this.noPasskey = false;
    const isAdded = await this.#sensitive('add-passkey', async (): Promise<Answer<unknown>> => {
      const begun = await this.ask<PasskeyTicket>('POST', '/passkeys', {});
      if (begun.is === 'no') return begun;
      const credential = await this.browser.create(begun.value.options);
      this.noPasskey = credential === null;
      if (credential === null) return givenUp();
      return this.ask('POST', '/passkeys/verify', { ticket: begun.value.ticket, credential, name });
    });
    if (isAdded) await this.passkeys.load();
    return isAdded;
  }

  async renamePasskey(id: string, name: string): Promise<boolean> {
    const isRenamed = await this.#plain('passkey', () => this.ask('PATCH', `/passkeys/${id}`, { name }));
    await this.passkeys.load();
    return isRenamed;
  }

  async removePasskey(id: string): Promise<boolean> {
    const isRemoved = await this.#sensitive('passkey', () => this.ask('DELETE', `/passkeys/${id}`));
    await this.passkeys.load();
    return isRemoved;
  }

  async setPassword(): Promise<boolean> {
    const isSet = await this.#sensitive('password', () =>
      this.ask('POST', '/password', { password: this.newPassword, ...(this.currentPassword === '' ? {} : { current: this.currentPassword }) }),
    );
    if (isSet) this.currentPassword = this.newPassword = '';
    return isSet;
  }

  async removePassword(): Promise<boolean> {
    return this.#sensitive('password', () => this.ask('DELETE', '/password'));
  }

  async beginFactor(): Promise<void> {
    await this.#sensitive('totp', async () => {
      const begun = await this.ask<TotpTicket>('POST', '/totp', {});
      if (begun.is === 'yes') this.factor = { is: 'scan', ticket: begun.value };
      return begun;
    });
    this.factorCode = '';
  }

  async confirmFactor(): Promise<void> {
    const { factor, factorCode: code } = this;
    if (factor.is !== 'scan') return;
    await this.#plain('totp', async () => this.#shown(await this.ask('POST', '/totp/verify', { ticket: factor.ticket.ticket, code })));
  }

  async removeFactor(): Promise<boolean> {
    return this.#sensitive('totp', () => this.ask('DELETE', '/totp'));
  }

  async newRecoveryCodes(): Promise<void> {
    await this.#sensitive('recovery', async () => this.#shown(await this.ask('POST', '/recovery-codes', {})));
  }

  /** The codes were read, or the step is given up. */
  endFactor(): void {
    this.factor = { is: 'none' };
    this.factorCode = '';
    this.wish.clear();
  }

  /** Where to go to link `upstream`. */
  async connect(upstream: string): Promise<string | null> {
    let goTo: string | null = null;
    await this.#sensitive('identity', async () => {
      const answer = await this.ask<{ go_to: string }>('POST', `/identities/${upstream}`, {});
      if (answer.is === 'yes') goTo = answer.value.go_to;
      return answer;
    });
    return goTo;
  }

  async disconnect(id: string): Promise<boolean> {
    const isGone = await this.#sensitive('identity', () => this.ask('DELETE', `/identities/${id}`));
    await this.identities.load();
    return isGone;
  }

  async sendToNewEmail(): Promise<void> {
    await this.#sensitive('email', async () => {
      const answer = await this.ask<Ticket>('POST', '/email', { email: this.newEmail });
      if (answer.is === 'yes') this.emailTicket = answer.value.ticket;
      return answer;
    });
    this.emailCode = '';
  }

  async confirmEmail(): Promise<boolean> {
    const { emailTicket: ticket, emailCode: code } = this;
    const isChanged = await this.#plain('email', () => this.ask<Account>('POST', '/email/verify', { ticket, code }));
    if (isChanged) this.keepEmail();
    return isChanged;
  }

  /** The address stays as it is. */
  keepEmail(): void {
    this.emailTicket = null;
    this.newEmail = '';
    this.emailCode = '';
  }

  #shown(answer: Answer<{ recovery_codes: string[] }>): Answer<unknown> {
    if (answer.is === 'yes') this.factor = { is: 'codes', codes: answer.value.recovery_codes };
    return answer;
  }

  async #loadUpstreams(): Promise<void> {
    const answer = await this.ask<Upstream[]>('GET', '/upstreams');
    if (answer.is === 'yes') this.upstreams = answer.value;
  }

  #sensitive(doing: Doing, act: () => Promise<Answer<unknown>>): Promise<boolean> {
    return this.#plain(doing, () => this.proving.guard(act));
  }

  async #plain(doing: Doing, act: () => Promise<Answer<unknown>>): Promise<boolean> {
    this.about = doing;
    const answer = await this.wish.ask(doing, act);
    if (answer?.is !== 'yes') return false;
    await this.changed();
    return true;
  }
}
