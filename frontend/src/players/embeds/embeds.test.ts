import { describe, expect, test } from 'vitest';
import type { Keep, StoredKey } from '../../state/storage';
import type { FaultReason, PlayerFault } from '../player';
import { Consent } from './consent.svelte';
import { EmbedDesk } from './desk.svelte';
import { Place, STANDS_AFTER_MS } from './place';
import { envelope, MESSAGE_CHARS_MAX, readCommand, readNews } from './protocol';
import { youtubeFault } from './youtube';
import { youtubeId, youtubeIdOf } from './youtube-id';

const ID = 'dQw4w9WgXcQ';

function keep(text: string | null = null): Keep & { kept: Map<StoredKey, string> } {
  const kept = new Map<StoredKey, string>(text === null ? [] : [['unisono.embeds', text]]);
  return {
    kept,
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}

describe('the name of a video', () => {
  test.each([
    `https://www.youtube.com/watch?v=${ID}`,
    `https://music.youtube.com/watch?v=${ID}&list=RDAMVM`,
    `https://m.youtube.com/watch?t=42&v=${ID}`,
    `https://youtu.be/${ID}?si=abc`,
    `http://youtube.com/shorts/${ID}`,
    `https://www.youtube-nocookie.com/embed/${ID}`,
    `https://www.youtube.com/live/${ID}`,
  ])('is found in %s', (address) => expect(youtubeId(address)).toBe(ID));

  test.each([
    '',
    'dQw4w9WgXcQ',
    'https://www.youtube.com/watch',
    'https://www.youtube.com/watch?v=short',
    `https://www.youtube.com/watch?v=${ID}x`,
    'https://www.youtube.com/watch?v=%22%3E%3Cscript%3E',
    `https://www.youtube.com.evil.example/watch?v=${ID}`,
    `https://evil.example/watch?v=${ID}`,
    `javascript:alert('https://youtu.be/${ID}')`,
    `https://www.youtube.com/playlist?list=${ID}`,
  ])('is not found in "%s"', (address) => expect(youtubeId(address)).toBeNull());

  test('is taken from the song before the video, and from nothing but YouTube', () => {
    const video = { platform: 'youtube', url: 'https://www.youtube.com/watch?v=AAAAAAAAAAA' };
    const song = { platform: 'youtube_music', url: `https://music.youtube.com/watch?v=${ID}` };
    expect(youtubeIdOf([video, song])).toBe(ID);
    expect(youtubeIdOf([video, { platform: 'youtube_music', url: 'https://music.youtube.com/browse/x' }])).toBe('AAAAAAAAAAA');
    expect(youtubeIdOf([{ platform: 'deezer', url: song.url }])).toBeNull();
    expect(youtubeIdOf([])).toBeNull();
  });
});

describe('what page and frame say', () => {
  test('is read as it was said', () => {
    for (const command of [
      { do: 'cue', id: ID, position_ms: 0 },
      { do: 'start', id: ID, position_ms: 1500.5 },
      { do: 'play' },
      { do: 'pause' },
      { do: 'seek', position_ms: 9 },
      { do: 'volume', percent: 100 },
    ] as const) {
      expect(readCommand(envelope(command))).toEqual(command);
    }
    for (const news of [
      { say: 'here' },
      { say: 'state', state: 'playing', duration_ms: null },
      { say: 'place', position_ms: 12.5, at_ms: 1e12 },
      { say: 'fault', fault: { code: 150 } },
      { say: 'fault', fault: 'unreachable' },
    ] as const) {
      expect(readNews(envelope(news))).toEqual(news);
    }
  });

  test('of another release, or by somebody else, is not heard', () => {
    expect(readCommand({ do: 'play' })).toBeNull();
    expect(readCommand({ protocol: 'unisono-embed/2', do: 'play' })).toBeNull();
    expect(readNews('{"event":"infoDelivery"}')).toBeNull();
    expect(readNews(null)).toBeNull();
  });

  test('has bounds', () => {
    const said = (rest: object) => ({ protocol: 'unisono-embed/1', ...rest });
    for (const position_ms of [-1, Number.NaN, Infinity, 1e12, '1', null, undefined]) {
      expect(readCommand(said({ do: 'seek', position_ms }))).toBeNull();
      expect(readNews(said({ say: 'place', position_ms, at_ms: 1 }))).toBeNull();
    }
    expect(readCommand(said({ do: 'cue', id: '"><script>', position_ms: 0 }))).toBeNull();
    expect(readCommand(said({ do: 'volume', percent: 101 }))).toBeNull();
    expect(readNews(said({ say: 'state', state: 'dancing', duration_ms: 1 }))).toBeNull();
    expect(readNews(said({ say: 'fault', fault: { code: 1.5 } }))).toBeNull();
    expect(readCommand(said({ do: 'play', more: 'x'.repeat(MESSAGE_CHARS_MAX) }))).toBeNull();
    const loop: Record<string, unknown> = said({ do: 'play' });
    loop['self'] = loop;
    expect(readCommand(loop)).toBeNull();
  });
});

test.each<[number, FaultReason]>([
  [2, 'gone'],
  [5, 'unsupported-format'],
  [100, 'gone'],
  [101, 'not-embeddable'],
  [150, 'not-embeddable'],
  [153, 'hidden-origin'],
  [999, 'not-allowed'],
])('error %d of the player means: %s', (code, reason) => expect(youtubeFault({ code }).reason).toBe(reason));

describe('a place that is told coarsely', () => {
  test('is known to within how often it is asked, though the figure moves four times a second', () => {
    const place = new Place();
    for (let at = 0; at <= 3000; at += 50) place.add(5000 + Math.floor((at - 20) / 250) * 250, at);
    const heard = place.at(3000);
    expect(Math.abs((heard?.position_ms ?? 0) - 8000)).toBeLessThanOrEqual(80);
  });

  test('is unknown at first, after a stop, and while the figure stands', () => {
    const place = new Place();
    expect(place.at(0)).toBeNull();
    place.add(0, 0);
    expect(place.at(10)).toBeNull();
    place.add(250, 250);
    expect(place.at(260)).not.toBeNull();
    expect(place.at(251 + STANDS_AFTER_MS)).toBeNull();
    place.forget();
    expect(place.at(260)).toBeNull();
  });

  test('begins anew where the figure goes back', () => {
    const place = new Place();
    for (let at = 0; at <= 1000; at += 100) place.add(60_000 + at, at);
    place.add(100, 1100);
    expect(place.at(1100)).toBeNull();
    place.add(200, 1200);
    expect(place.at(1200)?.position_ms).toBe(200);
  });
});

describe('consent', () => {
  const noon = () => new Date('2026-11-22T12:00:00Z');

  test('is nobody’s until it is given, is dated, and is kept', () => {
    const kept = keep();
    const consent = new Consent(kept, noon);
    expect(consent.has('youtube')).toBe(false);
    consent.allow('youtube');
    expect(kept.kept.get('unisono.embeds')).toBe('{"youtube":"2026-11-22T12:00:00.000Z"}');
    expect(new Consent(kept).since('youtube')).toEqual(noon());
  });

  test('leaves nothing behind when it is taken back', () => {
    const kept = keep('{"youtube":"2026-11-22T12:00:00.000Z"}');
    const consent = new Consent(kept);
    consent.withdraw('youtube');
    expect([consent.has('youtube'), kept.kept.size]).toEqual([false, 0]);
  });

  test.each(['', 'no', 'null', '[]', '{"youtube":true}', '{"youtube":"yes"}', '{"other":"2026-11-22"}'])('is not read out of "%s"', (text) =>
    expect(new Consent(keep(text)).has('youtube')).toBe(false),
  );
});

describe('the desk', () => {
  const world = { now: () => 0, origin_ms: 0, later: () => () => {} };

  test('loads nothing before it is allowed, and wants no frame', async () => {
    const desk = new EmbedDesk(world, new Consent(keep()));
    const source = desk.source([{ platform: 'youtube', url: `https://youtu.be/${ID}` }]);
    if (!source) throw new Error('no source');
    const fault = await desk.embed('youtube')?.load(source).catch((error: PlayerFault) => error);
    expect(fault).toMatchObject({ reason: 'needs-consent' });
    expect(desk.isOpen('youtube')).toBe(false);
    desk.allow('youtube');
    expect(desk.isOpen('youtube')).toBe(false);
    void desk.embed('youtube')?.load(source).catch(() => undefined);
    expect(desk.isOpen('youtube')).toBe(true);
    desk.withdraw('youtube');
    expect(desk.isOpen('youtube')).toBe(false);
    desk.close();
  });

  test('has players for the services it knows, and for recordings that they have', () => {
    const desk = new EmbedDesk(world, new Consent(keep()));
    expect(desk.embed('elsewhere')).toBeNull();
    expect(desk.source([{ platform: 'deezer', url: 'https://www.deezer.com/track/3135556' }])).toBeNull();
    expect(desk.source()).toBeNull();
  });

  test('asks once a page, unless the person wants to be asked again', () => {
    const desk = new EmbedDesk(world, new Consent(keep()));
    desk.refuse('youtube');
    expect(desk.refused).toEqual(['youtube']);
    desk.askAgain('youtube');
    expect([desk.refused, desk.withdrawn]).toEqual([[], []]);
  });
});
