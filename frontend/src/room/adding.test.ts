import { describe, expect, test } from 'vitest';
import type { Taken } from './additions';
import { Adding, type AddWorld } from './adding.svelte';
import type { LookedUp } from './look-up';
import type { NewItem } from './wire';

const all = (items: readonly NewItem[]): Taken => ({ count: items.length, seen: items.length, refused: null });
const refusedFor = (code: 'limit' | 'duplicate', seen: number): Taken => ({ count: 0, seen, refused: { answer: 'reject', code, retry_after_ms: null } });
const track = { page: '0123456789', title: 'Allemande', artist: 'Ana', duration_ms: 1000 };

function adding(found: LookedUp, rest: Partial<AddWorld> = {}) {
  const added: NewItem[][] = [];
  const world: AddWorld = {
    offer: () => Promise.resolve({ sha256: 'ab', bytes: 3, media_type: 'audio/flac' }),
    search: () => Promise.resolve({ kind: 'found', tracks: [{ ...track, platform: 'deezer', url: 'https://music.example/1' }] }),
    lookUp: () => Promise.resolve(found),
    tracks: () => Promise.resolve([track, { ...track, page: '1123456789' }]),
    add: (items) => {
      added.push([...items]);
      return Promise.resolve(all(items));
    },
    refused: () => undefined,
    ...rest,
  };
  return { added, one: new Adding(world) };
}

describe('adding to a room', () => {
  test('a music link adds its recording by its page', async () => {
    const { added, one } = adding({ kind: 'track', track });
    await one.submit('https://music.example/1');
    expect(added[0]).toMatchObject([{ source: 'recording', page: '0123456789', title: 'Allemande', artist: 'Ana' }]);
    expect([one.state.kind, one.text]).toEqual(['added', '']);
  });

  test('an address that ends like sound is added as it is, and only over https', async () => {
    const { added, one } = adding({ kind: 'unanswered' });
    await one.submit('https://sound.example/my_song%201.mp3');
    expect(added[0]).toMatchObject([{ source: 'address', url: 'https://sound.example/my_song%201.mp3', title: 'my song 1' }]);
    await one.submit('http://sound.example/song.mp3');
    expect([added.length, one.state]).toMatchObject([1, { kind: 'unclear', message: { id: 'room-add-insecure' } }]);
  });

  test('an address with a password in it is asked about nowhere', async () => {
    const { added, one } = adding({ kind: 'unanswered' });
    for (const address of ['https://ana:secret@sound.example/a.mp3', 'https://ana@radio.example/live']) {
      await one.submit(address);
      expect(one.state).toMatchObject({ kind: 'unclear', message: { id: 'room-add-secret' } });
    }
    expect(added).toEqual([]);
  });

  test('as many as came in are told of', async () => {
    const { one } = adding({ kind: 'playlist', page: '2123456789', title: 'Friday', total: 5 }, { add: () => Promise.resolve({ count: 1, seen: 2, refused: null }) });
    await one.submit('https://music.example/list');
    expect(one.state).toMatchObject({ kind: 'added', count: 1, kept_out: 1, unfound: 3 });
  });

  test('what no service knows may be sound, if the person says so', async () => {
    const { added, one } = adding({ kind: 'refused', title: '', next: '', reference: null, is_unknown_host: true });
    await one.submit('https://radio.example/live');
    expect([one.state, added.length]).toMatchObject([{ kind: 'address', host: 'radio.example' }, 0]);
    await one.addAddress('https://radio.example/live');
    expect(added[0]).toMatchObject([{ source: 'address', title: 'live' }]);
  });

  test('words are searched for, and one of what is found is chosen', async () => {
    const { added, one } = adding({ kind: 'track', track });
    await one.submit('allemande');
    if (one.state.kind !== 'choice') throw new Error(one.state.kind);
    await one.choose(one.state.tracks[0] ?? expect.unreachable());
    expect(added[0]).toMatchObject([{ source: 'recording' }]);
  });

  test('a playlist adds all that was found elsewhere at once', async () => {
    const { added, one } = adding({ kind: 'playlist', page: '2123456789', title: 'Friday', total: 2 });
    await one.submit('https://music.example/list');
    expect([added.length, added[0]?.length]).toEqual([1, 2]);
  });

  test('files are named without their ending, and a refusal keeps the text', async () => {
    const { added, one } = adding({ kind: 'track', track });
    await one.addFiles([new File(['abc'], 'From_the cellar.flac')]);
    expect(added[0]).toMatchObject([{ source: 'file', sha256: 'ab', title: 'From the cellar' }]);
    const refused = adding({ kind: 'track', track }, { add: () => Promise.resolve(refusedFor('limit', 0)) });
    await refused.one.submit('https://music.example/1');
    expect([refused.one.state.kind, refused.one.text]).toEqual(['rest', 'https://music.example/1']);
  });

  test('a file that cannot be added leaves the others alone, and is named with its reason', async () => {
    const offer: AddWorld['offer'] = (file) =>
      Promise.resolve(file.name.endsWith('.jpg') ? 'no-sound' : { sha256: 'ab', bytes: 3, media_type: 'audio/flac' });
    const { added, one } = adding({ kind: 'track', track }, { offer });
    const file = (name: string) => new File(['abc'], name);
    const cover = { title: 'Cover', why: { id: 'room-add-file-no-sound' } };
    await one.addFiles([file('Cover.jpg'), file('One.flac'), file('Two.flac')]);
    expect(added.map((items) => items.map(({ title }) => title))).toEqual([['One', 'Two']]);
    expect(one.state).toMatchObject({ kind: 'added', count: 2, left_out: [cover] });
    await one.addFiles([file('Cover.jpg'), file('Cover.jpg')]);
    expect(one.state).toMatchObject({ kind: 'left-out', left_out: [cover, cover] });
    await one.addFiles([file('Cover.jpg')]);
    expect([one.state, added.length]).toMatchObject([{ kind: 'unclear', message: { id: 'room-add-file-no-sound' } }, 1]);
  });

  test('more files than one command takes come in by several, and more than a queue holds by none', async () => {
    const { added, one } = adding({ kind: 'track', track });
    const files = (count: number) => Array.from({ length: count }, (_, at) => new File(['abc'], `${at}.flac`));
    await one.addFiles(files(101));
    expect(added.map((items) => items.length)).toEqual([100, 1]);
    expect(one.state).toMatchObject({ kind: 'added', count: 101, title: null, kept_out: 0 });
    await one.addFiles(files(501));
    expect(one.state).toMatchObject({ kind: 'unclear', message: { id: 'room-add-file-many' } });
    expect(added.length).toBe(2);
  });

  test('what the room takes no more is not said again, and counts as nothing that it left out', async () => {
    const parts: number[] = [];
    const said: string[] = [];
    const add: AddWorld['add'] = (items) => Promise.resolve(parts.push(items.length) === 1 ? { ...all(items), count: 98 } : refusedFor('limit', 0));
    const { one } = adding({ kind: 'track', track }, { add, refused: ({ code }) => said.push(code) });
    await one.addFiles(Array.from({ length: 250 }, (_, at) => new File(['abc'], `${at}.flac`)));
    expect([parts, said]).toEqual([[100, 100], ['limit']]);
    expect(one.state).toMatchObject({ kind: 'added', count: 98, kept_out: 2 });
  });

  test('songs that are there already keep no others out, and are told of only when nothing came in', async () => {
    const said: string[] = [];
    let parts = 0;
    const add: AddWorld['add'] = (items) => Promise.resolve((parts += 1) === 1 ? refusedFor('duplicate', items.length) : all(items));
    const { one } = adding({ kind: 'track', track }, { add, refused: ({ code }) => said.push(code) });
    await one.addFiles(Array.from({ length: 101 }, (_, at) => new File(['abc'], `${at}.flac`)));
    expect(one.state).toMatchObject({ kind: 'added', count: 1, kept_out: 100 });
    expect(said).toEqual([]);
    parts = 0;
    await one.addFiles([new File(['abc'], '1.flac')]);
    expect([one.state.kind, said]).toEqual(['rest', ['duplicate']]);
  });

  test('what was stopped adds nothing when its answer comes', async () => {
    let answer: (found: LookedUp) => void = () => undefined;
    const { added, one } = adding({ kind: 'unanswered' }, { lookUp: () => new Promise((resolve) => (answer = resolve)) });
    const asked = one.submit('https://music.example/1');
    one.rest();
    answer({ kind: 'track', track });
    await asked;
    expect([added.length, one.state.kind]).toEqual([0, 'rest']);
  });
});
