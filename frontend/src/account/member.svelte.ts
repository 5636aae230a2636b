/** The page of an account: who is signed in here, and everything that they keep. */
import type { Answer, Ask, Refusal } from './api';
import { Following } from './following.svelte';
import { Listing } from './listing.svelte';
import type { Passkeys } from './passkeys';
import { OwnData } from './own-data.svelte';
import { forgetSecret } from '../cast/saved-rooms';
import { Proving } from './proving.svelte';
import { SavedRooms } from './saved-rooms.svelte';
import { WaysIn } from './ways-in.svelte';
import { Wish } from './wish.svelte';
import type { Account, BroughtAlong, KeptOfGuest, LookedAtPage, SecurityEvent, Session, WaysIn as Ways } from './wire';

export type Presence =
  | { is: 'waiting' }
  | { is: 'here'; account: Account }
  /** `wasHere`: the session ended while the page was open. */
  | { is: 'signed-out'; wasHere: boolean }
  | { is: 'failed'; refusal: Refusal };

/** What can be changed at once, without a new proof. An empty text empties it. */
export type Changes = Partial<Record<'user_name' | 'language' | 'country' | 'theme', string>> & { history_days?: number };

/** What of what was sent became the member's. */
export type Brought = BroughtAlong & { kept: KeptOfGuest };

/** Avatars that are larger are refused before a byte of them is sent. */
export const PICTURE_BYTES_MAX = 5 * 1024 * 1024;

const NONE: Ways = { has_password: false, passkeys: 0, has_totp: false, recovery_codes_left: 0, identities: 0 };

export class Member {
  presence = $state.raw<Presence>({ is: 'waiting' });
  /** The picture that was chosen is larger than any that is taken. */
  isPictureTooLarge = $state(false);
  /** What came along of a guest. */
  brought = $state.raw<Brought | null>(null);
  readonly profile = new Wish<'name' | 'settings' | 'picture'>();
  readonly leaving = new Wish<'sign-out' | 'session' | 'sessions'>();
  readonly keeping = new Wish<'history' | 'forget' | 'devices'>();
  readonly sessions: Listing<Session>;
  readonly events: Listing<SecurityEvent>;
  readonly history: Listing<LookedAtPage>;
  readonly proving: Proving;
  readonly waysIn: WaysIn;
  readonly ownData: OwnData;
  readonly savedRooms: SavedRooms;
  readonly following: Following;
  readonly ask: Ask;

  constructor(ask: Ask, passkeys: Passkeys) {
    this.ask = async (method, path, body) => this.#noticed(await ask(method, path, body));
    this.sessions = new Listing(() => this.ask<Session[]>('GET', '/sessions'));
    this.events = new Listing(() => this.ask<SecurityEvent[]>('GET', '/events'));
    this.history = new Listing(() => this.ask<LookedAtPage[]>('GET', '/history'));
    this.following = new Following(this.ask);
    this.proving = new Proving(this.ask, passkeys, () => ({
      ways: this.account?.ways_in ?? NONE,
      hasEmail: Boolean(this.account?.email),
    }));
    this.savedRooms = new SavedRooms(this.ask, forgetSecret);
    this.ownData = new OwnData(this.ask, this.proving, () => this.refresh());
    this.waysIn = new WaysIn(this.ask, passkeys, this.proving, () => this.refresh());
  }

  get account(): Account | null {
    return this.presence.is === 'here' ? this.presence.account : null;
  }

  /** Reads who is signed in, and then the lists that the page shows at once. */
  async arrive(): Promise<void> {
    this.presence = { is: 'waiting' };
    const answer = await this.ask<Account>('GET', '');
    if (answer.is === 'yes') this.presence = { is: 'here', account: answer.value };
    else if (this.presence.is === 'waiting') this.presence = { is: 'failed', refusal: answer.refusal };
    if (this.presence.is !== 'here') return;
    await Promise.all([this.waysIn.load(), this.sessions.load(), this.events.load(), this.history.load(), this.following.load(), this.savedRooms.load()]);
  }

  /** Reads the account anew after something about it was changed elsewhere on the page. */
  async refresh(): Promise<void> {
    const answer = await this.ask<Account>('GET', '');
    if (answer.is === 'yes') this.presence = { is: 'here', account: answer.value };
    await this.events.load();
  }

  /** Says whether it was taken. */
  async change(doing: 'name' | 'settings', changes: Changes): Promise<boolean> {
    return this.#took(await this.profile.ask(doing, () => this.ask<Account>('PATCH', '', changes)));
  }

  async choosePicture(file: File): Promise<void> {
    this.isPictureTooLarge = file.size > PICTURE_BYTES_MAX;
    if (this.isPictureTooLarge) return;
    this.#took(await this.profile.ask('picture', () => this.ask<Account>('PUT', '/avatar', file)));
  }

  async removePicture(): Promise<void> {
    this.isPictureTooLarge = false;
    this.#took(await this.profile.ask('picture', () => this.ask<Account>('DELETE', '/avatar')));
  }

  /** Says whether the session is over. */
  async signOut(): Promise<boolean> {
    const answer = await this.leaving.ask('sign-out', () => this.ask('POST', '/sign-out', {}));
    const isOver = answer?.is === 'yes' || this.presence.is === 'signed-out';
    if (isOver) this.presence = { is: 'signed-out', wasHere: false };
    return isOver;
  }

  async endSession(id: string): Promise<boolean> {
    const answer = await this.leaving.ask('session', () => this.proving.guard(() => this.ask('DELETE', `/sessions/${id}`)));
    await Promise.all([this.sessions.load(), this.events.load()]);
    return answer?.is === 'yes';
  }

  async endOtherSessions(): Promise<boolean> {
    const answer = await this.leaving.ask('sessions', () => this.proving.guard(() => this.ask('DELETE', '/sessions')));
    await Promise.all([this.sessions.load(), this.events.load()]);
    return answer?.is === 'yes';
  }

  async keepHistory(days: number): Promise<boolean> {
    const kept = this.#took(await this.keeping.ask('history', () => this.ask<Account>('PATCH', '', { history_days: days })));
    // A shorter time takes what is older away at once.
    if (kept) await this.history.load();
    return kept;
  }

  async forgetHistory(): Promise<boolean> {
    const answer = await this.keeping.ask('forget', () => this.ask('DELETE', '/history'));
    if (answer?.is === 'yes') await this.history.load();
    return answer?.is === 'yes';
  }

  /** What this browser keeps of a guest becomes the member's. */
  async bring(kept: KeptOfGuest): Promise<void> {
    const answer = await this.keeping.ask('devices', () => this.ask<BroughtAlong>('POST', '/devices', kept));
    if (answer?.is !== 'yes') return;
    this.brought = { ...answer.value, kept };
    if (answer.value.has_name) await this.refresh();
    if (answer.value.pages > 0) await this.history.load();
  }

  #took(answer: Answer<Account> | null): boolean {
    if (answer?.is !== 'yes') return false;
    this.presence = { is: 'here', account: answer.value };
    return true;
  }

  /** A session that has ended elsewhere ends what this page shows. */
  #noticed<T>(answer: Answer<T>): Answer<T> {
    if (answer.is === 'no' && answer.refusal.kind === 'not-signed-in' && this.presence.is !== 'signed-out') {
      this.proving.giveUp();
      this.presence = { is: 'signed-out', wasHere: this.presence.is === 'here' };
    }
    return answer;
  }
}
