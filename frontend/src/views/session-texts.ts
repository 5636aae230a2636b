/** Which message says what about free sessions and what plans limit. */
import { i18n, t } from '../i18n/i18n.svelte';

export interface Told {
  title: string;
  next: string;
}

/** A moment of today or the coming night, as clocks here write it. */
function timeOf(ms: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { hour: '2-digit', minute: '2-digit' }).format(ms);
}

/** What is announced: the minutes that are left, or that there is no end any more. */
export function sessionNews(minutes_left: number | null): string {
  return minutes_left === null ? t('session-endless') : t('session-ends', { minutes: minutes_left });
}

/** The session is over. `mine`: of this device, which may begin the next. */
export function sessionOver(again_ms: number | null, mine: boolean): Told {
  const title = t('session-over');
  if (again_ms === null) return { title, next: t('session-waits-next') };
  const time = timeOf(again_ms);
  return { title, next: mine ? t('session-over-mine', { time }) : t('session-over-theirs', { time }) };
}

/** Refusals that follow from a plan; `null` for all others. */
export function planRefusal(code: string, again_ms: number | null, mine: boolean): Told | null {
  switch (code) {
    case 'resting':
      if (again_ms === null) return { title: t('session-waits'), next: t('session-waits-next') };
      return mine ? resting(again_ms) : sessionOver(again_ms, false);
    case 'device-limit':
      return { title: t('session-devices'), next: t('session-devices-next') };
    case 'asleep':
      return { title: t('session-asleep'), next: t('session-asleep-next') };
    default:
      return null;
  }
}

/** Said before anybody asks for a session that may not begin yet. */
export function resting(again_ms: number): Told {
  return { title: t('session-resting', { time: timeOf(again_ms) }), next: t('session-resting-next') };
}
