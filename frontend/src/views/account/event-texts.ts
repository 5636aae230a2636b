// What happened to an account, in words.
import { t, type MessageId } from '../../i18n/i18n.svelte';
import type { Messages } from '../../i18n/messages.gen';

type Plain = { [Id in MessageId]: Messages[Id] extends never ? Id : never }[MessageId];

const TEXTS: Record<string, Plain> = {
  registered: 'account-event-registered',
  'signed-in': 'account-event-signed-in',
  'signed-out': 'account-event-signed-out',
  'session-ended': 'account-event-session-ended',
  'password-set': 'account-event-password-set',
  'password-removed': 'account-event-password-removed',
  'passkey-added': 'account-event-passkey-added',
  'passkey-removed': 'account-event-passkey-removed',
  'factor-added': 'account-event-factor-added',
  'factor-removed': 'account-event-factor-removed',
  'recovery-codes-made': 'account-event-recovery-codes-made',
  'recovery-code-used': 'account-event-recovery-code-used',
  'email-changed': 'account-event-email-changed',
  'identity-linked': 'account-event-identity-linked',
  'identity-unlinked': 'account-event-identity-unlinked',
};

/** A kind that this page does not know yet is still shown. */
export function eventText(kind: string): string {
  const text = TEXTS[kind];
  return text ? t(text) : t('account-event-other', { kind });
}
