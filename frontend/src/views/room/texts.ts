/** Which message says what in a room. */
import fire from 'icon:flame';
import sad from 'icon:frown';
import heart from 'icon:heart';
import laugh from 'icon:laugh';
import clap from 'icon:party-popper';
import wow from 'icon:sparkles';
import down from 'icon:thumbs-down';
import up from 'icon:thumbs-up';
import type { Refusal } from '../../cast/refusal';
import type { Form } from '../../cast/wire';
import { i18n, t } from '../../i18n/i18n.svelte';
import type { FaultReason } from '../../players/player';
import type { Outcome } from '../../room/commands';
import type { DownloadState } from '../../share/download';
import type { Farewell } from '../../room/room.svelte';
import { sessionOver } from '../session-texts';
import type { Grant, Item, Person, QueueMode, Rank, Reaction, RoomEvent, Shared } from '../../room/wire';
import type { Plays } from './model';

export interface Told {
  title: string;
  next: string;
}

export function formName(form: Form): string {
  switch (form) {
    case 'phone':
      return t('room-form-phone');
    case 'tablet':
      return t('room-form-tablet');
    case 'computer':
      return t('room-form-computer');
    case 'speaker':
      return t('room-form-speaker');
    case 'unknown':
      return t('room-form-unknown');
  }
}

export function personName(person: Pick<Person, 'name' | 'form'> | null): string {
  if (!person) return t('room-person-gone');
  return person.name || formName(person.form);
}

export function rankName(rank: Rank): string {
  switch (rank) {
    case 'guest':
      return t('room-rank-guest');
    case 'listener':
      return t('room-rank-listener');
    case 'dj':
      return t('room-rank-dj');
    case 'moderator':
      return t('room-rank-moderator');
    case 'host':
      return t('room-rank-host');
    case 'owner':
      return t('room-rank-owner');
  }
}

export function modeName(mode: QueueMode): string {
  switch (mode) {
    case 'fifo':
      return t('room-mode-fifo');
    case 'votes':
      return t('room-mode-votes');
    case 'turns':
      return t('room-mode-turns');
    case 'curated':
      return t('room-mode-curated');
  }
}

export const REACTIONS: readonly { reaction: Reaction; icon: string }[] = [
  { reaction: 'heart', icon: heart },
  { reaction: 'fire', icon: fire },
  { reaction: 'clap', icon: clap },
  { reaction: 'laugh', icon: laugh },
  { reaction: 'wow', icon: wow },
  { reaction: 'sad', icon: sad },
  { reaction: 'up', icon: up },
  { reaction: 'down', icon: down },
];

export function reactionName(reaction: Reaction): string {
  switch (reaction) {
    case 'heart':
      return t('room-reaction-heart');
    case 'fire':
      return t('room-reaction-fire');
    case 'clap':
      return t('room-reaction-clap');
    case 'laugh':
      return t('room-reaction-laugh');
    case 'wow':
      return t('room-reaction-wow');
    case 'sad':
      return t('room-reaction-sad');
    case 'up':
      return t('room-reaction-up');
    case 'down':
      return t('room-reaction-down');
  }
}

/** Names that services give themselves are not translated. */
const SERVICES: Record<string, string> = {
  spotify: 'Spotify',
  apple_music: 'Apple Music',
  youtube: 'YouTube',
  youtube_music: 'YouTube Music',
  yandex_music: 'Yandex Music',
  deezer: 'Deezer',
  tidal: 'TIDAL',
  soundcloud: 'SoundCloud',
  bandcamp: 'Bandcamp',
  amazon_music: 'Amazon Music',
  qobuz: 'Qobuz',
  musicbrainz: 'MusicBrainz',
};

export const serviceName = (platform: string): string => SERVICES[platform] ?? platform;

/** Where an item is played from, in a few words. */
export function sourceText(item: Item, preferred: string | null): string {
  switch (item.source) {
    case 'recording': {
      const platforms = (item.links ?? []).map(({ platform }) => platform);
      const own = platforms.filter((platform) => platform === preferred);
      const names = [...own, ...platforms.filter((platform) => platform !== preferred)].map(serviceName);
      return new Intl.ListFormat(i18n.locale, { type: 'unit' }).format(names);
    }
    case 'file':
      return t('room-source-file');
    case 'address':
      return hostOf(item.url);
    case 'demo':
      return t('room-source-demo');
  }
}

/** What is missing here for a recording: a player that this page has, or the service that the person prefers. */
export function missingText(item: Item, preferred: string | null, plays: Plays): string | null {
  if (item.source !== 'recording') return null;
  const links = item.links ?? [];
  const service = plays(links);
  if (service === null) return t('room-not-yours');
  if (preferred === null || links.some(({ platform }) => platform === preferred)) return null;
  return t('room-not-on', { service: serviceName(preferred), other: serviceName(service) });
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}

/** Why a wish was not granted, and what to do. */
export function rejectionText(outcome: Extract<Outcome, { answer: 'reject' }>): string {
  const wait_s = outcome.retry_after_ms === null ? 0 : Math.ceil(outcome.retry_after_ms / 1000);
  switch (outcome.code) {
    case 'stale':
      return t('room-reject-stale');
    case 'forbidden':
      return t('room-reject-forbidden');
    case 'limit':
      return wait_s > 0 ? t('room-reject-wait', { seconds: wait_s }) : t('room-reject-limit');
    case 'invalid':
      return t('room-reject-invalid');
    case 'duplicate':
      return t('room-reject-duplicate');
    case 'ended':
      return t('room-reject-ended');
    case 'banned':
      return t('room-reject-banned');
    case 'server':
      return t('room-reject-server');
    case 'unanswered':
      return t('room-reject-unanswered');
  }
}

export function farewellText(farewell: Farewell, again_ms: number | null = null, mine = false): Told {
  switch (farewell) {
    case 'session-over':
      return sessionOver(again_ms, mine);
    case 'left':
      return { title: t('room-left'), next: t('room-left-next') };
    case 'kicked':
      return { title: t('room-kicked'), next: t('room-kicked-next') };
    case 'banned':
      return { title: t('room-banned'), next: t('room-banned-next') };
    case 'ended':
      return { title: t('room-ended'), next: t('room-ended-next') };
    case 'expired':
      return { title: t('room-expired'), next: t('room-ended-next') };
  }
}

/** Refusals that only a room with a queue knows; `null` for those that every room knows. */
export function refusalText(refusal: Refusal): Told | null {
  if (refusal.why === 'locked') return { title: t('room-locked'), next: t('room-locked-next') };
  if (refusal.why !== 'banned') return null;
  // Sent away for a while, or for good.
  return farewellText(refusal.retry_at === null ? 'banned' : 'kicked');
}

/** How far a file of somebody else's has come; `null` when there is nothing to say. */
export function fileText(file: DownloadState | null): string | null {
  switch (file?.is) {
    case 'asking':
      return t('room-file-asking');
    case 'waiting':
      return t('room-file-waiting');
    case 'coming':
      return t('room-file-coming', { percent: Math.floor((100 * file.got) / file.of) });
    case 'nobody':
      return t('room-file-nobody');
    case 'wrong':
      return t('room-file-wrong');
    case 'here':
    case undefined:
      return null;
  }
}

export function faultText(reason: FaultReason): string {
  switch (reason) {
    case 'unsupported-format':
      return t('room-fault-format');
    case 'network':
      return t('room-fault-network');
    case 'not-allowed':
      return t('room-fault-not-allowed');
    case 'gone':
      return t('room-fault-gone');
    case 'too-long':
      return t('room-fault-too-long');
    case 'needs-tap':
      return t('room-fault-tap');
    case 'needs-consent':
      return t('embed-fault-consent');
    case 'not-embeddable':
      return t('embed-fault-not-embeddable');
    case 'hidden-origin':
      return t('embed-fault-hidden-origin');
    case 'no-premium':
      return t('embed-fault-no-premium');
    case 'not-in-country':
      return t('embed-fault-not-in-country');
    case 'account':
      return t('embed-fault-account');
  }
}

/** `3:07`, `1:02:30`. Digits only, so that they are read the same everywhere. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The same in words, for those who hear it. */
export function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.floor(ms / 1000) % 60;
  return t('room-duration', { minutes, seconds });
}

/** News of others, for the status region. `null`: nothing that anybody needs to be told. */
export function newsText(event: RoomEvent, before: Shared, after: Shared, me: string | null): string | null {
  const who = (id: string | null | undefined): string =>
    personName(after.people.find((one) => one.id === id) ?? before.people.find((one) => one.id === id) ?? null);
  const isMine = event.by === me && me !== null;
  switch (event.event) {
    case 'person':
      return before.people.some(({ id }) => id === event.person.id) ? null : t('room-news-came', { name: personName(event.person) });
    case 'person-left':
      return t('room-news-left', { name: who(event.person) });
    case 'playback':
      if (event.current && event.current.id !== before.current?.id) return t('room-news-now', { title: event.current.title });
      return isMine ? null : movedText(event.playback.phase, before.playback.phase, who(event.by));
    case 'added':
      if (isMine || event.by == null) return null;
      return t('room-news-added', { name: who(event.by), count: event.items.length, title: event.items[0]?.title ?? '' });
    case 'removed':
      if (event.why === 'refused' && event.by == null) return t('room-news-too-long', { title: titleOf(before, event.items) });
      return isMine || event.why !== 'removed' ? null : t('room-news-removed', { name: who(event.by), count: event.items.length });
    case 'suggested':
      return isMine ? null : t('room-news-suggested', { name: who(event.by), title: event.item.title });
    case 'cast':
      return event.cast ? t('room-news-cast') : t('room-news-cast-over');
    case 'skip-votes':
      return event.votes.votes > 0 && !isMine ? t('room-news-skip', { votes: event.votes.votes, needed: event.votes.needed }) : null;
    default:
      return null;
  }
}

/** What the first of `items` was called. */
function titleOf({ current, queue, suggestions }: Shared, items: string[]): string {
  const all = [...(current ? [current] : []), ...queue, ...suggestions];
  return all.find(({ id }) => id === items[0])?.title ?? '';
}

function movedText(phase: string, before: string, name: string): string | null {
  if (phase === 'paused' && before !== 'paused') return t('room-news-paused', { name });
  return (phase === 'playing' || phase === 'preparing') && before === 'paused' ? t('room-news-played', { name }) : null;
}

/** What guests may be allowed, in the host's list. */
export const GUEST_GRANTS: readonly Grant[] = ['add', 'suggest', 'vote', 'vote-skip', 'chat', 'react', 'control', 'skip'];

export function grantName(grant: Grant): string {
  switch (grant) {
    case 'add':
      return t('room-grant-add');
    case 'suggest':
      return t('room-grant-suggest');
    case 'vote':
      return t('room-grant-vote');
    case 'vote-skip':
      return t('room-grant-vote-skip');
    case 'chat':
      return t('room-grant-chat');
    case 'react':
      return t('room-grant-react');
    case 'control':
      return t('room-grant-control');
    case 'skip':
      return t('room-grant-skip');
    default:
      return '';
  }
}
