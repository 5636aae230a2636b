/** What services are called and what they, or the hosts of addresses, learn, in the words of the page. */
import { i18n, t } from '../../i18n/i18n.svelte';
import type { FaultReason } from '../player';
import type { EmbedService } from './consent.svelte';

export function serviceName(service: EmbedService): string {
  switch (service) {
    case 'youtube':
      return t('embed-name-youtube');
    case 'spotify':
      return t('embed-name-spotify');
  }
}

/** What is sent to whom. */
function serviceAsk(service: EmbedService): string {
  switch (service) {
    case 'youtube':
      return t('embed-ask-youtube');
    case 'spotify':
      return t('embed-ask-spotify');
  }
}

/** Why a sign-in came to nothing. */
export function troubleText(reason: FaultReason): string {
  switch (reason) {
    case 'no-premium':
      return t('embed-fault-no-premium');
    case 'account':
      return t('embed-fault-account');
    case 'needs-tap':
      return t('embed-fault-window');
    default:
      return t('embed-fault-not-there');
  }
}

/** Whom the person is asked about. */
export type Subject = { kind: 'service'; name: EmbedService } | { kind: 'host'; name: string };

export interface GateWords {
  ask: string;
  what: string;
  /** For how long the word holds, or what else there is to know. */
  until: string;
  load: string;
  does: 'embed-load' | 'embed-connect';
  /** While the person is at the service's own page. */
  waiting: string;
  refused: string;
  withdrawn: string;
}

export function gateWords({ kind, name }: Subject): GateWords {
  if (kind === 'host') {
    return {
      ask: t('embed-ask-host', { host: name }),
      what: t('embed-ask-host-what', { host: name }),
      until: t('embed-ask-until'),
      load: t('embed-load-host', { host: name }),
      does: 'embed-load',
      waiting: '',
      refused: t('embed-refused-host', { host: name }),
      withdrawn: t('embed-withdrawn-host', { host: name }),
    };
  }
  const service = serviceName(name);
  const signsIn = name === 'spotify';
  return {
    ask: t('embed-ask', { service }),
    what: serviceAsk(name),
    until: signsIn ? t('embed-ask-pro') : t('embed-ask-until'),
    load: signsIn ? t('embed-connect', { service }) : t('embed-load', { service }),
    does: signsIn ? 'embed-connect' : 'embed-load',
    waiting: t('embed-connecting', { service }),
    refused: t('embed-refused', { service }),
    withdrawn: t('embed-withdrawn', { service }),
  };
}

export function sinceText({ kind, name }: Subject, since: Date): string {
  const date = dateText(since);
  return kind === 'host' ? t('embed-since-host', { host: name, date }) : t('embed-since', { service: serviceName(name), date });
}

function dateText(date: Date): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(date);
}
