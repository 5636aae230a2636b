import { describe, expect, test } from 'vitest';
import type { Found } from '../links/find';
import type { Route } from '../router/route';
import { Join } from './join.svelte';

const HERE = 'http://192.168.1.20:8080';
const LINK = 'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC';
const REFUSED: Found = { kind: 'refused', title: 'That is a podcast.', next: 'Paste a link to music instead.', reference: null };

/** A field, what it asked, and where it went. */
function joining(text: string, answers: Found[] = []) {
  const went: Route[] = [];
  const left: { address: string; inPlace: boolean }[] = [];
  const asked: { text: string; ended: AbortSignal }[] = [];
  const join = new Join(
    {
      origin: HERE,
      go: (route) => went.push(route),
      leave: (address, inPlace) => left.push({ address, inPlace }),
      pageOf: (id) => `/l/${id}`,
      find: (wish, ended) => {
        asked.push({ text: wish, ended });
        const answer = answers.shift();
        return answer ? Promise.resolve(answer) : new Promise(() => undefined);
      },
    },
    text,
  );
  return { join, went, left, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the field of Home', () => {
  test('goes to the room', () => {
    const { join, went } = joining('k7m 4qx');
    join.submit();
    expect(went).toEqual([{ name: 'listen', code: 'K7M4QX', fragment: null }]);
  });

  test('submits a pasted link, but lets pasted words be edited', () => {
    const { join, went } = joining('');
    expect(join.paste('K7M 4QX')).toBe(false);
    expect(went).toEqual([]);
    expect(join.paste(` ${HERE}/r/K7M4QX#c2VjcmV0\n`)).toBe(true);
    expect(went).toEqual([{ name: 'listen', code: 'K7M4QX', fragment: 'c2VjcmV0' }]);
  });

  test('says at once that it looks at a link, and leaves for its page', async () => {
    const { join, left, asked } = joining('', [{ kind: 'page', id: '7k2m9x4qtd' }]);
    expect(join.paste(`${LINK}\n`)).toBe(true);
    expect(join.answer).toEqual({ kind: 'looking' });
    expect(asked.map(({ text }) => text)).toEqual([LINK]);
    await settled();
    expect(left).toEqual([{ address: '/l/7k2m9x4qtd', inPlace: false }]);
    expect(join.text).toBe(LINK);
  });

  test('looks at a text that it was opened with, in place, so that Back does not lead there again', async () => {
    const { join, left } = joining(`Listen ${LINK}`, [{ kind: 'page', id: '7k2m9x4qtd' }]);
    join.arrive();
    await settled();
    expect(left).toEqual([{ address: '/l/7k2m9x4qtd', inPlace: true }]);
  });

  test('says how a shared text without a link differs from what it takes, and keeps it', () => {
    const { join, asked } = joining('that one song from the summer');
    join.arrive();
    expect(join.answer).toEqual({ kind: 'unclear', message: { id: 'home-unclear-words', args: [] } });
    expect(join.text).toBe('that one song from the summer');
    expect(asked).toEqual([]);
  });

  test('does nothing when it was opened with nothing', () => {
    const { join } = joining('  ');
    join.arrive();
    expect(join.answer).toEqual({ kind: 'none' });
  });

  test.each<Found>([REFUSED, { kind: 'unanswered' }])('shows why there is no page and keeps the text: $kind', async (answer) => {
    const { join, left } = joining(LINK, [answer]);
    join.submit();
    await settled();
    expect(join.answer).toEqual(answer);
    expect(join.text).toBe(LINK);
    expect(left).toEqual([]);
  });

  test('forgets an answer that comes after another wish', async () => {
    const { join, asked, left } = joining(LINK, [{ kind: 'page', id: '7k2m9x4qtd' }]);
    join.submit();
    join.submit('K7M');
    await settled();
    expect(asked[0]?.ended.aborted).toBe(true);
    expect(left).toEqual([]);
    expect(join.answer.kind).toBe('unclear');
  });

  test('forgets its complaint once the wish is clear', () => {
    const { join } = joining('K7M');
    join.submit();
    expect(join.answer).toEqual({ kind: 'unclear', message: { id: 'home-unclear-short', args: [{ length: 3 }] } });
    join.submit('K7M4QX');
    expect(join.answer).toEqual({ kind: 'none' });
  });

  test('goes to a page of a link here without asking', () => {
    const { join, left, asked } = joining(`${HERE}/l/7k2m9x4qtd`);
    join.submit();
    expect(left).toEqual([{ address: `${HERE}/l/7k2m9x4qtd`, inPlace: false }]);
    expect(asked).toEqual([]);
  });
});
