/** An audio address as a person types it, judged before anything is loaded. Pure. */
import type { SourceFault } from './sources';

export type AddressReading = { url: URL; fault: null } | { url: null; fault: SourceFault };

export function readAddress(text: string, page: URL): AddressReading {
  const trimmed = text.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return { url: null, fault: 'bad-address' };
  const isBlocked = page.protocol === 'https:' && url.protocol === 'http:' && !isOwnMachine(url.hostname);
  return isBlocked ? { url: null, fault: 'mixed-content' } : { url, fault: null };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Browsers let a secure page load from the machine itself. */
function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
