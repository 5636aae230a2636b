import { describe, expect, test } from 'vitest';
import { FakePasskeys } from '../../test/account-server';
import type { Answer, Ask } from './api';
import { OwnData } from './own-data.svelte';
import { Proving } from './proving.svelte';

const NO_WAYS = { has_password: true, passkeys: 0, has_totp: false, recovery_codes_left: 0, identities: 0 };

/** A server that gives one answer to everything, and what it heard. */
function data(value: unknown) {
  const heard: [string, unknown][] = [];
  let changes = 0;
  const ask: Ask = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    heard.push([`${method} ${path}`, body]);
    return { is: 'yes', value: value as T };
  };
  const proving = new Proving(ask, new FakePasskeys(), () => ({ ways: NO_WAYS, hasEmail: true }));
  const own = new OwnData(ask, proving, async () => void (changes += 1));
  return { own, heard, changes: () => changes };
}

describe('what belongs to the owner of an account', () => {
  test('comes along as a file', async () => {
    const file = new Blob(['PK']);
    const { own, heard } = data(file);
    expect(await own.copy()).toBe(file);
    expect(heard).toEqual([['GET /copy', undefined]]);
  });

  test('is erased at once, with a receipt that the page keeps', async () => {
    const { own, heard, changes } = data({ erased: { id: 'r_1' } });
    own.typed = ' Erase ';
    expect(own.means('erase')).toBe(true);
    expect(await own.leave(true)).toBe(true);
    expect([own.receipt, own.typed, changes()]).toEqual(['r_1', '', 0]);
    expect(heard).toEqual([['DELETE ', { word: 'erase', now: true }]]);
  });

  test('is erased later, unless its owner stays', async () => {
    const { own, heard, changes } = data({ planned: { erase_at: 5 } });
    expect(await own.leave(false)).toBe(true);
    expect(await own.stay()).toBe(true);
    expect([own.receipt, changes()]).toEqual([null, 2]);
    expect(heard.map(([asked]) => asked)).toEqual(['DELETE ', 'POST /stay']);
  });

  test('is not meant by another word', () => {
    const { own } = data(null);
    own.typed = 'erased';
    expect(own.means('erase')).toBe(false);
  });
});
