import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Playlist } from './playlist.svelte';

/** An element whose loading ends when the test says so. Another source aborts what `play` promised (HTML, media elements). */
class FakeAudio extends EventTarget {
  paused = true;
  ended = false;
  currentTime = 0;
  duration = 60;
  error: { code: number; message: string } | null = null;
  plays = 0;
  private reject: ((error: Error) => void) | null = null;
  private source = '';

  constructor() {
    super();
    elements.push(this);
  }

  get src(): string {
    return this.source;
  }

  set src(address: string) {
    this.source = address;
    this.reject?.(Object.assign(new Error('aborted'), { name: 'AbortError' }));
    this.reject = null;
  }

  play(): Promise<void> {
    this.plays += 1;
    return isSlow ? new Promise((_, reject) => (this.reject = reject)) : Promise.resolve();
  }

  pause(): void {}
  load(): void {}
  removeAttribute(): void {}

  canPlay(): void {
    this.dispatchEvent(new Event('canplay'));
  }

  fails(): void {
    this.error = { code: 3, message: '' };
    this.dispatchEvent(new Event('error'));
  }
}

const node = (): object => ({ gain: { value: 0 }, connect: (next: object) => next, disconnect() {} });
const context = {
  createMediaElementSource: node,
  createMediaStreamDestination: () => ({ ...node(), stream: { getAudioTracks: () => [{ stop() {} }] } }),
  createGain: node,
} as unknown as AudioContext;
let elements: FakeAudio[] = [];
let isSlow = false;

beforeEach(() => {
  elements = [];
  isSlow = false;
  vi.stubGlobal('Audio', FakeAudio);
  vi.stubGlobal('MediaError', { MEDIA_ERR_NETWORK: 2, MEDIA_ERR_DECODE: 3 });
});
afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function playing(...names: string[]) {
  const made = Playlist.ofFiles(names.map((name) => new File([], name)), context);
  const element = elements[0]!;
  element.canPlay();
  return { list: await made, element };
}

test('Next while a piece is being loaded breaks none', async () => {
  const { list, element } = await playing('a.ogg', 'b.ogg', 'c.ogg');
  isSlow = true;
  const second = list.next();
  element.canPlay();
  await settled();
  expect(element.plays).toBe(2);
  isSlow = false;
  const third = list.next();
  element.canPlay();
  await Promise.all([second, third]);
  expect(list.title).toBe('c');
  expect(list.pieces.map((piece) => piece.is_broken)).toEqual([false, false, false]);
});

test('a piece that is no sound is marked and passed over', async () => {
  const { list, element } = await playing('a.ogg', 'b.txt', 'c.ogg');
  const next = list.next();
  element.fails();
  await settled();
  element.canPlay();
  await next;
  expect(list.title).toBe('c');
  expect(list.pieces.map((piece) => piece.is_broken)).toEqual([false, true, false]);
});
