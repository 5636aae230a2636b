/** The players of services on one page: which may be loaded, which are, and what is played from them. */
import type { FaultReason, Playable, Player } from '../player';
import { Asking } from './asking.svelte';
import { Consent, type EmbedService, SERVICES } from './consent.svelte';
import type { FramedPlayer, FramedWorld } from './framed-player';
import type { FrameAccount } from './protocol';
import { openSpotify, SPOTIFY } from './spotify';
import { spotifyIdOf } from './spotify-id';
import { openYoutube, YOUTUBE } from './youtube';
import { youtubeIdOf } from './youtube-id';

/** A page of a recording at a service. */
export interface ServicePage {
  platform: string;
  url: string;
}

/** What a service's player here plays. */
type Embedded = Extract<Playable, { kind: 'embed' }> & { service: EmbedService };

export class EmbedDesk extends Asking<EmbedService> {
  /** The services that this server has players of. What needs no operator's word is there from the first. */
  offered = $state.raw<readonly EmbedService[]>([YOUTUBE]);
  /** Whether the person is signed in at Spotify; `null` while there is no frame to say so. */
  account = $state.raw<FrameAccount | null>(null);
  /** Why the last sign-in came to nothing. */
  trouble = $state.raw<FaultReason | null>(null);
  /** The person was let in or out, so that things play from elsewhere now. */
  onaccount: (() => void) | null = null;
  private wanted = $state.raw<readonly EmbedService[]>([]);
  private readonly players: Record<EmbedService, FramedPlayer>;

  constructor(
    world: Pick<FramedWorld, 'now' | 'origin_ms' | 'later'>,
    consent: Consent = new Consent(),
  ) {
    super(consent);
    this.players = { youtube: openYoutube(world), spotify: openSpotify(world) };
    this.players.spotify.onaccount = (account) => this.accountIs(account);
    this.players.spotify.onfault = ({ reason }) => (this.trouble = reason);
    for (const service of SERVICES) {
      const player = this.players[service];
      player.onwanted = () => (this.wanted = [...new Set([...this.wanted, service])]);
      // The word for Spotify is the sign-in, which no reload outlives.
      player.allow(service !== SPOTIFY && consent.has(service));
    }
  }

  /** What to play a recording from, by its pages; `null` where no service that has a player here has it. */
  source(pages: readonly ServicePage[] = []): Embedded | null {
    const spotify = this.offered.includes(SPOTIFY) ? spotifyIdOf(pages) : null;
    const youtube = youtubeIdOf(pages);
    if (spotify !== null && (this.account === 'connected' || youtube === null)) return { kind: 'embed', service: SPOTIFY, id: spotify };
    return youtube === null ? null : { kind: 'embed', service: YOUTUBE, id: youtube };
  }

  /** The service that such a recording would be played from. */
  plays(pages: readonly ServicePage[] = []): EmbedService | null {
    return this.source(pages)?.service ?? null;
  }

  /** For the player of the room. It refuses to load what the person has not allowed. */
  embed(service: string): Player | null {
    const known = this.offered.find((one) => one === service);
    return known ? this.players[known] : null;
  }

  player(service: EmbedService): FramedPlayer {
    return this.players[service];
  }

  /** Whether its frame belongs into the page. The one for Spotify asks nobody before it is told to connect. */
  isOpen(service: EmbedService): boolean {
    if (service === SPOTIFY) return this.offered.includes(SPOTIFY) && !this.refused.includes(SPOTIFY) && !this.withdrawn.includes(SPOTIFY);
    return this.consent.has(service) && this.wanted.includes(service);
  }

  override allow(service: EmbedService): void {
    super.allow(service);
    this.players[service].allow(true);
  }

  /** The frame goes with it: nothing is asked of that service any more. */
  override withdraw(service: EmbedService): void {
    super.withdraw(service);
    this.wanted = this.wanted.filter((one) => one !== service);
    this.players[service].allow(false);
    if (service === SPOTIFY) this.accountIs(null);
  }

  /** Call it in the press: the frame opens the service's own window. */
  connect(): void {
    this.trouble = null;
    this.consent.allow(SPOTIFY);
    this.players.spotify.connect();
  }

  /** What plays from where changes with it. `null`: its frame is gone. */
  private accountIs(account: FrameAccount | null): void {
    const before = this.account;
    this.account = account;
    this.players.spotify.allow(account === 'connected');
    if ((before === 'connected') !== (account === 'connected')) this.onaccount?.();
  }

  close(): void {
    this.wanted = [];
    for (const service of SERVICES) this.players[service].close();
  }
}
