/** Whom a member follows, who may follow them, and what the pages tell of it. */
import type { Ask } from './api';
import { Listing } from './listing.svelte';
import type { Follow, Hosting, RoomNotice } from './wire';
import { Wish } from './wish.svelte';

export class Following {
  readonly follows: Listing<Follow>;
  readonly notices: Listing<RoomNotice>;
  hosting = $state.raw<Hosting | null>(null);
  /** The one that a mail was sent about: its link is still to be pressed. */
  asked = $state<string | null>(null);
  readonly wish = new Wish<'mails' | 'end' | 'hosting' | 'forget'>();

  constructor(private readonly ask: Ask) {
    this.follows = new Listing(() => ask<Follow[]>('GET', '/follows'));
    this.notices = new Listing(() => ask<RoomNotice[]>('GET', '/notices'));
  }

  async load(): Promise<void> {
    const hosting = async (): Promise<void> => {
      const answer = await this.ask<Hosting>('GET', '/hosting');
      if (answer.is === 'yes') this.hosting = answer.value;
    };
    await Promise.all([this.follows.load(), this.notices.load(), hosting()]);
    await this.#see();
  }

  /** Says whether it is over. */
  async end(id: string): Promise<boolean> {
    const answer = await this.wish.ask('end', () => this.ask('DELETE', `/follows/${id}`));
    await this.follows.load();
    return answer?.is === 'yes';
  }

  /** Mails begin once the link in the mail that this sends is pressed; they end at once. */
  async wantMails(id: string, is_wanted: boolean): Promise<boolean> {
    const answer = await this.wish.ask('mails', () => this.ask('POST', `/follows/${id}/mails`, { is_wanted }));
    if (answer?.is !== 'yes') return false;
    this.asked = is_wanted ? id : null;
    await this.follows.load();
    return true;
  }

  async allow(is_followable: boolean): Promise<boolean> {
    const answer = await this.wish.ask('hosting', () => this.ask<Hosting>('PUT', '/hosting', { is_followable }));
    if (answer?.is === 'yes') this.hosting = answer.value;
    return answer?.is === 'yes';
  }

  async forget(): Promise<boolean> {
    const answer = await this.wish.ask('forget', () => this.ask('DELETE', '/notices'));
    if (answer?.is === 'yes') await this.notices.load();
    return answer?.is === 'yes';
  }

  /** What is shown counts as seen the next time. */
  async #see(): Promise<void> {
    const newest = this.notices.state.is === 'here' ? this.notices.state.list[0] : undefined;
    if (newest && !newest.is_seen) await this.ask('POST', '/notices/seen', { until: newest.made_at });
  }
}
