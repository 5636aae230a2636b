// What is wrong with a new password, and what would be better.
import type { Refusal } from '../../account/api';
import { t } from '../../i18n/i18n.svelte';

export function whyWeak({ why, title, next }: Refusal): string {
  switch (why) {
    case 'too-short':
      return t('account-weak-short');
    case 'too-long':
      return t('account-weak-long');
    case 'common':
      return t('account-weak-common');
    case 'names-you':
      return t('account-weak-names-you');
    default:
      return `${title} ${next}`;
  }
}
