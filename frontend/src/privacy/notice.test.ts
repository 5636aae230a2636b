import { describe, expect, test } from 'vitest';
import { PolicyNews } from './notice.svelte';

const CHANGE = { policy: 1_795_305_600_000, says: 'More is held.' };

/** A server that shows one change until it was seen, and can be away. */
function server() {
  const asked: string[] = [];
  const state = { seen: false, away: false };
  const news = new PolicyNews(async (address, init) => {
    asked.push(`${init.method ?? 'GET'} ${address} ${String(init.body ?? '')}`.trim());
    if (state.away) throw new TypeError('no network');
    if (init.method === 'POST') {
      state.seen = true;
      return new Response(null, { status: 204 });
    }
    return Response.json({ notice: state.seen ? null : CHANGE });
  });
  return { asked, state, news };
}

describe('a change of the policy', () => {
  test('is said in the language of the page, and gone once it was seen', async () => {
    const { asked, news } = server();
    await news.look('ar');
    expect(news.change).toEqual(CHANGE);
    await news.seen();
    expect(news.change).toBeNull();
    await news.look('ar');
    expect(news.change).toBeNull();
    expect(asked.slice(0, 2)).toEqual([
      'GET /api/v1/privacy/notice?lang=ar',
      `POST /api/v1/privacy/notice/seen {"policy":${CHANGE.policy}}`,
    ]);
  });

  test('stays until the server knows that it was seen', async () => {
    const { state, news } = server();
    await news.look('en');
    state.away = true;
    await news.seen();
    expect([news.change, news.isNotNoted]).toEqual([CHANGE, true]);
    state.away = false;
    await news.seen();
    expect([news.change, news.isNotNoted]).toEqual([null, false]);
  });

  test('is not shown where the server does not answer', async () => {
    const { state, news } = server();
    state.away = true;
    await news.look('en');
    expect(news.change).toBeNull();
  });
});
