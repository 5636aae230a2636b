/** Which services' players this server has; it is asked, and nobody else. */
import { type EmbedService, SERVICES } from './consent.svelte';

export async function offeredPlayers(ask: typeof fetch = fetch): Promise<EmbedService[]> {
  try {
    const answer: unknown = await (await ask('/api/v1/about')).json();
    const named: unknown = typeof answer === 'object' && answer !== null && 'players' in answer ? answer.players : [];
    return Array.isArray(named) ? SERVICES.filter((service) => named.includes(service)) : [];
  } catch {
    // Without an answer there is one player less, and no harm.
    return [];
  }
}
