// A server of accounts for tests, in memory: it asks and answers as the real one does, for one account.
import type { Answer, Ask, Method, Refusal } from '../src/account/api';
import type { Passkeys } from '../src/account/passkeys';
import type { Account, Identity, KeptOfGuest, LookedAtPage, Passkey, Session } from '../src/account/wire';

const DAY = Date.UTC(2026, 10, 22);
export const EMAIL = 'ana@example.org';
export const PASSWORD = 'seven green kettles hum';
/** The code in every mail. */
export const CODE = '12345678';
export const TOTP = '123456';
/** The name of somebody else. */
export const TAKEN_NAME = 'Ben';
export const RESET_TOKEN = 'reset-token';
export const RECOVERY_CODES = Array.from({ length: 10 }, (_, place) => `abcd-efgh-000${place}`);

export function refusal(kind: string, more: Partial<Refusal> = {}): Refusal {
  return { kind, title: `${kind}.`, next: 'Do this.', why: null, reference: null, ...more };
}

export function anAccount(more: Partial<Account> = {}): Account {
  return {
    id: 'a_1',
    email: EMAIL,
    rank: 'member',
    history_days: 365,
    created_at: DAY,
    ways_in: { has_password: true, passkeys: 0, has_totp: false, recovery_codes_left: 0, identities: 0 },
    ...more,
  };
}

type Body = Record<string, unknown>;
type Handler = (body: Body, id: string) => Answer<unknown>;

const yes = (value?: unknown): Answer<unknown> => ({ is: 'yes', value });
const no = (kind: string, more: Partial<Refusal> = {}): Answer<unknown> => ({ is: 'no', refusal: refusal(kind, more) });

/** Says what was asked, in order, and can be told to refuse. */
export class AccountServer {
  account = anAccount();
  isSignedIn = false;
  isProved = true;
  wantsWork = false;
  /** Who may make an account. */
  registration = 'open';
  /** The check of another service that it offers. */
  check: string | null = null;
  passkeys: Passkey[] = [];
  identities: Identity[] = [];
  history: LookedAtPage[] = [];
  sessions: Session[] = [
    { id: 's_1', device: 'Firefox on Linux', is_this: true, created_at: DAY, last_used_day: DAY },
    { id: 's_2', device: 'Safari on iPhone', is_this: false, created_at: DAY, last_used_day: DAY },
  ];
  asked: string[] = [];
  bodies: Body[] = [];
  /** Refuses the next question of this name, such as `POST /register`. */
  refusing = new Map<string, Refusal>();

  ask: Ask = async <T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> => {
    const name = `${method} ${path}`;
    this.asked.push(name);
    this.bodies.push((body ?? {}) as Body);
    const refused = this.refusing.get(name);
    this.refusing.delete(name);
    if (refused) return { is: 'no', refusal: refused };
    return this.#handle(method, path, (body ?? {}) as Body) as Answer<T>;
  };

  /** What was sent with the last question of this name. */
  sent(name: string): Body | undefined {
    return this.bodies[this.asked.lastIndexOf(name)];
  }

  #handle(method: Method, path: string, body: Body): Answer<unknown> {
    const [, id = ''] = /^\/(?:sessions|passkeys|identities)\/(\w+)$/.exec(path) ?? [];
    const name = `${method} ${id && id !== 'verify' ? path.replace(id, '{id}') : path}`;
    const open = this.#open()[name];
    if (open) return open(body, id);
    if (!this.isSignedIn) return no('not-signed-in');
    const owner = this.#owner()[name];
    if (owner) return owner(body, id);
    if (!this.isProved) return no('prove-it-again');
    return this.#proved()[name]?.(body, id) ?? no('not-yours');
  }

  #open(): Record<string, Handler> {
    const enter = (): Answer<unknown> => {
      this.isSignedIn = true;
      return yes(this.account);
    };
    const lead = (): Answer<unknown> => {
      if (this.account.ways_in.has_totp) return yes({ second_factor: { ticket: 't_factor', kinds: ['totp', 'recovery'] } });
      return yes({ signed_in: (enter() as { value: Account }).value });
    };
    const worked = (body: Body, then: () => Answer<unknown>): Answer<unknown> =>
      this.wantsWork && body.proof_of_work === undefined && body.turnstile === undefined ? no('proof-of-work-needed') : then();
    const coded = (ticket: string, body: Body, then: () => Answer<unknown>): Answer<unknown> => {
      if (body.ticket !== ticket) return no('ticket-over');
      return body.code === CODE ? then() : no('wrong-code');
    };
    return {
      'GET /terms': () => yes({ policy_version: 'v1', age_min: 16, registration: this.registration, check: this.check }),
      'GET /proof-of-work?for=register': () => yes({ parameters: {} }),
      'GET /proof-of-work?for=sign-in': () => yes({ parameters: {} }),
      'GET /upstreams': () => yes([{ name: 'google', title: 'Google' }]),
      'GET /upstreams/agree': () => yes({ title: 'Google', email: EMAIL, policy_version: 'v1' }),
      'POST /upstreams/agree': enter,
      'POST /register': (body) => (body.proof_of_work ? yes({ ticket: 't_register' }) : no('proof-of-work-needed')),
      'POST /register/verify': (body) => coded('t_register', body, enter),
      'POST /setup': (body) => (body.token === 'setup-token' ? enter() : no('ticket-over')),
      'POST /sign-in': (body) => worked(body, () => (body.password === PASSWORD ? lead() : no('wrong-credentials'))),
      'POST /sign-in/code': (body) => worked(body, () => yes({ ticket: 't_code' })),
      'POST /sign-in/code/verify': (body) => coded('t_code', body, lead),
      'POST /sign-in/factor': (body) => ([TOTP, RECOVERY_CODES[0]].includes(body.code as string) ? enter() : no('wrong-code')),
      'POST /sign-in/passkey': () => yes({ ticket: 't_passkey', options: {} }),
      'POST /sign-in/passkey/verify': (body) => (body.ticket === 't_passkey' && body.credential ? enter() : no('wrong-credentials')),
      'POST /reset': (body) => worked(body, () => yes()),
      'POST /reset/complete': (body) => (body.token === RESET_TOKEN ? yes() : no('ticket-over')),
    };
  }

  #owner(): Record<string, Handler> {
    const prove = (body: Body): Answer<unknown> => {
      this.isProved = body.password === PASSWORD || body.code === TOTP || (body.ticket === 't_prove' && (body.code === CODE || Boolean(body.credential)));
      return this.isProved ? yes() : no(body.password === undefined ? 'wrong-code' : 'wrong-credentials');
    };
    const end = (): Answer<unknown> => {
      this.isSignedIn = false;
      return yes();
    };
    return {
      'GET ': () => yes(this.account),
      'PATCH ': (body) => yes((this.account = { ...this.account, ...body })),
      'PUT /avatar': () => yes((this.account = { ...this.account, avatar: 'av_1' })),
      'DELETE /avatar': () => yes((this.account = { ...this.account, avatar: null })),
      'POST /prove': prove,
      'POST /prove/code': () => yes({ ticket: 't_prove' }),
      'POST /prove/passkey': () => yes({ ticket: 't_prove', options: {} }),
      'POST /sign-out': end,
      'GET /sessions': () => yes(this.sessions),
      'DELETE /sessions': () => yes(void (this.sessions = this.sessions.filter((session) => session.is_this))),
      'DELETE /sessions/{id}': (_, id) => yes(void (this.sessions = this.sessions.filter((session) => session.id !== id))),
      'GET /events': () => yes([]),
      'GET /history': () => yes(this.history),
      'DELETE /history': () => yes(),
      'GET /passkeys': () => yes(this.passkeys),
      'PATCH /passkeys/{id}': ({ name }, id) => yes(void (this.passkeys = this.passkeys.map((key) => (key.id === id ? { ...key, name: String(name) } : key)))),
      'POST /passkeys/verify': ({ name }) => this.#keep({ id: 'p_1', name: String(name), created_at: DAY }),
      'GET /identities': () => yes(this.identities),
      'POST /totp/verify': (body) => (body.code === TOTP ? this.#withFactor(true) : no('wrong-code')),
      'POST /email/verify': (body) => (body.code === CODE ? yes((this.account = { ...this.account, email: 'new@example.org' })) : no('wrong-code')),
      'POST /devices': (body) => this.#bring(body as unknown as KeptOfGuest),
    };
  }

  #proved(): Record<string, Handler> {
    return {
      'POST /passkeys': () => yes({ ticket: 't_new', options: {} }),
      'DELETE /passkeys/{id}': (_, id) => yes(void (this.passkeys = this.passkeys.filter((key) => key.id !== id))),
      'POST /password': (body) => (String(body.password).length < 8 ? no('weak-password', { why: 'too-short' }) : yes()),
      'DELETE /password': () => no('last-way-in'),
      'POST /totp': () => yes({ ticket: 't_totp', secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x' }),
      'DELETE /totp': () => this.#withFactor(false),
      'POST /recovery-codes': () => yes({ recovery_codes: RECOVERY_CODES }),
      'POST /identities/{id}': () => yes({ go_to: 'https://upstream.example/go' }),
      'DELETE /identities/{id}': (_, id) => yes(void (this.identities = this.identities.filter((identity) => identity.id !== id))),
      'POST /email': () => yes({ ticket: 't_email' }),
    };
  }

  #bring({ keys, pages, name }: KeptOfGuest): Answer<unknown> {
    const has_name = name !== null && name !== TAKEN_NAME;
    if (has_name) this.account = { ...this.account, user_name: name };
    this.history = pages.map((page) => ({ ...page, title: 'Night Ferry', by: 'Nora Vale' }));
    return yes({ rooms: keys.length, pages: pages.length, has_name });
  }

  #keep(passkey: Passkey): Answer<unknown> {
    this.passkeys = [...this.passkeys, passkey];
    this.account = { ...this.account, ways_in: { ...this.account.ways_in, passkeys: this.passkeys.length } };
    return yes();
  }

  #withFactor(has_totp: boolean): Answer<unknown> {
    const recovery_codes_left = has_totp ? RECOVERY_CODES.length : 0;
    this.account = { ...this.account, ways_in: { ...this.account.ways_in, has_totp, recovery_codes_left } };
    return yes(has_totp ? { recovery_codes: RECOVERY_CODES } : undefined);
  }
}

/** A browser that has a passkey, or that a person says no to. */
export class FakePasskeys implements Passkeys {
  isSupported = true;
  isGiven = true;
  fills = false;
  /** Set while the list under a field waits for somebody to choose. */
  choose: ((credential: unknown) => void) | null = null;

  async canFill(): Promise<boolean> {
    return this.fills;
  }

  async create(): Promise<unknown> {
    return this.isGiven ? { id: 'new' } : null;
  }

  get(_options: unknown, filling?: AbortSignal): Promise<unknown> {
    if (!filling) return Promise.resolve(this.isGiven ? { id: 'known' } : null);
    return new Promise((resolve) => {
      this.choose = resolve;
      filling.addEventListener('abort', () => resolve(null));
    });
  }
}
