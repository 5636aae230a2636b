import { describe, expect, test } from 'vitest';
import { Server } from './server.svelte';

async function hasBlog(answer: () => Response): Promise<boolean> {
  const server = new Server(async (address) => {
    expect(address).toBe('/api/v1/about');
    return answer();
  });
  await server.look();
  return server.hasBlog;
}

describe('the server of this page', () => {
  test('has a blog where it says so', async () => {
    expect(await hasBlog(() => Response.json({ has_blog: true }))).toBe(true);
    expect(await hasBlog(() => Response.json({ has_blog: false }))).toBe(false);
  });

  test('has none where it says nothing, or nothing that is known', async () => {
    const silent = [
      () => Response.json({}),
      () => new Response('<html>'),
      () => Response.json({ has_blog: true }, { status: 503 }),
      () => {
        throw new TypeError('no network');
      },
    ];
    for (const answer of silent) expect(await hasBlog(answer)).toBe(false);
  });
});
