/**
 * A person's word to Spotify: an authorization code with a proof key (RFC 7636). What it gives lives in this object only.
 */

const ACCOUNTS = 'https://accounts.spotify.com';
/** What the SDK wants of an account, and the word to play a track on it. */
const SCOPES = 'streaming user-read-email user-read-private user-modify-playback-state';
/** RFC 7636, section 4.1: 43 to 128 characters; 32 random bytes are 43. */
const SECRET_BYTES = 32;
/** A token is renewed this long before its end. */
const SPARE_MS = 60_000;

export interface AccountWorld {
  client: string;
  /** Where Spotify sends the person back to. */
  back: string;
  ask(address: string, init: RequestInit): Promise<Response>;
  random(bytes: number): Uint8Array<ArrayBuffer>;
  digest(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  now(): number;
}

/** Spotify did not let the account in, or not any more. */
export class AccountRefused extends Error {}

export class SpotifyAccount {
  private asked: { state: string; verifier: string } | null = null;
  private token: { access: string; refresh: string; until_ms: number } | null = null;
  private renewal: Promise<string> | null = null;

  constructor(private readonly world: AccountWorld) {}

  /** The address to sign in at. Only an answer to the last one counts. */
  async begin(): Promise<{ address: string; state: string }> {
    const [verifier, state] = [base64url(this.world.random(SECRET_BYTES)), base64url(this.world.random(SECRET_BYTES))];
    this.asked = { state, verifier };
    const challenge = base64url(new Uint8Array(await this.world.digest(new TextEncoder().encode(verifier))));
    const query = new URLSearchParams({
      client_id: this.world.client,
      response_type: 'code',
      redirect_uri: this.world.back,
      state,
      scope: SCOPES,
      code_challenge_method: 'S256',
      code_challenge: challenge,
    });
    return { address: `${ACCOUNTS}/authorize?${query}`, state };
  }

  /** What Spotify sent the person back with. Each question takes one answer. */
  async answered(query: string): Promise<boolean> {
    const { asked } = this;
    const answer = new URLSearchParams(query);
    if (asked === null || answer.get('state') !== asked.state) return false;
    this.asked = null;
    const code = answer.get('code');
    if (code === null) throw new AccountRefused('no code');
    await this.exchange({ grant_type: 'authorization_code', code, redirect_uri: this.world.back, code_verifier: asked.verifier });
    return true;
  }

  /** A token that holds for a while. */
  async fresh(): Promise<string> {
    const { token } = this;
    if (token === null) throw new AccountRefused('not connected');
    if (this.world.now() < token.until_ms - SPARE_MS) return token.access;
    this.renewal ??= this.exchange({ grant_type: 'refresh_token', refresh_token: token.refresh }).finally(() => (this.renewal = null));
    return this.renewal;
  }

  forget(): void {
    this.asked = null;
    this.token = null;
  }

  private async exchange(fields: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ client_id: this.world.client, ...fields });
    const response = await this.world.ask(`${ACCOUNTS}/api/token`, { method: 'POST', body });
    if (!response.ok) throw new AccountRefused(`${response.status}`);
    const { access_token, refresh_token, expires_in } = (await response.json()) as Record<string, unknown>;
    if (typeof access_token !== 'string' || typeof expires_in !== 'number') throw new AccountRefused('no token');
    // A renewal may leave the old one in force.
    const refresh = typeof refresh_token === 'string' ? refresh_token : (this.token?.refresh ?? '');
    this.token = { access: access_token, refresh, until_ms: this.world.now() + expires_in * 1000 };
    return access_token;
  }
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
