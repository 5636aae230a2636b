// What asking, the sum, passkeys and the browser's storage do by themselves.
import { describe, expect, test } from 'vitest';
import { asking } from './api';
import { browserPasskeys } from './passkeys';
import { anAccount } from '../../test/account-server';
import { clearing, isAnything, keptOfGuest, keysOf, newTo, type Shelf } from './kept-here';
import { solve } from './proof-of-work';
import { pathOf } from './to';

const answering = (status: number, body: string, type = 'application/json') => {
  const seen: { address: string; init: RequestInit }[] = [];
  const ask = asking(
    () => 'ru',
    async (address, init) => {
      seen.push({ address, init });
      return new Response(status === 204 ? null : body, { status, headers: { 'content-type': type } });
    },
  );
  return { ask, seen };
};

describe('asking the server', () => {
  test('names the language that a refusal is to be said in, and sends JSON', async () => {
    const { ask, seen } = answering(200, '{"ticket":"t"}');
    expect(await ask('POST', '/sign-in/code', { email: 'a@b' })).toEqual({ is: 'yes', value: { ticket: 't' } });
    expect(seen[0]?.address).toBe('/api/v1/account/sign-in/code?lang=ru');
    expect(seen[0]?.init).toMatchObject({ method: 'POST', body: '{"email":"a@b"}', headers: { 'content-type': 'application/json' } });
  });

  test('sends a picture as it is', async () => {
    const { ask, seen } = answering(200, '{}');
    const picture = new Blob(['x'], { type: 'image/png' });
    await ask('PUT', '/avatar', picture);
    expect(seen[0]?.init).toMatchObject({ body: picture, headers: { 'content-type': 'image/png' } });
  });

  test('takes an empty answer for a yes', async () => {
    expect(await answering(204, '').ask('POST', '/sign-out', {})).toEqual({ is: 'yes', value: undefined });
  });

  test('hands a refusal on in the words of the server', async () => {
    const problem = { type: '/problems/weak-password', status: 422, title: 'Слабый.', detail: 'Другой.', why: 'common', reference: 'UNI-1' };
    const { ask } = answering(422, JSON.stringify(problem), 'application/problem+json');
    expect(await ask('POST', '/register', {})).toEqual({
      is: 'no',
      refusal: { kind: 'weak-password', title: 'Слабый.', next: 'Другой.', why: 'common', reference: 'UNI-1' },
    });
  });

  test.each([
    [502, '<html>Bad gateway</html>'],
    [500, '{"error":1}'],
    [200, '{'],
  ])('takes an answer %i from somewhere between for none', async (status, body) => {
    expect(await answering(status, body).ask('GET', '')).toMatchObject({ is: 'no', refusal: { kind: 'unanswered' } });
  });
});

describe('the sum', () => {
  const parameters = {
    algorithm: 'PBKDF2/SHA-256',
    cost: 100,
    keyLength: 32,
    keyPrefix: '2075d44adee78918fc24310f9d7dc11d',
    nonce: 'ff09a5c658116a9ee6f6fe81ec30f4ff',
    salt: '1428151be042d8ce3b8302165b24adec',
  };

  test('finds the number that other implementations of ALTCHA find', async () => {
    const challenge = { parameters, signature: 'as it came' };
    const payload = JSON.parse(atob((await solve(challenge)) ?? '')) as { challenge: unknown; solution: { counter: number; derivedKey: string } };
    expect(payload.challenge).toEqual(challenge);
    expect(payload.solution.counter).toBe(500);
    expect(payload.solution.derivedKey.startsWith(parameters.keyPrefix)).toBe(true);
  });

  test('of a kind that is not known is not begun', async () => {
    expect(await solve({ parameters: { ...parameters, algorithm: 'ARGON2ID' } })).toBeNull();
  });
});

describe('where somebody goes after signing in', () => {
  const here = 'https://unisono.example';
  test.each([
    ['/account?a=1#password', '/account?a=1#password'],
    ['/r/K7M4QX', '/r/K7M4QX'],
    [null, '/account'],
    ['//evil.example/x', '/account'],
    ['/\\evil.example', '/account'],
    ['https://evil.example', '/account'],
    ['javascript:alert(1)', '/account'],
  ])('%s leads to %s', (to, path) => {
    expect(pathOf(to, here, '/account')).toBe(path);
  });
});

describe('what this browser keeps', () => {
  class FakeShelf implements Shelf {
    constructor(readonly kept: Map<string, string>) {}
    getItem = (key: string) => this.kept.get(key) ?? null;
    setItem = (key: string, value: string) => void this.kept.set(key, value);
    clear = () => this.kept.clear();
  }
  const shelf = () =>
    new FakeShelf(
      new Map([
        ['unisono.theme', 'dark'],
        ['unisono.rooms', JSON.stringify([{ code: 'K7M4QX', key: 'one' }])],
        ['unisono.host', JSON.stringify([{ code: 'A2B3C4', key: 'two', secret: 's', until: 1 }])],
      ]),
    );

  test('names the keys by which rooms know it, each once', () => {
    expect(keysOf(shelf())).toEqual(['one', 'two']);
    expect(keysOf(new FakeShelf(new Map([['unisono.rooms', 'broken'], ['unisono.session', 'broken']])))).toEqual([]);
  });

  test('names the key of a free session, also when its room is gone, and takes no such key along', () => {
    const guest = new FakeShelf(new Map([['unisono.session', '9999 three']]));
    expect(keysOf(guest)).toEqual(['three']);
    expect(isAnything(keptOfGuest(guest, 9))).toBe(false);
    const known = shelf();
    known.kept.set('unisono.session', '9999 one');
    expect(keysOf(known)).toEqual(['one', 'two']);
  });

  test('is keys, links with their moments, and a name, as an account takes them along', () => {
    const links = [
      { id: '7k2m9x4qtd', title: 'Night Ferry', by: 'Nora Vale', at: 5 },
      { id: '8k2m9x4qtd', title: 'Of before', by: '' },
    ];
    const guest = shelf();
    guest.kept.set('unisono.links', JSON.stringify(links));
    guest.kept.set('unisono.name', ' Ana ');
    const kept = keptOfGuest(guest, 9);
    const pages = [
      { id: '7k2m9x4qtd', at: 5 },
      { id: '8k2m9x4qtd', at: 9 },
    ];
    expect(kept).toEqual({ keys: ['one', 'two'], pages, name: 'Ana' });
    expect(newTo(anAccount(), kept)).toEqual(kept);
    expect(newTo(anAccount({ user_name: 'Ada', history_days: 0 }), kept)).toEqual({ keys: kept.keys, pages: [], name: null });
  });

  test('is offered where there is any of it', () => {
    const nothing = keptOfGuest(new FakeShelf(new Map([['unisono.links', 'off']])), 9);
    expect(nothing).toEqual({ keys: [], pages: [], name: null });
    const some = [{ keys: ['one'] }, { pages: [{ id: '7k2m9x4qtd', at: 5 }] }, { name: 'Ana' }];
    expect([isAnything(nothing), ...some.map((one) => isAnything({ ...nothing, ...one }))]).toEqual([false, true, true, true]);
  });

  test('is cleared by signing out, but for how the device is set', async () => {
    const kept = shelf();
    expect(await clearing(kept, async () => (kept.clear(), true))).toBe(true);
    expect([...kept.kept]).toEqual([['unisono.theme', 'dark']]);
  });

  test('stays while nobody was signed out', async () => {
    const kept = shelf();
    expect(await clearing(kept, async () => false)).toBe(false);
    expect(kept.kept.size).toBe(3);
  });
});

test('a browser without passkeys offers none', async () => {
  expect([browserPasskeys.isSupported, await browserPasskeys.canFill()]).toEqual([false, false]);
});
