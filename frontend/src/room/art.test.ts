import { describe, expect, it } from 'vitest';
import { ArtIndex } from './art';

const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

describe('pictures of recordings', () => {
  it('are asked for once, and only where there is one', async () => {
    const asked: string[] = [];
    const art = new ArtIndex((address) => {
      asked.push(address);
      return Promise.resolve(address.endsWith('with') ? answer({ has_art: true }) : answer({ has_art: false }));
    });
    expect(await Promise.all([art.of('with'), art.of('with'), art.of('without')])).toEqual(['/api/v1/links/with/art', '/api/v1/links/with/art', null]);
    expect(asked).toEqual(['/api/v1/links/with', '/api/v1/links/without']);
  });

  it('are missed calmly, and asked for again when there was no answer', async () => {
    const answers = [() => Promise.reject(new TypeError('offline')), () => Promise.resolve(answer({}, 404)), () => Promise.reject(new Error('never'))];
    const art = new ArtIndex(() => (answers.shift() as () => Promise<Response>)());
    expect([await art.of('a'), await art.of('a'), await art.of('a')]).toEqual([null, null, null]);
    expect(answers.length, 'a page that is gone is not asked for twice').toBe(1);
  });
});
