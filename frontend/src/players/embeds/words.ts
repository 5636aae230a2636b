/** What services are called and what their players learn, in the words of the page. */
import { i18n, t } from '../../i18n/i18n.svelte';
import type { EmbedService } from './consent.svelte';

export function serviceName(service: EmbedService): string {
  switch (service) {
    case 'youtube':
      return t('embed-name-youtube');
  }
}

/** What is sent to whom. */
export function serviceAsk(service: EmbedService): string {
  switch (service) {
    case 'youtube':
      return t('embed-ask-youtube');
  }
}

export function dateText(date: Date): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(date);
}
