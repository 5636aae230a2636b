import { beforeEach, describe, expect, test } from 'vitest';
import { type FaultReason, type Playable, PlayerFault } from '../player';
import { FramedPlayer, LOAD_MS_MAX } from './framed-player';
import type { FrameCommand, FrameState } from './protocol';
import { openYoutube } from './youtube';

const SONG: Playable = { kind: 'embed', service: 'youtube', id: 'AAAAAAAAAAA' };
const OTHER: Playable = { kind: 'embed', service: 'youtube', id: 'BBBBBBBBBBB' };
const ORIGIN_MS = 1_000_000;

/** A frame whose player takes a while to begin, and tells its place four times a second. */
class FakeFrame {
  now_ms = 0;
  /** How long it takes from the word to the sound. */
  delay_ms = 500;
  /** What an advertisement or the person does to it. */
  isHeld = false;
  said: FrameCommand[] = [];
  told: string[] = [];
  private timers: { at_ms: number; run: () => void }[] = [];
  private state: FrameState = 'unstarted';
  private place_ms = 0;
  private begins_ms: number | null = null;
  readonly player: FramedPlayer;

  constructor() {
    this.player = openYoutube({ now: () => this.now_ms, origin_ms: ORIGIN_MS, later: (run, ms) => this.later(run, ms) });
    this.player.on({
      ended: () => this.told.push('ended'),
      stalled: () => this.told.push('stalled'),
      resumed: () => this.told.push('resumed'),
      fault: ({ reason }) => this.told.push(reason),
    });
  }

  open(): void {
    this.player.attach({ send: (command) => this.obey(command) });
    this.player.heard({ say: 'here' });
  }

  later(run: () => void, ms: number): () => void {
    const timer = { at_ms: this.now_ms + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((one) => one !== timer));
  }

  /** Lets time pass in small steps. */
  pass(ms: number): void {
    for (const end_ms = this.now_ms + ms; this.now_ms < end_ms; this.now_ms += 10) {
      const due = this.timers.filter((one) => one.at_ms <= this.now_ms);
      this.timers = this.timers.filter((one) => one.at_ms > this.now_ms);
      for (const { run } of due) run();
      this.work();
    }
  }

  become(state: FrameState): void {
    this.state = state;
    this.player.heard({ say: 'state', state, duration_ms: state === 'cued' ? null : 200_000 });
  }

  /** Where the sound really is. */
  get real_ms(): number {
    return this.place_ms;
  }

  private work(): void {
    if (this.begins_ms !== null && this.now_ms >= this.begins_ms) {
      this.begins_ms = null;
      this.become('playing');
    }
    if (this.state !== 'playing' || this.isHeld) return;
    this.place_ms += 10;
    if (this.now_ms % 50 === 0) {
      this.player.heard({ say: 'place', position_ms: Math.floor(this.place_ms / 250) * 250, at_ms: ORIGIN_MS + this.now_ms });
    }
  }

  private obey(command: FrameCommand): void {
    this.said.push(command);
    if (command.do === 'cue' || command.do === 'start' || command.do === 'seek') this.place_ms = command.position_ms;
    if (command.do === 'cue') {
      this.begins_ms = null;
      this.later(() => this.become('cued'), 100);
    }
    if (command.do === 'start' || command.do === 'play') {
      this.become('buffering');
      this.begins_ms = this.now_ms + this.delay_ms;
    }
    if (command.do === 'pause') {
      this.begins_ms = null;
      if (this.state === 'playing' || this.state === 'buffering') this.become('paused');
    }
  }
}

let frame: FakeFrame;

async function loaded(source: Playable = SONG): Promise<void> {
  const loading = frame.player.load(source);
  frame.pass(200);
  await loading;
}

function reasonOf(error: unknown): FaultReason | null {
  return error instanceof PlayerFault ? error.reason : null;
}

beforeEach(() => {
  frame = new FakeFrame();
  frame.player.allow(true);
  frame.open();
});

describe('loading', () => {
  test('is over when the recording is ready, without a sound', async () => {
    await loaded();
    expect(frame.said.map((one) => one.do)).toEqual(['volume', 'cue']);
    expect(frame.player.position()).toBeNull();
  });

  test('waits for a frame that comes later', async () => {
    frame.player.attach(null);
    const loading = frame.player.load(SONG);
    frame.said = [];
    frame.open();
    frame.pass(200);
    await expect(loading).resolves.toEqual({ duration_ms: null });
  });

  test.each<[number, FaultReason]>([
    [100, 'gone'],
    [150, 'not-embeddable'],
    [153, 'hidden-origin'],
  ])('fails by error %d with the reason %s', async (code, reason) => {
    const loading = frame.player.load(SONG).catch(reasonOf);
    frame.player.heard({ say: 'fault', fault: { code } });
    expect(await loading).toBe(reason);
    expect(frame.told).toEqual([]);
  });

  test('gives up on a player that never comes', async () => {
    frame.player.attach(null);
    const loading = frame.player.load(SONG).catch(reasonOf);
    frame.pass(LOAD_MS_MAX + 20);
    expect(await loading).toBe('network');
  });

  test('refuses what is not of this service, or not allowed', async () => {
    expect(await frame.player.load({ kind: 'loop', url: '/x' }).catch(reasonOf)).toBe('unsupported-format');
    frame.player.allow(false);
    expect(await frame.player.load(SONG).catch(reasonOf)).toBe('needs-consent');
    expect(frame.said.map((one) => one.do)).toEqual(['volume']);
  });
});

describe('playing', () => {
  test('begins at the moment that was said once the delay is known, and tells where it is', async () => {
    await loaded();
    frame.player.play(0, frame.now_ms);
    frame.pass(4000);
    frame.player.pause();
    for (let round = 0; round < 5; round += 1) {
      const at_ms = frame.now_ms + 1500;
      frame.player.play(60_000, at_ms);
      frame.pass(5000);
      const wanted_ms = 60_000 + frame.now_ms - at_ms;
      if (round === 4) expect(Math.abs(frame.real_ms - wanted_ms)).toBeLessThanOrEqual(100);
      expect(Math.abs((frame.player.position()?.position_ms ?? 0) - frame.real_ms)).toBeLessThanOrEqual(100);
      frame.player.pause();
    }
  });

  test('of what began long ago starts where it is by now', async () => {
    await loaded();
    frame.player.play(10_000, frame.now_ms - 20_000);
    const start = frame.said.at(-1);
    expect(start).toMatchObject({ do: 'start', id: 'AAAAAAAAAAA' });
    frame.pass(3000);
    expect(Math.abs(frame.real_ms - 33_000)).toBeLessThanOrEqual(300);
  });

  test('does not start anew what is already there', async () => {
    await loaded();
    frame.player.play(0, frame.now_ms);
    frame.pass(3000);
    const said = frame.said.length;
    frame.player.play(frame.real_ms, frame.now_ms);
    expect(frame.said).toHaveLength(said);
  });

  test('goes over to what follows at its moment', async () => {
    await loaded();
    frame.player.play(0, frame.now_ms);
    frame.pass(3000);
    await frame.player.prepare(OTHER);
    frame.player.follow(0, frame.now_ms + 2000);
    frame.pass(500);
    expect(frame.said.at(-1)).toMatchObject({ id: 'AAAAAAAAAAA' });
    frame.pass(4000);
    expect(frame.said.at(-1)).toMatchObject({ do: 'start', id: 'BBBBBBBBBBB' });
  });

  test('tells the end once, and nothing more', async () => {
    await loaded();
    frame.player.play(0, frame.now_ms);
    frame.pass(2000);
    frame.become('ended');
    expect(frame.told).toEqual(['ended']);
  });
});

describe('what happens in the frame', () => {
  beforeEach(async () => {
    await loaded();
    frame.player.play(0, frame.now_ms);
    frame.pass(3000);
    frame.said = [];
  });

  test('an advertisement is not in time, and is not fought', () => {
    frame.isHeld = true;
    frame.pass(10_000);
    expect(frame.player.position()).toBeNull();
    expect([frame.said, frame.told]).toEqual([[], []]);
  });

  test('a pause of the person’s own is left alone', () => {
    frame.become('paused');
    frame.pass(10_000);
    expect(frame.player.position()).toBeNull();
    expect([frame.said, frame.told]).toEqual([[], []]);
    frame.become('playing');
    frame.pass(1000);
    expect(frame.player.position()).not.toBeNull();
  });

  test('a wait for more sound is told when it lasts, and when it is over', () => {
    frame.become('buffering');
    frame.pass(500);
    frame.become('playing');
    expect(frame.told).toEqual([]);
    frame.become('buffering');
    frame.pass(1500);
    expect(frame.told).toEqual(['stalled']);
    frame.become('playing');
    expect(frame.told).toEqual(['stalled', 'resumed']);
  });

  test('a seek is no wait', () => {
    frame.player.seek(90_000);
    frame.become('buffering');
    frame.pass(500);
    frame.become('playing');
    frame.pass(2000);
    expect(frame.told).toEqual([]);
    expect(Math.abs((frame.player.position()?.position_ms ?? 0) - frame.real_ms)).toBeLessThanOrEqual(100);
  });

  test('a fault is told with its reason', () => {
    frame.player.heard({ say: 'fault', fault: { code: 101 } });
    expect(frame.told).toEqual(['not-embeddable']);
    expect(frame.player.position()).toBeNull();
  });

  test('a browser that wants a tap is believed', () => {
    frame.player.heard({ say: 'fault', fault: 'needs-tap' });
    expect(frame.told).toEqual(['needs-tap']);
  });

  test('a consent that is taken back ends it at once', () => {
    frame.player.allow(false);
    frame.player.attach(null);
    expect(frame.told).toEqual(['needs-consent']);
    frame.player.play(0, frame.now_ms);
    frame.pass(2000);
    expect(frame.told).toEqual(['needs-consent', 'needs-consent']);
    expect(frame.said).toEqual([]);
  });
});
