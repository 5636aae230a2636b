/** The players of services on one page: which may be loaded, which are, and what is played from them. */
import type { Playable, Player } from '../player';
import { Consent, type EmbedService, SERVICES } from './consent.svelte';
import type { FramedPlayer, FramedWorld } from './framed-player';
import { openYoutube, YOUTUBE } from './youtube';
import { youtubeIdOf } from './youtube-id';

/** A page of a recording at a service. */
export interface ServicePage {
  platform: string;
  url: string;
}

export class EmbedDesk {
  /** The person said "not now" on this page; what was said before holds on this device. */
  refused = $state.raw<readonly EmbedService[]>([]);
  /** Taken back on this page. */
  withdrawn = $state.raw<readonly EmbedService[]>([]);
  private wanted = $state.raw<readonly EmbedService[]>([]);
  private readonly players: Record<EmbedService, FramedPlayer>;

  constructor(
    world: Pick<FramedWorld, 'now' | 'origin_ms' | 'later'>,
    readonly consent: Consent = new Consent(),
  ) {
    this.players = { youtube: openYoutube(world) };
    for (const service of SERVICES) {
      const player = this.players[service];
      player.onwanted = () => (this.wanted = [...new Set([...this.wanted, service])]);
      player.allow(consent.has(service));
    }
  }

  /** What to play a recording from, by its pages; `null` where no service that has a player here has it. */
  source(pages: readonly ServicePage[] = []): Playable | null {
    const id = youtubeIdOf(pages);
    return id === null ? null : { kind: 'embed', service: YOUTUBE, id };
  }

  /** For the player of the room. It refuses to load what the person has not allowed. */
  embed(service: string): Player | null {
    const known = SERVICES.find((one) => one === service);
    return known ? this.players[known] : null;
  }

  player(service: EmbedService): FramedPlayer {
    return this.players[service];
  }

  /** Whether its frame belongs into the page. */
  isOpen(service: EmbedService): boolean {
    return this.consent.has(service) && this.wanted.includes(service);
  }

  allow(service: EmbedService): void {
    this.consent.allow(service);
    this.refused = this.refused.filter((one) => one !== service);
    this.withdrawn = this.withdrawn.filter((one) => one !== service);
    this.players[service].allow(true);
  }

  refuse(service: EmbedService): void {
    this.refused = [...this.refused, service];
  }

  askAgain(service: EmbedService): void {
    this.refused = this.refused.filter((one) => one !== service);
    this.withdrawn = this.withdrawn.filter((one) => one !== service);
  }

  /** The frame goes with it: nothing is asked of that service any more. */
  withdraw(service: EmbedService): void {
    this.consent.withdraw(service);
    this.wanted = this.wanted.filter((one) => one !== service);
    this.withdrawn = [...this.withdrawn, service];
    this.players[service].allow(false);
  }

  close(): void {
    this.wanted = [];
    for (const service of SERVICES) this.players[service].close();
  }
}
