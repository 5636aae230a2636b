/**
 * The sum that keeps robots out: ALTCHA version 2 with PBKDF2. It asks nothing of the person and tells nothing about them.
 * https://altcha.org/docs/v2/proof-of-work/
 */

export interface Challenge {
  parameters: {
    algorithm: string;
    cost: number;
    keyLength: number;
    keyPrefix: string;
    nonce: string;
    salt: string;
  };
}

/** Servers ask for at most some thousand tries; what asks for more is no sum that ends. */
export const COUNTER_MAX = 200_000;
const HASHES: Record<string, string> = { 'PBKDF2/SHA-256': 'SHA-256', 'PBKDF2/SHA-384': 'SHA-384', 'PBKDF2/SHA-512': 'SHA-512' };

/** The payload that the server wants: the challenge as it came, with its solution. `null`: there is none. */
export async function solve(challenge: Challenge, subtle: SubtleCrypto = crypto.subtle): Promise<string | null> {
  const { algorithm, cost, keyLength, keyPrefix, nonce, salt } = challenge.parameters;
  const hash = HASHES[algorithm];
  if (!hash) return null;
  const begun = performance.now();
  const beginning = fromHex(nonce);
  const password = new Uint8Array(beginning.length + 4);
  password.set(beginning);
  const counted = new DataView(password.buffer, beginning.length);
  const derivation = { name: 'PBKDF2', hash, salt: fromHex(salt), iterations: cost };
  for (let counter = 0; counter <= COUNTER_MAX; counter += 1) {
    counted.setUint32(0, counter);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derivedKey = toHex(new Uint8Array(await subtle.deriveBits(derivation, key, keyLength * 8)));
    if (!derivedKey.startsWith(keyPrefix)) continue;
    const time = Math.round(performance.now() - begun);
    return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time } }));
  }
  return null;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
