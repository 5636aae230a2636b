import { beforeEach, describe, expect, it } from 'vitest';
import { type Heard, type Loaded, type Playable, type Player, type PlayerClass, type PlayerEvents, PlayerFault } from './player';
import { RoomPlayer } from './room-player';

let now_ms = 0;
let hidden = false;
let shown: () => void = () => undefined;
let timers: { run: () => void; at: number }[] = [];

class FakePlayer implements Player {
  calls: string[] = [];
  fault: PlayerFault | null = null;
  events: PlayerEvents | null = null;
  heard: Heard | null = null;
  /** Whether anything is heard of what was begun. */
  hears: () => boolean = () => true;

  constructor(readonly precision: PlayerClass) {}

  on(events: PlayerEvents): void {
    this.events = events;
  }
  unlock(): Promise<boolean> {
    this.calls.push('unlock');
    return Promise.resolve(true);
  }
  load(source: Playable): Promise<Loaded> {
    this.calls.push(`load ${nameOf(source)}`);
    return this.fault ? Promise.reject(this.fault) : Promise.resolve({ duration_ms: 1000 });
  }
  prepare(source: Playable): Promise<Loaded> {
    this.calls.push(`prepare ${nameOf(source)}`);
    return this.fault ? Promise.reject(this.fault) : Promise.resolve({ duration_ms: 1000 });
  }
  play(position_ms: number, at_ms: number): void {
    this.calls.push(`play ${position_ms} at ${at_ms}`);
    this.heard = { position_ms, at_ms };
  }
  pause(): void {
    if (this.heard) this.calls.push('pause');
    this.heard = null;
  }
  seek(position_ms: number): void {
    this.calls.push(`seek ${position_ms}`);
  }
  follow(position_ms: number, at_ms: number): void {
    this.calls.push(`follow ${position_ms} at ${at_ms}`);
  }
  position(): Heard | null {
    return this.hears() ? this.heard : null;
  }
  volume(): boolean {
    return this.precision === 'own-audio';
  }
  close(): void {
    this.calls.push('close');
  }
  take(): string[] {
    return this.calls.splice(0);
  }
}

function nameOf(source: Playable): string {
  if (source.kind === 'bytes') return 'bytes';
  return source.kind === 'embed' ? source.id : source.url;
}

const loop = (url: string): Playable => ({ kind: 'loop', url });
const address: Playable = { kind: 'address', url: 'https://music.example/a.mp3' };

function world(handsOver: boolean) {
  const [own, element, youtube] = [new FakePlayer('own-audio'), new FakePlayer('media-element'), new FakePlayer('youtube')];
  const player = new RoomPlayer({
    own,
    element,
    embed: (service) => (service === 'youtube' ? youtube : null),
    handsOver,
    isHidden: () => hidden,
    onVisibility: (run) => {
      shown = run;
      return () => undefined;
    },
    later: (run, ms) => {
      const timer = { run, at: now_ms + ms };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
    now: () => now_ms,
  });
  return { own, element, youtube, player };
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function pass(ms: number): void {
  now_ms += ms;
  for (const timer of timers.filter(({ at }) => at <= now_ms)) {
    timers.splice(timers.indexOf(timer), 1);
    timer.run();
  }
}

async function hide(is: boolean): Promise<void> {
  hidden = is;
  shown();
  await settle();
}

beforeEach(() => {
  now_ms = 10_000;
  hidden = false;
  timers = [];
});

describe('the player of a room', () => {
  it('takes the closest player that can play a source', async () => {
    const { own, element, player } = world(false);
    await player.load(loop('a'));
    expect([player.precision, own.take(), element.take()]).toEqual(['own-audio', ['load a'], []]);
    own.fault = new PlayerFault('too-long');
    await player.load(loop('long'));
    expect([player.precision, player.volume(0.5)]).toEqual(['media-element', false]);
  });

  it('says what was wrong when none can', async () => {
    const { own, element, player } = world(false);
    own.fault = new PlayerFault('network');
    element.fault = new PlayerFault('unsupported-format');
    await expect(player.load(address)).rejects.toMatchObject({ reason: 'not-allowed' });
    expect(own.take(), 'nothing of another host is read').toEqual([]);
    await expect(player.load(loop('a'))).rejects.toMatchObject({ reason: 'network' });
    own.fault = new PlayerFault('gone');
    element.take();
    await expect(player.load(loop('a'))).rejects.toMatchObject({ reason: 'gone' });
    expect(element.take()).toEqual([]);
    await expect(player.load({ kind: 'embed', service: 'other', id: '1' })).rejects.toMatchObject({ reason: 'unsupported-format' });
  });

  it('goes from one player to another at the right moment', async () => {
    const { own, youtube, player } = world(false);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await player.prepare({ kind: 'embed', service: 'youtube', id: 'v' });
    own.take();
    player.follow(0, now_ms + 1500);
    expect([youtube.take(), own.take(), player.precision]).toEqual([['load v', 'play 0 at 11500'], [], 'own-audio']);
    pass(1500);
    expect([own.take(), player.precision]).toEqual([['pause'], 'youtube']);
  });

  it('prepares and follows within one player where it can', async () => {
    const { own, player } = world(false);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await player.prepare(loop('b'));
    player.follow(0, now_ms + 1000);
    pass(1000);
    expect(own.take()).toEqual(['load a', 'play 0 at 10000', 'prepare b', 'follow 0 at 11000']);
  });

  it('hands over to an element while a phone hides the page, and back', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    element.take();
    own.take();
    await hide(true);
    expect([element.take(), own.take(), player.precision]).toEqual([['play 0 at 10000'], ['pause'], 'media-element']);
    await hide(false);
    expect([own.take(), element.take(), player.precision]).toEqual([['unlock', 'load a', 'play 0 at 10000'], ['pause'], 'own-audio']);
  });

  it('begins in the element when a phone hides the page before the start, and comes back', async () => {
    const { own, element, player } = world(true);
    own.hears = () => now_ms >= 13_000;
    await player.load(loop('a'));
    player.play(0, now_ms + 3000);
    await hide(true);
    expect([element.take(), player.precision]).toEqual([['load a', 'play 0 at 13000'], 'media-element']);
    element.hears = () => false;
    pass(3200);
    await hide(false);
    expect([own.take().at(-1), player.precision]).toEqual(['play 0 at 13000', 'own-audio']);
  });

  it('begins in the element what starts while the page is hidden', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    await hide(true);
    player.play(0, now_ms + 400);
    expect([element.take(), own.take()]).toEqual([['load a', 'play 0 at 10400'], ['load a']]);
    await hide(false);
    expect([own.take(), player.precision]).toEqual([['unlock', 'load a', 'play 0 at 10400'], 'own-audio']);
  });

  it('goes on in the element when the phone stopped the sound first, and says that it does', async () => {
    const { own, element, player } = world(true);
    const said: string[] = [];
    const nothing = () => undefined;
    player.on({ ended: nothing, stalled: () => said.push('stalled'), resumed: () => said.push('resumed'), fault: nothing });
    await player.load(loop('a'));
    player.play(0, now_ms);
    own.hears = () => false;
    own.events?.stalled();
    pass(500);
    await hide(true);
    expect([element.take(), said]).toEqual([['load a', 'play 0 at 10000'], ['stalled', 'resumed']]);
  });

  it('does not begin anew what is over', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    own.hears = () => false;
    pass(1000);
    await hide(true);
    expect(element.take()).toEqual(['load a']);
  });

  it('keeps the element ready for what is on now, not for what was', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await player.prepare(loop('b'));
    player.follow(0, now_ms + 1000);
    element.take();
    pass(1000);
    await settle();
    expect(element.take()).toEqual(['load b']);
    own.hears = () => false;
    await hide(true);
    expect(element.take()).toEqual(['play 0 at 11000']);
  });

  it('takes along what follows when it hands over', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await player.prepare(loop('b'));
    player.follow(0, now_ms + 1500);
    element.take();
    await hide(true);
    expect(element.take()).toEqual(['play 0 at 10000', 'prepare b', 'follow 0 at 11500']);
    pass(1500);
    expect([player.precision, own.heard]).toEqual(['media-element', null]);
  });

  it('keeps what is on ready in the element when what follows can only go there', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    element.take();
    await player.prepare(address);
    expect(element.take(), 'behind what stands by').toEqual(['prepare https://music.example/a.mp3']);
    player.follow(0, now_ms + 1500);
    await hide(true);
    expect(element.take()).toEqual(['follow 0 at 11500', 'play 0 at 10000', 'follow 0 at 11500']);
    pass(1500);
    expect([player.precision, own.heard]).toEqual(['media-element', null]);
  });

  it('goes over to the element when the page is shown again before what can only go there', async () => {
    const { own, element, player } = world(true);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await hide(true);
    await player.prepare(address);
    player.follow(0, now_ms + 1500);
    own.prepare = () => Promise.reject(new PlayerFault('too-long'));
    element.take();
    await hide(false);
    expect([player.precision, element.take()]).toEqual(['own-audio', ['pause', 'follow 0 at 11500']]);
    pass(1500);
    expect(player.precision).toBe('media-element');
  });

  it('leaves what follows in the player that cannot hold what is on', async () => {
    const { own, player } = world(true);
    own.fault = new PlayerFault('too-long');
    await player.load(loop('long'));
    player.play(0, now_ms);
    own.fault = null;
    await player.prepare(loop('b'));
    await hide(true);
    own.take();
    await hide(false);
    expect(own.take()).toEqual([]);
  });

  it('stops what was told to follow when it plays elsewhere in what is on', async () => {
    const { youtube, player } = world(false);
    await player.load(loop('a'));
    player.play(0, now_ms);
    await player.prepare({ kind: 'embed', service: 'youtube', id: 'v' });
    player.follow(0, now_ms + 1500);
    player.play(0, now_ms);
    expect(youtube.take()).toEqual(['load v', 'play 0 at 11500', 'pause']);
  });

  it('stays where it is on a computer', async () => {
    const { own, element, player } = world(false);
    await player.load(loop('a'));
    player.play(0, now_ms);
    own.take();
    await hide(true);
    expect([own.take(), element.take(), player.precision]).toEqual([[], [], 'own-audio']);
  });

  it('unlocks everything in one tap, and hears only the player that plays', async () => {
    const { own, element, player } = world(true);
    let stalled = 0;
    const nothing = () => undefined;
    player.on({ ended: nothing, stalled: () => (stalled += 1), resumed: nothing, fault: nothing });
    await player.unlock();
    await player.load(loop('a'));
    expect([own.take(), element.take()]).toEqual([['unlock', 'load a'], ['unlock', 'load a']]);
    player.play(0, now_ms);
    element.events?.stalled();
    expect(stalled).toBe(0);
    own.events?.stalled();
    expect(stalled).toBe(1);
  });
});
