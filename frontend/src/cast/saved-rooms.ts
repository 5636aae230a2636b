/** What this browser keeps of the member's saved rooms: the secret of each link, so that a link leads there each time. */
import { randomBytes, toBase64Url } from './bytes';
import { SAVED_ROOMS_KEY } from './storage-keys';

const SECRET_BYTES = 16;
const ROOMS_MAX = 1000;

type Secrets = Record<string, string>;

/** The link secret of the saved room `id`: the one of before, or a new one that is kept from now on. */
export function savedSecret(id: string): string {
  const secrets = parseSecrets(read());
  const known = secrets[id];
  if (known !== undefined) return known;
  const secret = toBase64Url(randomBytes(SECRET_BYTES));
  const others = Object.entries(secrets).slice(1 - ROOMS_MAX);
  write(Object.fromEntries([...others, [id, secret]]));
  return secret;
}

/** The room is saved no more. */
export function forgetSecret(id: string): void {
  const { [id]: _, ...others } = parseSecrets(read());
  write(others);
}

/** What is not readable is as good as not there. */
export function parseSecrets(text: string | null): Secrets {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([, secret]) => typeof secret === 'string' && secret !== ''));
  } catch {
    return {};
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(SAVED_ROOMS_KEY);
  } catch {
    return null;
  }
}

function write(secrets: Secrets): void {
  try {
    if (Object.keys(secrets).length === 0) localStorage.removeItem(SAVED_ROOMS_KEY);
    else localStorage.setItem(SAVED_ROOMS_KEY, JSON.stringify(secrets));
  } catch {
    // Without storage links last as long as the page.
  }
}
