import { beforeEach, describe, expect, test } from 'vitest';
import { AccountRefused, SpotifyAccount } from './frame/spotify-account';
import { SpotifyDesk } from './frame/spotify-desk';
import type { SpotifyPlayer, SpotifySdk, SpotifyState } from './frame/spotify-sdk';
import type { FrameNews } from './protocol';
import { spotifyFault } from './spotify';
import { spotifyId, spotifyIdOf } from './spotify-id';

const ID = '4uLU6hMCjMI75M1A2tKUQC';
const OTHER = '7xGfFoTpQ2E7fRF5lN10tr';

describe('the name of a track', () => {
  test.each([`https://open.spotify.com/track/${ID}`, `https://open.spotify.com/track/${ID}?si=x`, `https://open.spotify.com/intl-de/track/${ID}`])('is found in %s', (address) =>
    expect(spotifyId(address)).toBe(ID),
  );

  test.each([
    '',
    `https://open.spotify.com/album/${ID}`,
    `http://open.spotify.com/track/${ID}`,
    `https://open.spotify.com.evil.example/track/${ID}`,
    'https://open.spotify.com/track/short',
  ])('is not found in "%s"', (address) => expect(spotifyId(address)).toBeNull());

  test('is taken from pages of Spotify only', () => {
    const url = `https://open.spotify.com/track/${ID}`;
    expect(spotifyIdOf([{ platform: 'deezer', url }])).toBeNull();
    expect(spotifyIdOf([{ platform: 'spotify', url }])).toBe(ID);
  });
});

/** Accounts, Web API and SDK, which can refuse. */
class FakeSpotify {
  now_ms = 0;
  status = 200;
  refusal = '';
  isPlayable = true;
  isOnline = true;
  told: FrameNews[] = [];
  asked: { address: string; body: string }[] = [];
  state: SpotifyState | null = null;
  heard = new Map<string, (what: never) => void>();
  done: string[] = [];
  tick: () => void = () => {};
  query = '';
  readonly account = new SpotifyAccount({
    client: 'client',
    back: 'https://listen.example/embed/spotify/back',
    ask: (address, init) => this.answer(address, init),
    random: (bytes) => new Uint8Array(bytes).fill(7),
    digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
    now: () => this.now_ms,
  });
  readonly desk = new SpotifyDesk({
    account: this.account,
    load: () => (this.isOnline ? Promise.resolve(this.sdk()) : Promise.reject(new Error('nothing came'))),
    ask: (address, init) => this.answer(address, init),
    say: (news) => void this.told.push(news),
    signIn: async () => {
      const { address, state } = await this.account.begin();
      this.query = `?code=c&state=${state}`;
      this.asked.push({ address, body: '' });
    },
    every: (_, run) => {
      this.tick = run;
      return () => (this.tick = () => {});
    },
    unix_ms: () => this.now_ms,
  });

  async connect(): Promise<void> {
    await this.desk.obey({ do: 'connect' });
    await this.desk.answered(this.query);
  }

  emit(event: string, what: unknown = { message: '' }): void {
    this.heard.get(event)?.(what as never);
  }

  async look(state: SpotifyState | null): Promise<void> {
    this.state = state;
    this.tick();
    await Promise.resolve();
    await Promise.resolve();
  }

  last(): FrameNews | undefined {
    return this.told.at(-1);
  }

  private async answer(address: string, init: RequestInit): Promise<Response> {
    this.asked.push({ address, body: String(init.body ?? '') });
    if (!this.isOnline) throw new TypeError('no way');
    if (address.includes('/api/token')) return Response.json({ access_token: `token-${this.asked.length}`, expires_in: 3600, refresh_token: 'again' }, { status: this.status });
    if (this.status !== 200) return new Response(this.refusal, { status: this.status });
    return address.includes('/tracks/') ? Response.json({ duration_ms: 180_000, is_playable: this.isPlayable }) : new Response(null, { status: 204 });
  }

  private sdk(): SpotifySdk {
    const { heard, done } = this;
    const state = () => this.state;
    const act = (deed: string) => {
      done.push(deed);
      return Promise.resolve();
    };
    class Player implements SpotifyPlayer {
      addListener(event: string, run: (what: never) => void): void {
        heard.set(event, run);
      }
      connect = () => Promise.resolve(true);
      disconnect = () => void act('disconnect');
      activateElement = () => act('activate');
      getCurrentState = () => Promise.resolve(state());
      pause = () => act('pause');
      resume = () => act('resume');
      seek = (position_ms: number) => act(`seek ${position_ms}`);
      setVolume = (level: number) => act(`volume ${level}`);
    }
    return { Player };
  }
}

describe('the frame of Spotify', () => {
  let fake: FakeSpotify;

  beforeEach(async () => {
    fake = new FakeSpotify();
    await fake.connect();
    fake.emit('ready', { device_id: 'd' });
  });

  test('asks nobody before it is told to connect', () => {
    const untouched = new FakeSpotify();
    expect(untouched.asked).toEqual([]);
    expect(untouched.told).toEqual([{ say: 'account', account: 'none' }]);
  });

  test('proves that the code is its own', () => {
    const [authorize, token] = fake.asked;
    const query = new URL(authorize?.address ?? '').searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    const fields = new URLSearchParams(token?.body);
    expect(fields.get('code_verifier')).toHaveLength(43);
    expect(fields.get('client_secret')).toBeNull();
    expect(fake.told.slice(1)).toEqual([
      { say: 'account', account: 'asking' },
      { say: 'account', account: 'connected' },
      { say: 'here' },
    ]);
  });

  test('hears no answer to a question it did not ask, and each only once', async () => {
    const count = fake.asked.length;
    await fake.desk.answered(fake.query);
    await fake.desk.answered('?code=c&state=strange');
    expect(fake.asked).toHaveLength(count);
  });

  test('tells that the person said no', async () => {
    await fake.desk.obey({ do: 'connect' });
    await fake.desk.answered(fake.query.replace('code=c', 'error=access_denied'));
    expect(fake.told.slice(-2)).toEqual([{ say: 'fault', fault: 'account' }, { say: 'account', account: 'none' }]);
    await expect(fake.account.fresh()).rejects.toBeInstanceOf(AccountRefused);
  });

  test('renews what it signed in with before that ends, once', async () => {
    const before = fake.asked.length;
    fake.now_ms = 3_599_000;
    const [one, other] = await Promise.all([fake.account.fresh(), fake.account.fresh()]);
    expect(one).toBe(other);
    expect(fake.asked.slice(before).map(({ body }) => new URLSearchParams(body).get('grant_type'))).toEqual(['refresh_token']);
  });

  test('plays what it is told, and tells where it is', async () => {
    await fake.desk.obey({ do: 'cue', id: ID, position_ms: 0 });
    expect(fake.last()).toEqual({ say: 'state', state: 'cued', duration_ms: 180_000 });
    await fake.desk.obey({ do: 'start', id: ID, position_ms: 1500.4 });
    expect(fake.asked.at(-1)?.body).toBe(JSON.stringify({ uris: [`spotify:track:${ID}`], position_ms: 1500 }));
    await fake.look({ position: 1700, duration: 180_000, paused: false });
    expect(fake.told.slice(-2)).toEqual([
      { say: 'state', state: 'playing', duration_ms: 180_000 },
      { say: 'place', position_ms: 1700, at_ms: 0 },
    ]);
    const count = fake.asked.length;
    await fake.desk.obey({ do: 'start', id: ID, position_ms: 60_000 });
    expect(fake.asked).toHaveLength(count);
    await fake.desk.obey({ do: 'start', id: OTHER, position_ms: 0 });
    expect(fake.asked).toHaveLength(count + 1);
    expect(fake.done).toEqual(['pause', 'seek 60000', 'resume']);
  });

  test('tells the end from a pause', async () => {
    await fake.desk.obey({ do: 'start', id: ID, position_ms: 0 });
    await fake.look({ position: 90_000, duration: 180_000, paused: false });
    await fake.look({ position: 90_500, duration: 180_000, paused: true });
    expect(fake.last()).toMatchObject({ state: 'paused' });
    await fake.look({ position: 179_800, duration: 180_000, paused: false });
    await fake.look({ position: 0, duration: 180_000, paused: true });
    expect(fake.last()).toMatchObject({ state: 'ended' });
  });

  test.each([
    ['initialization_error', 'unsupported'],
    ['authentication_error', 'account'],
    ['account_error', 'no-premium'],
  ])('of %s is out until the next sign-in', async (event, fault) => {
    fake.emit(event);
    expect(fake.told.slice(-2)).toEqual([{ say: 'fault', fault }, { say: 'account', account: 'none' }]);
    expect(fake.done).toEqual(['disconnect']);
    await expect(fake.account.fresh()).rejects.toBeInstanceOf(AccountRefused);
  });

  test.each([
    ['not_ready', 'unreachable'],
    ['playback_error', 'gone'],
    ['autoplay_failed', 'needs-tap'],
  ])('tells %s and stays connected', (event, fault) => {
    fake.emit(event);
    expect(fake.last()).toEqual({ say: 'fault', fault });
  });

  test.each([
    [403, '{"error":{"reason":"PREMIUM_REQUIRED"}}', 'no-premium'],
    [403, '', 'not-in-country'],
    [404, '', 'gone'],
    [429, '', 'unreachable'],
    [502, '', 'unreachable'],
  ])('tells what %i %s of the Web API means', async (status, refusal, fault) => {
    Object.assign(fake, { status, refusal });
    await fake.desk.obey({ do: 'start', id: ID, position_ms: 0 });
    expect(fake.last()).toEqual({ say: 'fault', fault });
  });

  test('tells a song that is not offered in the country, and a way that is cut', async () => {
    fake.isPlayable = false;
    await fake.desk.obey({ do: 'cue', id: ID, position_ms: 0 });
    expect(fake.last()).toEqual({ say: 'fault', fault: 'not-in-country' });
    fake.isOnline = false;
    await fake.desk.obey({ do: 'start', id: ID, position_ms: 0 });
    expect(fake.last()).toEqual({ say: 'fault', fault: 'unreachable' });
  });

  test('that cannot be loaded lets the person try again', async () => {
    const cut = new FakeSpotify();
    await cut.desk.obey({ do: 'connect' });
    cut.isOnline = false;
    await cut.desk.answered(cut.query);
    expect(cut.told.slice(-2)).toEqual([{ say: 'fault', fault: 'unreachable' }, { say: 'account', account: 'none' }]);
  });

  test.each([
    ['unreachable', 'network'],
    ['no-premium', 'no-premium'],
    ['not-in-country', 'not-in-country'],
    ['account', 'account'],
    ['needs-tap', 'needs-tap'],
    ['unsupported', 'unsupported-format'],
    ['gone', 'gone'],
  ] as const)('%s is one of the faults of all players', (fault, reason) => expect(spotifyFault(fault).reason).toBe(reason));
});
