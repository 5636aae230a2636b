/** Which message says what on the listening page. */
import type { Refusal } from '../../cast/refusal';
import type { ListenerState } from '../../cast/session';
import type { Goodbye } from '../../cast/wire';
import { t } from '../../i18n/i18n.svelte';
import { planRefusal, sessionOver } from '../session-texts';

export interface Told {
  title: string;
  next: string;
}

/** Seconds of looking for a path after which the relay is named as the likely way. */
const DIRECT_FOR_S = 4;

export interface Moment {
  state: ListenerState;
  is_wanted: boolean;
  /** Seconds in this state. */
  since_s: number;
  /** Seconds without a path. */
  lost_s: number;
  is_paused_by_host: boolean;
  is_host_away: boolean;
  is_alone: boolean;
  /** The room is closed, and what plays goes on. */
  is_room_gone: boolean;
}

/** What happens now, in one sentence. */
export function momentText(moment: Moment): string {
  switch (moment.state) {
    case 'hello':
      return moment.is_alone ? t('listen-now-unreachable') : t('listen-now-asking');
    case 'waiting-approval':
      return t('listen-now-approval');
    case 'waiting-host':
      return t('listen-now-host');
    case 'authorised':
    case 'ice':
      return moment.since_s < DIRECT_FOR_S ? t('listen-now-direct') : t('listen-now-relay');
    case 'dtls':
      return t('listen-now-encrypting');
    case 'ready':
      return moment.is_wanted ? t('listen-now-starting') : t('listen-now-ready');
    case 'playing':
      return playingText(moment);
    case 'reconnecting':
      return moment.is_host_away ? t('listen-now-away', { seconds: moment.lost_s }) : t('listen-now-reconnecting', { seconds: moment.lost_s });
    case 'left':
    case 'refused':
      return '';
  }
}

function playingText(moment: Moment): string {
  if (moment.is_room_gone) return t('listen-now-room-gone');
  if (moment.is_paused_by_host) return t('listen-now-paused');
  return moment.is_alone ? t('listen-now-alone') : t('listen-now-playing');
}

export function goodbyeText(goodbye: Goodbye | null, again_ms: number | null = null): Told {
  switch (goodbye) {
    case 'session-over':
      return sessionOver(again_ms, false);
    case 'removed':
      return { title: t('listen-left-removed'), next: t('listen-left-removed-next') };
    case 'refused':
      return { title: t('listen-left-refused'), next: t('listen-left-removed-next') };
    case 'expired':
      return { title: t('listen-left-expired'), next: t('listen-left-next') };
    default:
      return { title: t('listen-left-ended'), next: t('listen-left-next') };
  }
}

/** What the page offers after a refusal: another code, another try, or nothing. */
export type Remedy = 'code' | 'again' | 'without-link' | 'reload' | 'none';

export function refusalText(refusal: Refusal): Told & { remedy: Remedy } {
  const ofPlan = 'retry_at' in refusal ? planRefusal(refusal.why, refusal.retry_at, false) : null;
  if (ofPlan) return { ...ofPlan, remedy: 'again' };
  switch (refusal.why) {
    case 'fingerprint':
      return { title: t('listen-refused-fingerprint'), next: t('listen-refused-fingerprint-next'), remedy: 'none' };
    case 'changed':
      return { title: t('listen-refused-changed'), next: t('listen-refused-changed-next'), remedy: 'reload' };
    case 'cut-link':
      return { title: t('listen-refused-cut'), next: t('listen-refused-cut-next'), remedy: 'without-link' };
    case 'differ':
      return { title: differText(refusal.how), next: t('listen-refused-differ-next'), remedy: 'none' };
    case 'no-such-room':
      return { title: t('listen-refused-code'), next: t('listen-refused-code-next'), remedy: 'code' };
    case 'ended':
      return { title: t('listen-refused-ended'), next: t('listen-refused-ended-next'), remedy: 'none' };
    case 'full':
      return { title: t('listen-refused-full'), next: t('listen-refused-full-next'), remedy: 'again' };
    case 'too-many-tries':
      return { title: t('listen-refused-tries'), next: t('listen-refused-tries-next'), remedy: 'again' };
    case 'busy':
      return { title: t('listen-refused-busy'), next: t('listen-refused-busy-next'), remedy: 'again' };
    case 'version':
      return { title: t('listen-refused-version'), next: t('listen-refused-version-next'), remedy: 'reload' };
    case 'replaced':
      return { title: t('listen-refused-replaced'), next: t('listen-refused-replaced-next'), remedy: 'again' };
    default:
      return { title: t('listen-refused-server'), next: t('listen-refused-server-next'), remedy: 'again' };
  }
}

function differText(how: 'proof' | 'commitment' | 'words'): string {
  return how === 'words' ? t('listen-refused-words') : t('listen-refused-proof');
}
