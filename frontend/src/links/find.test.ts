import { describe, expect, test } from 'vitest';
import { readEvents, type ServerEvent } from './events';
import { findPage } from './find';

const ended = new AbortController().signal;

function streamOf(...parts: string[]): ReadableStream<Uint8Array> {
  const bytes = parts.map((part) => new TextEncoder().encode(part));
  return new ReadableStream({
    pull(controller) {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
}

const find = (answer: () => Response | Promise<Response>) => findPage('a text', 'en', ended, async () => answer());

describe('events', () => {
  async function all(...parts: string[]): Promise<ServerEvent[]> {
    const events = [];
    for await (const event of readEvents(streamOf(...parts))) events.push(event);
    return events;
  }

  test('are read however they are cut, and comments are passed over', async () => {
    const expected = [{ name: 'row', data: { a: 'ä' } }, { name: 'done', data: [1, 2] }];
    const text = 'event: row\ndata: {"a":"ä"}\n\n: alive\n\nevent: done\ndata: [1,\ndata: 2]\n\n';
    expect(await all(text)).toEqual(expected);
    expect(await all(...text)).toEqual(expected);
  });

  test('that never end are given up', async () => {
    await expect(all('data: "', 'x'.repeat(1_000_001))).rejects.toThrow();
  });
});

describe('asking about a link', () => {
  test('sends the text, and the language for the sentences of a refusal', async () => {
    const sent: { address: string; init: RequestInit }[] = [];
    await findPage('a text', 'ru', ended, async (address, init) => {
      sent.push({ address, init });
      return new Response(null, { status: 204 });
    });
    expect(sent.map(({ address, init }) => [address, init.method, init.body])).toEqual([['/api/v1/links?lang=ru', 'POST', '{"text":"a text"}']]);
  });

  test('ends with the first step, when it is known what the link is', async () => {
    const steps = 'event: identified\ndata: {"type":"identified","page":{"id":"7k2m9x4qtd"}}\n\n';
    const endless = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode(steps)) });
    expect(await find(() => new Response(endless))).toEqual({ kind: 'page', id: '7k2m9x4qtd' });
  });

  test("passes on the server's own sentences", async () => {
    const problem = { status: 422, title: 'That is a podcast.', detail: 'Paste music.', reference: 'UNI-7F3K-92QD' };
    const refusal = { kind: 'refused', title: 'That is a podcast.', next: 'Paste music.', reference: 'UNI-7F3K-92QD' };
    expect(await find(() => Response.json(problem, { status: 422 }))).toEqual(refusal);
  });

  test.each([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a proxy that answers for the server', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['a stream that ends too early', () => new Response(streamOf('event: done\ndata: {}\n\n'))],
  ])('has no answer: %s', async (_, answer) => {
    expect(await find(answer)).toEqual({ kind: 'unanswered' });
  });
});
