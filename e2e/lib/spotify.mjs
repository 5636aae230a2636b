// Spotify's accounts, Web API and SDK as pages of ours: nobody real is asked.

export const SPOTIFY_HOSTS = ['sdk.scdn.co', 'api.spotify.com', 'accounts.spotify.com'];
export const CLIENT_ID = '0123456789abcdef0123456789abcdef';

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'GET, PUT, POST' };

export class Spotify {
  /** Ids that are not offered in this person's country. */
  elsewhere = new Set();
  /** Whether the account has Premium. */
  isPremium = true;
  /** What was played, each with its place. */
  played = [];
  #challenge = null;

  /** Answers in place of Spotify for the pages of `device`. */
  static async standsInFor(device) {
    const spotify = new Spotify();
    for (const host of SPOTIFY_HOSTS) device.allowHost(host);
    await device.context.route((url) => SPOTIFY_HOSTS.includes(url.host), (route) => spotify.#answer(route));
    return spotify;
  }

  async #answer(route) {
    const request = route.request();
    const url = new URL(request.url());
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: CORS });
    if (url.pathname === '/spotify-player.js') return route.fulfill({ contentType: 'text/javascript', body: `(${sdk})(${this.isPremium})` });
    if (url.pathname === '/authorize') return this.#authorize(route, url.searchParams);
    if (url.pathname === '/api/token') return this.#token(route, new URLSearchParams(request.postData()));
    if (request.headers()['authorization'] !== 'Bearer a-token') return reply(route, 401, {});
    if (url.pathname.startsWith('/v1/tracks/')) {
      const id = url.pathname.split('/').at(-1);
      return reply(route, 200, { id, duration_ms: 200_000, is_playable: !this.elsewhere.has(id) });
    }
    if (url.pathname !== '/v1/me/player/play' || url.searchParams.get('device_id') !== 'a-device') return reply(route, 404, {});
    const { uris, position_ms } = JSON.parse(request.postData());
    this.played.push({ uri: uris[0], position_ms });
    await request.frame().evaluate((at) => window.Spotify.begin(at), position_ms);
    return route.fulfill({ status: 204, headers: CORS });
  }

  /** The person says yes. */
  #authorize(route, query) {
    this.#challenge = query.get('code_challenge');
    const back = new URL(query.get('redirect_uri'));
    back.search = new URLSearchParams({ code: 'a-code', state: query.get('state') });
    const isAsked = query.get('client_id') === CLIENT_ID && query.get('code_challenge_method') === 'S256';
    return isAsked ? route.fulfill({ status: 302, headers: { location: back.href } }) : reply(route, 400, {});
  }

  async #token(route, fields) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fields.get('code_verifier') ?? ''));
    const isProven = Buffer.from(digest).toString('base64url') === this.#challenge && fields.get('code') === 'a-code';
    return isProven ? reply(route, 200, { access_token: 'a-token', refresh_token: 'another', expires_in: 3600 }) : reply(route, 400, {});
  }
}

/** The address of everything that `device` asked Spotify for. */
export function askedOfSpotify(device) {
  return device.requests.map(({ url }) => url).filter((url) => SPOTIFY_HOSTS.includes(new URL(url).host));
}

function reply(route, status, body) {
  return route.fulfill({ status, headers: CORS, contentType: 'application/json', body: JSON.stringify(body) });
}

/** In the frame of ours, as Spotify's own script would be. It takes a while to begin. */
function sdk(isPremium) {
  const START_MS = 300;
  const LENGTH_MS = 200_000;
  let since = null;
  let place = 0;
  let begun = null;
  const where = () => (since === null ? place : performance.now() - since);
  const play = (at) => {
    clearTimeout(begun);
    since = null;
    place = at;
    begun = setTimeout(() => (since = performance.now() - at), START_MS);
  };
  class Player {
    #heard = {};
    constructor({ getOAuthToken }) {
      this.ask = getOAuthToken;
    }
    addListener(event, run) {
      this.#heard[event] = run;
    }
    async connect() {
      this.ask(() => setTimeout(() => (isPremium ? this.#heard.ready({ device_id: 'a-device' }) : this.#heard.account_error({ message: 'no' }))));
      return true;
    }
    disconnect() {}
    async activateElement() {}
    async getCurrentState() {
      return begun === null ? null : { position: where(), duration: LENGTH_MS, paused: since === null, loading: false };
    }
    async pause() {
      clearTimeout(begun);
      place = where();
      since = null;
    }
    async resume() {
      play(where());
    }
    async seek(at) {
      if (since === null) place = at;
      else since = performance.now() - at;
    }
    async setVolume() {}
  }
  window.Spotify = { Player, begin: play };
  queueMicrotask(() => window.onSpotifyWebPlaybackSDKReady());
}
