import { beforeEach, describe, expect, it } from 'vitest';
import { AudioClock } from './audio-clock';
import { OwnAudio } from './own-audio';
import type { Playable } from './player';

/** The device lets a frame out this long after it was rendered. */
const LATENCY_S = 0.05;
/** `performance.now()` when the context's second 0 is rendered. */
const BEGAN_MS = 1000;

let now_ms = 0;
let nodes: FakeNode[] = [];
/** What the analyser sees, all along. */
let sounding = 0;

class FakeNode {
  buffer: { duration: number } | null = null;
  playbackRate = { value: 1, setValueAtTime: (value: number) => (this.playbackRate.value = value) };
  onended: (() => void) | null = null;
  began: number[] = [];
  stopped: number | null = null;
  constructor() {
    nodes.push(this);
  }
  connect<T>(to: T): T {
    return to;
  }
  disconnect(): void {}
  start(at_s: number, offset_s: number): void {
    this.began = [at_s, offset_s];
  }
  stop(at_s: number): void {
    this.stopped = at_s;
  }
}

class FakeContext {
  state = 'suspended';
  sampleRate = 48_000;
  destination = {};
  outputLatency = LATENCY_S;
  baseLatency = 0.01;
  onstatechange: (() => void) | null = null;
  get currentTime(): number {
    return this.state === 'running' ? (now_ms - BEGAN_MS) / 1000 : 0;
  }
  getOutputTimestamp() {
    return { contextTime: this.currentTime - LATENCY_S, performanceTime: now_ms };
  }
  resume(): Promise<void> {
    this.state = 'running';
    this.onstatechange?.();
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
  createGain() {
    const silent = () => undefined;
    const gain = { value: 1, setValueAtTime: silent, linearRampToValueAtTime: silent, cancelScheduledValues: silent, setTargetAtTime: silent };
    return { gain, connect: <T>(to: T): T => to, disconnect: silent };
  }
  createAnalyser() {
    return { fftSize: 0, getFloatTimeDomainData: (wave: Float32Array) => wave.fill(sounding) };
  }
  createBufferSource() {
    return new FakeNode();
  }
}

const LENGTHS_S: Record<string, number> = { a: 10, b: 20, endless: 4000 };
let ticks: (() => void)[] = [];
let ended = 0;

function player(): OwnAudio {
  const own = new OwnAudio({
    open: () => new FakeContext() as unknown as AudioContext,
    bytes: (source) => Promise.resolve(new TextEncoder().encode(source.kind === 'loop' ? source.url : '').buffer),
    length: async (bytes) => LENGTHS_S[await bytes.text()] ?? null,
    decode: (bytes) => {
      const duration = LENGTHS_S[new TextDecoder().decode(bytes)];
      return duration === undefined ? Promise.reject(new Error('no sound')) : Promise.resolve({ duration } as AudioBuffer);
    },
    now: () => now_ms,
    every: (run) => {
      ticks.push(run);
      return () => (ticks = ticks.filter((one) => one !== run));
    },
  });
  own.on({ ended: () => (ended += 1), stalled: () => undefined, resumed: () => undefined, fault: () => undefined });
  return own;
}

const loop = (url: string): Playable => ({ kind: 'loop', url });

function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 20) {
    now_ms += Math.min(20, left);
    for (const tick of [...ticks]) tick();
  }
}

async function ready(name: string): Promise<OwnAudio> {
  const own = player();
  await own.unlock();
  await own.load(loop(name));
  pass(200);
  return own;
}

const last = () => nodes.at(-1) as FakeNode;

beforeEach(() => {
  now_ms = 2000;
  nodes = [];
  ticks = [];
  ended = 0;
});

describe('own audio', () => {
  it('begins at the frame that is heard when it should be', async () => {
    const own = await ready('a');
    own.play(3000, 4000);
    // Heard at 4000, so rendered 50 ms before: second 2.95 of the context.
    expect(last().began).toEqual([2.95, 3].map((one) => expect.closeTo(one, 6)));
    pass(2800);
    expect(own.position()).toEqual({ position_ms: expect.closeTo(4000, 6), at_ms: 5000 });
  });

  it('begins with a whole frame, whatever part of one the clock says', async () => {
    const own = await ready('a');
    own.play(0, 4000 + 0.4 / 48);
    expect(last().began).toEqual([expect.closeTo(2.95, 9), expect.closeTo(0, 6)]);
  });

  it('comes in late at the place where the room is then', async () => {
    const own = await ready('a');
    own.play(0, 1200);
    pass(500);
    expect(own.position()?.position_ms).toBeCloseTo(1500, 6);
  });

  it('waits for the tap, and begins where the room is after it', async () => {
    const own = player();
    await own.load(loop('a'));
    own.play(0, 2000);
    pass(1000);
    expect([nodes.length, own.position()]).toEqual([0, null]);
    await own.unlock();
    pass(1000);
    expect(own.position()?.position_ms).toBeCloseTo(2000, 6);
  });

  it('counts what was played slower or faster', async () => {
    const own = await ready('a');
    own.play(0, now_ms);
    pass(1000);
    own.rate(1005);
    pass(1020);
    own.rate(1000);
    pass(1000);
    // The speed changes 20 ms of rendering after it was asked for.
    expect(own.position()?.position_ms).toBeCloseTo(3020 + 1020 * 0.005, 3);
  });

  it('joins the next item to the last frame of this one', async () => {
    const own = await ready('a');
    own.play(0, 3000);
    const first = last();
    await own.prepare(loop('b'));
    pass(8000);
    own.follow(0, 13_004);
    expect(last().began).toEqual([(first.began[0] ?? 0) + 10, 0].map((one) => expect.closeTo(one, 9)));
    expect(first.stopped).toBe(null);
    pass(4000);
    expect(own.position()?.position_ms).toBeCloseTo(now_ms - 13_000, 6);
  });

  it('cuts nothing off the beginning of what joins, even if it is some ms late', async () => {
    const own = await ready('a');
    own.play(0, 3000);
    await own.prepare(loop('b'));
    pass(8000);
    own.follow(0, 12_970);
    expect(last().began[1]).toBe(0);
    pass(4000);
    expect(own.position()?.position_ms).toBeCloseTo(now_ms - 13_000, 6);
  });

  it('moves the joint when the speed changes before it', async () => {
    const own = await ready('a');
    own.play(0, 3000);
    await own.prepare(loop('b'));
    pass(8000);
    own.follow(0, 13_000);
    own.rate(1005);
    expect(nodes.at(-2)?.stopped).not.toBe(null);
    expect(last().began[0]).toBeLessThan(11.95);
    expect(last().began[0]).toBeGreaterThan(11.92);
  });

  it('cuts this item where the room goes on earlier', async () => {
    const own = await ready('a');
    own.play(0, 3000);
    const first = last();
    await own.prepare(loop('b'));
    pass(2000);
    own.follow(500, 6000);
    expect([first.stopped !== null, last().began]).toEqual([true, [expect.closeTo(4.95, 6), expect.closeTo(0.5, 6)]]);
    pass(3000);
    expect(own.position()?.position_ms).toBeCloseTo(500 + now_ms - 6000, 6);
  });

  it('plays on when what was to follow is taken back', async () => {
    const own = await ready('a');
    own.play(0, 3000);
    await own.prepare(loop('b'));
    pass(2000);
    own.follow(0, 6000);
    await own.prepare(loop('b'));
    pass(4000);
    expect(own.position()?.position_ms).toBeCloseTo(now_ms - 3000, 6);
  });

  it('tells the end of what plays, not of what was replaced', async () => {
    const own = await ready('a');
    own.play(0, now_ms);
    const first = last();
    own.seek(5000);
    first.onended?.();
    expect(ended).toBe(0);
    last().onended?.();
    expect(ended).toBe(1);
  });

  it('leaves what is too long or no sound to others', async () => {
    const own = player();
    await expect(own.load(loop('endless'))).rejects.toMatchObject({ reason: 'too-long' });
    await expect(own.load(loop('nothing'))).rejects.toMatchObject({ reason: 'unsupported-format' });
  });
});

describe('the clock of the sound card', () => {
  const sample = (now: number, origin: number) => ({ now_ms: now, current_s: (now - origin) / 1000, output_s: 1 + (now - origin) / 1000, output_ms: now + 1000, latency_s: 0 });

  it('is not moved by one hiccup, but by another device', () => {
    const clock = new AudioClock();
    for (let i = 0; i < 20; i += 1) clock.add(sample(1000 + i * 100, 500));
    clock.add(sample(3000, 900));
    expect(clock.heardAt(2)).toBeCloseTo(2500, 6);
    for (let i = 0; i < 3; i += 1) clock.add(sample(3100 + i * 100, 900));
    expect(clock.heardAt(2)).toBeCloseTo(2900, 6);
    expect(clock.contextAt(2900)).toBeCloseTo(2, 6);
  });

  it('goes by the latency where the browser has no timestamps', () => {
    const clock = new AudioClock();
    clock.add({ now_ms: 5000, current_s: 3, output_s: 0, output_ms: 0, latency_s: 0.04 });
    expect(clock.heardAt(3)).toBeCloseTo(5040, 6);
  });
});
