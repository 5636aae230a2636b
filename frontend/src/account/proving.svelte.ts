/** Who does something sensitive proves again who they are, if the last proof is older than ten minutes. Then it goes on by itself. */
import type { Answer, Ask } from './api';
import type { Passkeys } from './passkeys';
import { givenUp, Wish } from './wish.svelte';
import type { PasskeyTicket, Ticket, WaysIn } from './wire';

/** How it is proved. */
export type ProofWay = 'passkey' | 'password' | 'totp' | 'mail';

const NEEDED = 'prove-it-again';

export class Proving {
  isOpen = $state(false);
  way = $state<ProofWay>('mail');
  text = $state('');
  ways = $state.raw<readonly ProofWay[]>([]);
  /** The step whose code was mailed. */
  ticket = $state.raw<string | null>(null);
  readonly wish = new Wish<ProofWay>();
  #decided: ((isProved: boolean) => void) | null = null;

  constructor(
    private readonly ask: Ask,
    private readonly passkeys: Passkeys,
    private readonly waysIn: () => { ways: WaysIn; hasEmail: boolean },
  ) {}

  /** Does `act`; if it needs a newer proof, asks for one and does it again. */
  async guard<T>(act: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await act();
    if (answer.is === 'yes' || answer.refusal.kind !== NEEDED) return answer;
    return (await this.#asked()) ? act() : givenUp();
  }

  choose(way: ProofWay): void {
    this.way = way;
    this.text = '';
    this.wish.clear();
  }

  /** Proves by the chosen way; a mailed code is sent first. */
  async prove(): Promise<void> {
    const answer = await this.wish.ask(this.way, () => this.#proof());
    if (answer?.is !== 'yes') return;
    if (answer.value === 'sent') return;
    this.#decide(true);
  }

  /** The dialog was closed. */
  giveUp(): void {
    this.#decide(false);
  }

  async #proof(): Promise<Answer<'sent' | undefined>> {
    const { text } = this;
    switch (this.way) {
      case 'password':
        return this.ask('POST', '/prove', { password: text });
      case 'totp':
        return this.ask('POST', '/prove', { code: text });
      case 'passkey':
        return this.#passkey();
      case 'mail':
        return this.ticket === null ? this.sendCode() : this.ask('POST', '/prove', { ticket: this.ticket, code: text });
    }
  }

  async sendCode(): Promise<Answer<'sent'>> {
    const answer = await this.ask<Ticket>('POST', '/prove/code', {});
    if (answer.is === 'no') return answer;
    this.ticket = answer.value.ticket;
    return { is: 'yes', value: 'sent' };
  }

  async #passkey(): Promise<Answer<undefined>> {
    const begun = await this.ask<PasskeyTicket>('POST', '/prove/passkey', {});
    if (begun.is === 'no') return begun;
    const credential = await this.passkeys.get(begun.value.options);
    if (credential === null) return givenUp();
    return this.ask('POST', '/prove', { ticket: begun.value.ticket, credential });
  }

  #asked(): Promise<boolean> {
    const { ways, hasEmail } = this.waysIn();
    const isThere: Record<ProofWay, boolean> = {
      passkey: ways.passkeys > 0 && this.passkeys.isSupported,
      password: ways.has_password,
      totp: ways.has_totp,
      mail: hasEmail,
    };
    this.ways = (['passkey', 'password', 'totp', 'mail'] as const).filter((way) => isThere[way]);
    this.ticket = null;
    this.choose(this.ways[0] ?? 'mail');
    this.isOpen = true;
    return new Promise((decided) => (this.#decided = decided));
  }

  #decide(isProved: boolean): void {
    this.isOpen = false;
    this.text = '';
    this.#decided?.(isProved);
    this.#decided = null;
  }
}
