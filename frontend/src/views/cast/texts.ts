/** Which message says what: faults, failures and forms. */
import type { SourceKind } from '../../cast/channel';
import type { CastFailure } from '../../cast/caster.svelte';
import type { Quality } from '../../cast/quality';
import type { Obstacle, SourceFault } from '../../cast/sources';
import type { Form } from '../../cast/wire';
import { t } from '../../i18n/i18n.svelte';
import { planRefusal } from '../session-texts';

export interface Told {
  title: string;
  next: string;
}

export function sourceName(kind: SourceKind): string {
  const names = {
    tab: t('cast-source-tab'),
    file: t('cast-source-file'),
    address: t('cast-source-address'),
    microphone: t('cast-source-microphone'),
  };
  return names[kind];
}

/** Why a cast ended. */
export type Ending = 'stopped' | 'elsewhere' | 'expired' | 'session-over';

/** The heading over the sound that is being sent. */
export function soundName(kind: SourceKind): string {
  return kind === 'tab' ? t('cast-sound-tab') : kind === 'file' ? t('cast-sound-file') : sourceName(kind);
}

export function sourceHint(kind: SourceKind): string {
  const hints = {
    tab: t('cast-source-tab-hint'),
    file: t('cast-source-file-hint'),
    address: t('cast-source-address-hint'),
    microphone: t('cast-source-microphone-hint'),
  };
  return hints[kind];
}

/** Why a source is not offered here, and what would help. */
export function obstacleText(kind: SourceKind, obstacle: Exclude<Obstacle, null>): string {
  if (obstacle === 'insecure') return t('cast-obstacle-insecure');
  if (obstacle === 'phone') return t('cast-obstacle-phone');
  return kind === 'tab' ? t('cast-obstacle-browser') : t('cast-obstacle-microphone');
}

export function faultText(fault: SourceFault): Told {
  const texts: Record<SourceFault, Told> = {
    cancelled: { title: t('cast-fault-cancelled'), next: t('cast-fault-cancelled-next') },
    'no-audio': { title: t('cast-fault-no-audio'), next: t('cast-fault-no-audio-next') },
    denied: { title: t('cast-fault-denied'), next: t('cast-fault-denied-next') },
    'no-device': { title: t('cast-fault-no-device'), next: t('cast-fault-no-device-next') },
    'in-use': { title: t('cast-fault-in-use'), next: t('cast-fault-in-use-next') },
    'bad-address': { title: t('cast-fault-bad-address'), next: t('cast-fault-bad-address-next') },
    'mixed-content': { title: t('cast-fault-mixed-content'), next: t('cast-fault-mixed-content-next') },
    'no-cors': { title: t('cast-fault-no-cors'), next: t('cast-fault-no-cors-next') },
    'not-audio': { title: t('cast-fault-not-audio'), next: t('cast-fault-not-audio-next') },
    unreachable: { title: t('cast-fault-unreachable'), next: t('cast-fault-unreachable-next') },
    failed: { title: t('cast-fault-failed'), next: t('cast-fault-failed-next') },
  };
  return texts[fault];
}

export function failureText(failure: CastFailure): Told & { is_room_lost?: boolean } {
  const ofPlan = planRefusal(failure.code, failure.retry_at, true);
  if (ofPlan) return ofPlan;
  switch (failure.code) {
    case 'busy':
      return { title: t('cast-failure-busy'), next: t('cast-failure-busy-next') };
    case 'too-many-tries':
      return { title: t('cast-failure-tries'), next: t('cast-failure-busy-next') };
    case 'caster-present':
      return { title: t('cast-failure-caster'), next: t('cast-failure-caster-next') };
    case 'no-such-room':
    case 'ended':
      return { title: t('cast-failure-room'), next: t('cast-failure-room-next'), is_room_lost: true };
    case 'forbidden':
      return { title: t('cast-failure-forbidden'), next: t('cast-failure-forbidden-next'), is_room_lost: true };
    case 'version':
      return { title: t('cast-failure-version'), next: t('cast-failure-version-next') };
    default:
      return { title: t('cast-failure-server'), next: t('cast-failure-server-next') };
  }
}

export function formName(form: Form): string {
  const names: Record<Form, string> = {
    phone: t('cast-form-phone'),
    tablet: t('cast-form-tablet'),
    computer: t('cast-form-computer'),
    speaker: t('cast-form-speaker'),
    unknown: t('cast-form-unknown'),
  };
  return names[form] ?? names.unknown;
}

export function qualityName(quality: Quality): string {
  return { voice: t('cast-quality-voice'), music: t('cast-quality-music'), high: t('cast-quality-high') }[quality];
}

export function endingText(ending: Ending): string {
  if (ending === 'session-over') return t('session-over');
  if (ending === 'elsewhere') return t('cast-ended-elsewhere');
  return ending === 'expired' ? t('cast-ended-expired') : t('cast-ended');
}
