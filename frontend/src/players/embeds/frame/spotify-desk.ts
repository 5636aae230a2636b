/** Spotify's player, told what to do by the page. It knows no window: everything comes from outside. */
import type { FrameCommand, FrameFault, FrameNews, FrameState } from '../protocol';
import { AccountRefused, type SpotifyAccount } from './spotify-account';
import type { SpotifyPlayer, SpotifySdk, SpotifyState } from './spotify-sdk';

const API = 'https://api.spotify.com/v1';
/** How often the player is asked where it is. */
const POLL_MS = 100;
/** A track that stands at its beginning, and was last seen so near to its end, came to it. */
const END_MS = 2_000;
const NAME = 'Unisono';

export interface DeskWorld {
  account: SpotifyAccount;
  load(): Promise<SpotifySdk>;
  ask(address: string, init: RequestInit): Promise<Response>;
  say(news: FrameNews): void;
  /** Opens the window to sign in; rejects where the browser does not. */
  signIn(): Promise<void>;
  every(ms: number, run: () => void): () => void;
  unix_ms(): number;
}

export class SpotifyDesk {
  private player: SpotifyPlayer | null = null;
  private device: string | null = null;
  private cued: { id: string; position_ms: number } | null = null;
  /** What this player was last told to play. */
  private playing: string | null = null;
  /** The last track was told to begin, and the player does not show it yet. */
  private isStarting = false;
  private told: FrameState | null = null;
  private last: SpotifyState | null = null;
  private stop: () => void = () => {};

  constructor(private readonly world: DeskWorld) {
    world.say({ say: 'account', account: 'none' });
  }

  async obey(command: FrameCommand): Promise<void> {
    try {
      await this.do(command);
    } catch (error) {
      this.failed(error);
    }
  }

  /** The person came back from Spotify. */
  async answered(query: string): Promise<void> {
    try {
      if (await this.world.account.answered(query)) await this.open();
    } catch (error) {
      this.failed(error);
    }
  }

  private async do(command: FrameCommand): Promise<void> {
    switch (command.do) {
      case 'connect':
        this.world.say({ say: 'account', account: 'asking' });
        return this.world.signIn();
      case 'cue':
        return this.cue(command);
      case 'start':
        return this.start(command);
      case 'play':
        return this.cued ? this.start(this.cued) : this.player?.resume();
      case 'pause':
        this.isStarting = false;
        return this.player?.pause();
      case 'seek':
        return this.player?.seek(Math.round(command.position_ms));
      case 'volume':
        return this.player?.setVolume(command.percent / 100);
    }
  }

  private async open(): Promise<void> {
    const { account, load, say, every } = this.world;
    const sdk = await load();
    const give = (to: (token: string) => void) => void account.fresh().then(to, (error: unknown) => this.failed(error));
    const player = new sdk.Player({ name: NAME, volume: 1, getOAuthToken: give });
    this.player = player;
    player.addListener('ready', ({ device_id }) => {
      const isFirst = this.device === null;
      this.device = device_id;
      say({ say: 'account', account: 'connected' });
      if (isFirst) say({ say: 'here' });
    });
    player.addListener('not_ready', () => this.fault('unreachable'));
    player.addListener('initialization_error', () => this.lost('unsupported'));
    player.addListener('authentication_error', () => this.lost('account'));
    player.addListener('account_error', () => this.lost('no-premium'));
    player.addListener('playback_error', () => this.fault('gone'));
    player.addListener('autoplay_failed', () => this.fault('needs-tap'));
    this.stop();
    this.stop = every(POLL_MS, () => void this.look());
    if (!(await player.connect())) this.fault('unreachable');
  }

  /** Nothing can be loaded without a sound; whether it may be played here is asked. */
  private async cue(order: { id: string; position_ms: number }): Promise<void> {
    this.cued = order;
    await this.player?.pause();
    const track = await this.api('GET', `/tracks/${order.id}?market=from_token`);
    if (this.cued !== order) return;
    if (track['is_playable'] === false) return this.fault('not-in-country');
    const { duration_ms } = track;
    this.tell('cued', typeof duration_ms === 'number' && duration_ms > 0 ? duration_ms : null);
  }

  private async start({ id, position_ms }: { id: string; position_ms: number }): Promise<void> {
    const isUnderWay = this.playing === id && this.last !== null && !this.isStarting;
    this.cued = null;
    if (isUnderWay) {
      await this.player?.seek(Math.round(position_ms));
      return this.player?.resume();
    }
    this.playing = id;
    this.isStarting = true;
    this.last = null;
    const device = encodeURIComponent(this.device ?? '');
    const body = JSON.stringify({ uris: [`spotify:track:${id}`], position_ms: Math.round(position_ms) });
    await this.api('PUT', `/me/player/play?device_id=${device}`, body);
  }

  private async look(): Promise<void> {
    const state = (await this.player?.getCurrentState()) ?? null;
    if (state === null || this.cued !== null) return;
    const before = this.last;
    if (this.isStarting && state.paused) return;
    this.isStarting = false;
    this.last = state;
    const isOver = state.paused && state.position === 0 && before !== null && before.position > before.duration - END_MS;
    if (isOver) this.playing = null;
    const now: FrameState = isOver ? 'ended' : state.loading ? 'buffering' : state.paused ? 'paused' : 'playing';
    const isStill = this.told === 'ended' && now === 'paused';
    if (now !== this.told && !isStill) this.tell(now, state.duration > 0 ? state.duration : null);
    if (now === 'playing') this.world.say({ say: 'place', position_ms: Math.max(0, state.position), at_ms: this.world.unix_ms() });
  }

  private async api(method: string, path: string, body: string | null = null): Promise<Record<string, unknown>> {
    const token = await this.world.account.fresh();
    const headers = { authorization: `Bearer ${token}`, ...(body === null ? {} : { 'content-type': 'application/json' }) };
    const response = await this.world.ask(`${API}${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new ApiFault(faultOf(response.status, text));
    return text === '' || method !== 'GET' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }

  private tell(state: FrameState, duration_ms: number | null): void {
    this.told = state;
    this.world.say({ say: 'state', state, duration_ms });
  }

  private fault(fault: FrameFault): void {
    this.isStarting = false;
    this.playing = null;
    this.world.say({ say: 'fault', fault });
  }

  /** The account is not connected any more, and only a new sign-in mends that. */
  private lost(fault: FrameFault): void {
    this.stop();
    this.player?.disconnect();
    this.player = null;
    this.device = null;
    this.world.account.forget();
    this.fault(fault);
    this.world.say({ say: 'account', account: 'none' });
  }

  private failed(error: unknown): void {
    if (error instanceof AccountRefused) return this.lost('account');
    if (error instanceof ApiFault) return error.fault === 'account' ? this.lost('account') : this.fault(error.fault);
    // A request or a script that did not arrive. Before there is a player, the person may try again.
    this.fault('unreachable');
    if (this.player === null) this.world.say({ say: 'account', account: 'none' });
  }
}

class ApiFault extends Error {
  constructor(readonly fault: FrameFault) {
    super('Spotify said no');
  }
}

/** The codes of Spotify's Web API. */
function faultOf(status: number, text: string): FrameFault {
  if (status === 401) return 'account';
  if (status === 403) return text.includes('PREMIUM_REQUIRED') ? 'no-premium' : 'not-in-country';
  return status === 404 ? 'gone' : 'unreachable';
}
