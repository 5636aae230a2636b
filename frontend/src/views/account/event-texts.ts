// What happened to an account, in words.
import { t, type MessageId } from '../../i18n/i18n.svelte';
import type { Messages } from '../../i18n/messages.gen';

type Plain = { [Id in MessageId]: Messages[Id] extends never ? Id : never }[MessageId];

const TEXTS: Record<string, Plain> = {
  'signed-in': 'account-event-signed-in',
  'signed-in-on-new-device': 'account-event-signed-in-on-new-device',
  'password-changed': 'account-event-password-changed',
  'password-removed': 'account-event-password-removed',
  'passkey-added': 'account-event-passkey-added',
  'passkey-removed': 'account-event-passkey-removed',
  'totp-added': 'account-event-totp-added',
  'totp-removed': 'account-event-totp-removed',
  'recovery-codes-made': 'account-event-recovery-codes-made',
  'recovery-code-used': 'account-event-recovery-code-used',
  'email-changed': 'account-event-email-changed',
  'upstream-linked': 'account-event-upstream-linked',
  'upstream-removed': 'account-event-upstream-removed',
  'sessions-ended': 'account-event-sessions-ended',
  'copy-taken': 'account-event-copy-taken',
  restricted: 'account-event-restricted',
  'restriction-lifted': 'account-event-restriction-lifted',
  'erasure-planned': 'account-event-erasure-planned',
  'erasure-taken-back': 'account-event-erasure-taken-back',
  'operator-locked': 'account-event-operator-locked',
  'operator-unlocked': 'account-event-operator-unlocked',
  'operator-signed-out': 'account-event-operator-signed-out',
  'operator-sent-copy': 'account-event-operator-sent-copy',
};

/** A kind that this page does not know yet is still shown. */
export function eventText(kind: string): string {
  const text = TEXTS[kind];
  return text ? t(text) : t('account-event-other', { kind });
}
