/** The host of a room, for a member who sits in it and may follow them. */
import type { Ask } from './api';
import type { Follow, HostHere } from './wire';
import { Wish } from './wish.svelte';

export type Host =
  /** Not asked yet, nobody is signed in, or the host is not followed by anybody. */
  { is: 'nobody' } | { is: 'here'; name: string | null; follow: Follow | null };

export class RoomHost {
  host = $state.raw<Host>({ is: 'nobody' });
  /** A mail is on its way, and its link is to be pressed. */
  isMailed = $state(false);
  readonly wish = new Wish<'follow' | 'mails' | 'end'>();

  /** `seat` shows the server in which room this page sits. */
  constructor(
    private readonly ask: Ask,
    private readonly seat: () => string,
  ) {}

  async load(): Promise<void> {
    const answer = await this.ask<HostHere>('POST', '/follows/host', { seat: this.seat() });
    const host = answer.is === 'yes' ? answer.value.host : null;
    this.host = host ? { is: 'here', name: host.name ?? null, follow: host.follow ?? null } : { is: 'nobody' };
  }

  async follow(): Promise<boolean> {
    const answer = await this.wish.ask('follow', () => this.ask<Follow>('POST', '/follows', { seat: this.seat() }));
    if (answer?.is !== 'yes') return false;
    this.#now(answer.value);
    return true;
  }

  async askForMails(): Promise<boolean> {
    const { host } = this;
    if (host.is !== 'here' || !host.follow) return false;
    const { id } = host.follow;
    const answer = await this.wish.ask('mails', () => this.ask('POST', `/follows/${id}/mails`, { is_wanted: true }));
    this.isMailed = answer?.is === 'yes';
    return this.isMailed;
  }

  async end(): Promise<boolean> {
    const { host } = this;
    if (host.is !== 'here' || !host.follow) return false;
    const { id } = host.follow;
    const answer = await this.wish.ask('end', () => this.ask('DELETE', `/follows/${id}`));
    if (answer?.is !== 'yes') return false;
    this.#now(null);
    return true;
  }

  #now(follow: Follow | null): void {
    this.isMailed = false;
    if (this.host.is === 'here') this.host = { ...this.host, follow };
  }
}
