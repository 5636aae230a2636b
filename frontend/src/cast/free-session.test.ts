import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepSession, lastMinutes, onThisClock, restsUntil, sessionKey } from './free-session';
import { parseSecrets, savedSecret } from './saved-rooms';
import { RESTING_KEY } from './storage-keys';

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const session = { ends_at: NOON + 60 * MINUTE, free_again_at: NOON + 75 * MINUTE };

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.useFakeTimers();
  vi.setSystemTime(NOON);
});

describe('the mirror of a free session', () => {
  test('says when the next may begin, and is gone by then', () => {
    keepSession(session, 'key');
    expect(restsUntil(NOON + 59 * MINUTE)).toBeNull();
    expect(restsUntil(NOON + 60 * MINUTE)).toBe(session.free_again_at);
    expect(restsUntil(NOON + 75 * MINUTE)).toBeNull();
    expect(localStorage.getItem(RESTING_KEY)).toBeNull();
  });

  // Promise S28: what is cleared is the mirror. The server is still told whose session it is.
  test('can be cleared without lifting anything', () => {
    keepSession(session, 'key');
    localStorage.removeItem(RESTING_KEY);
    expect(sessionKey(NOON + 61 * MINUTE)).toBe('key');
    expect(sessionKey(NOON + 75 * MINUTE)).toBeNull();
  });

  test('keeps the key that the session began with', () => {
    keepSession(session, 'first');
    keepSession(session, 'second');
    expect(sessionKey(NOON)).toBe('first');
  });
});

test('the last five minutes are counted by this clock', () => {
  const here = onThisClock(session, 3 * MINUTE);
  expect(here).toEqual({ ends_at: NOON + 63 * MINUTE, free_again_at: NOON + 78 * MINUTE });
  expect([57.9, 58, 62.5, 63, 64].map((minutes) => lastMinutes(here, NOON + minutes * MINUTE))).toEqual([null, 5, 1, 0, 0]);
  expect(lastMinutes(null, NOON)).toBeNull();
});

test('the link to a saved room has one secret for as long as it is saved', () => {
  const secret = savedSecret('e_1');
  expect(secret).toMatch(/^[\w-]{22}$/);
  expect([savedSecret('e_1'), savedSecret('e_2') === secret]).toEqual([secret, false]);
  expect([null, '[]', '{', '{"a":1,"b":""}'].map(parseSecrets)).toEqual([{}, {}, {}, {}]);
});
