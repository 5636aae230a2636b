import { describe, expect, it } from 'vitest';
import { Follower, type FollowedItem, type FollowerReadout, type FollowerSaid, STEP_MS } from './follower';
import { type Heard, type Loaded, type Playable, type Player, type PlayerEvents, PlayerFault } from './player';
import type { Playing, RoomPlayback } from './timeline';

/** The room's clock is this far from the page's. */
const ROOM_MS = 1_700_000_000_000;
const LENGTHS: Record<string, number> = { a: 30_000, b: 20_000, c: 20_000 };

/** Plays by the clock of the test: exactly, but `late_ms` behind where it was told to be. */
class FakePlayer implements Player {
  readonly precision = 'own-audio';
  calls: string[] = [];
  late_ms = 0;
  fails: PlayerFault | null = null;
  events: PlayerEvents | null = null;
  loaded: string | null = null;
  prepared: string | null = null;
  law: { position_ms: number; at_ms: number; permille: number } | null = null;
  isUnlockable = true;
  service = '';

  constructor(private readonly now: () => number) {}

  on(events: PlayerEvents): void {
    this.events = events;
  }
  unlock(): Promise<boolean> {
    return Promise.resolve(this.isUnlockable);
  }
  load(source: Playable): Promise<Loaded> {
    this.law = null;
    return this.take(source, 'load', (name) => (this.loaded = name));
  }
  prepare(source: Playable): Promise<Loaded> {
    return this.take(source, 'prepare', (name) => (this.prepared = name));
  }
  play(position_ms: number, at_ms: number): void {
    this.calls.push(`play ${position_ms} at ${at_ms}`);
    this.law = { position_ms: position_ms - this.late_ms, at_ms, permille: 1000 };
  }
  pause(): void {
    if (this.law) this.calls.push('pause');
    this.law = null;
  }
  seek(position_ms: number): void {
    this.calls.push('seek');
    this.law = { position_ms, at_ms: this.now(), permille: 1000 };
  }
  follow(position_ms: number, at_ms: number): void {
    this.calls.push(`follow ${this.prepared} ${position_ms} at ${at_ms}`);
    this.loaded = this.prepared;
    this.law = { position_ms, at_ms, permille: 1000 };
  }
  position(): Heard | null {
    const now = this.now();
    if (!this.law || now < this.law.at_ms) return null;
    return { position_ms: this.at(now), at_ms: now };
  }
  rate(permille: number): void {
    if (!this.law || this.law.permille === permille) return;
    this.calls.push(`rate ${permille}`);
    this.law = { position_ms: this.at(this.now()), at_ms: this.now(), permille };
  }
  close(): void {
    this.law = null;
  }

  private at(now: number): number {
    return this.law ? this.law.position_ms + ((now - this.law.at_ms) * this.law.permille) / 1000 : 0;
  }

  private take(source: Playable, verb: string, done: (name: string) => void): Promise<Loaded> {
    if (this.fails) return Promise.reject(this.fails);
    const name = source.kind === 'loop' ? source.url : '';
    this.calls.push(`${verb} ${name}`);
    done(name);
    return Promise.resolve({ duration_ms: LENGTHS[name] ?? null });
  }
}

class Device {
  now_ms = 5000;
  knowsTime = true;
  hasSource = true;
  said: FollowerSaid[] = [];
  readout!: FollowerReadout;
  private timers: { run: () => void; at: number }[] = [];
  readonly player = new FakePlayer(() => this.now_ms);
  readonly follower: Follower;

  constructor() {
    this.follower = new Follower({
      player: this.player,
      time: {
        room: (at_ms) => (this.knowsTime ? ROOM_MS + at_ms : null),
        local: (room_ms) => (this.knowsTime ? room_ms - ROOM_MS : null),
        rtt_ms: () => 23.4,
        shown: (readout, at_ms) => readout.shown({ likely_error_us: 0, error_bound_us: 0, is_stale: at_ms < 0 }),
      },
      source: (item) => Promise.resolve(this.hasSource ? { kind: 'loop', url: item } : null),
      say: (said) => this.said.push(said),
      changed: (readout) => (this.readout = readout),
      now: () => this.now_ms,
      later: (run, ms) => {
        const timer = { run, at: this.now_ms + ms };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((one) => one !== timer));
      },
    });
  }

  async pass(ms: number): Promise<void> {
    const until = this.now_ms + ms;
    for (;;) {
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
      const next = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers.splice(this.timers.indexOf(next), 1);
      this.now_ms = Math.max(this.now_ms, next.at);
      next.run();
    }
    this.now_ms = until;
  }

  follow(playback: RoomPlayback, items: FollowedItem[] = ITEMS): void {
    this.follower.follow(playback, items);
  }

  saidOf(what: FollowerSaid['do']): FollowerSaid[] {
    return this.said.filter((one) => one.do === what);
  }

  take(): string[] {
    return this.player.calls.splice(0);
  }
}

const ITEMS: FollowedItem[] = Object.entries(LENGTHS).map(([id, duration_ms]) => ({ id, duration_ms }));

function playing(item: string, start_ms: number, over: Partial<Playing> = {}): Playing {
  return { phase: 'playing', item, generation: 1, position_ms: 0, start_at: ROOM_MS + start_ms, next: null, ...over };
}

async function listening(): Promise<Device> {
  const device = new Device();
  await device.follower.listen();
  return device;
}

describe('a device that follows a room', () => {
  it('loads what is being prepared, says once that it is ready, and starts when the room does', async () => {
    const device = await listening();
    const preparing = { phase: 'preparing', item: 'a', generation: 4, position_ms: 0, deadline: ROOM_MS + 9000 } as const;
    device.follow(preparing);
    await device.pass(600);
    device.follow(preparing);
    await device.pass(400);
    expect(device.saidOf('ready')).toEqual([{ do: 'ready', item: 'a', generation: 4, rtt_ms: 24 }]);
    expect([device.take(), device.readout.state]).toEqual([['load a'], { is: 'waiting' }]);
    device.follow(playing('a', 7000, { generation: 4 }));
    await device.pass(3000);
    expect(device.take()).toEqual(['play 0 at 7000']);
    expect(device.player.position()?.position_ms).toBe(2000);
  });

  it('says that a service’s player is at something else, and neither leads it nor tells the room a figure', async () => {
    const device = await listening();
    device.player.service = 'youtube';
    device.follow(playing('a', 5000));
    await device.pass(6000);
    expect(device.readout.state).toEqual({ is: 'playing' });
    const law = device.player.law;
    device.player.law = null;
    await device.pass(4000);
    expect(device.readout.state).toEqual({ is: 'aside' });
    const reports = device.saidOf('report').length;
    device.take();
    await device.pass(8000);
    expect([device.take(), device.saidOf('report').length]).toEqual([[], reports]);
    device.player.law = law;
    await device.pass(1000);
    expect(device.readout.state).toEqual({ is: 'playing' });
  });

  it('comes in late without a word to the others', async () => {
    const device = new Device();
    device.follow(playing('a', -4000));
    await device.pass(1000);
    expect([device.take(), device.readout.state]).toEqual([['load a'], { is: 'silent' }]);
    await device.follower.listen();
    await device.pass(1000);
    expect(device.take()).toEqual(['play 0 at -4000']);
    expect(device.player.position()?.position_ms).toBe(11_000);
    expect(device.saidOf('buffering')).toEqual([]);
  });

  it('waits for the room\'s time before it plays', async () => {
    const device = await listening();
    device.knowsTime = false;
    device.follow(playing('a', 4000));
    await device.pass(1000);
    expect(device.take()).toEqual(['load a']);
    device.knowsTime = true;
    await device.pass(STEP_MS);
    expect(device.take()).toEqual(['play 0 at 4000']);
  });

  it('stays silent where the browser wants another tap', async () => {
    const device = new Device();
    device.player.isUnlockable = false;
    device.follow(playing('a', 4000));
    expect(await device.follower.listen()).toBe(false);
    await device.pass(1000);
    expect([device.readout.state, device.player.law]).toEqual([{ is: 'silent' }, null]);
  });

  it('plays small errors away and measures them', async () => {
    const device = await listening();
    device.player.late_ms = 20;
    device.follow(playing('a', 4000));
    await device.pass(1000);
    expect(device.take()).toEqual(['load a', 'play 0 at 4000', 'rate 1003']);
    await device.pass(8000);
    expect(device.take()).toEqual(['rate 1000']);
    expect(Math.abs((device.player.position()?.position_ms ?? 0) - 10_000)).toBeLessThan(1.6);
    expect(device.readout).toMatchObject({ class: 'own-audio', state: { is: 'playing' }, shown: { is: 'within' } });
    expect(device.readout.p95_ms).toBeGreaterThan(1.5);
  });

  it('jumps over large errors, once', async () => {
    const device = await listening();
    device.player.late_ms = 900;
    device.follow(playing('a', 4000));
    await device.pass(4000);
    expect(device.take().filter((call) => call === 'seek')).toEqual(['seek']);
    expect(device.player.position()?.position_ms).toBeCloseTo(5000, 0);
  });

  it('plays later or earlier as the person says', async () => {
    const device = await listening();
    device.follower.nudge(-120);
    device.follow(playing('a', 4000));
    await device.pass(2000);
    expect(device.take()).toEqual(['load a', 'play 0 at 3880']);
    expect(device.player.position()?.position_ms).toBe(3120);
    device.follower.nudge(9999);
    await device.pass(2000);
    expect(device.take()).toContain('seek');
    expect(device.player.position()?.position_ms).toBeCloseTo(4800, 0);
  });

  it('has the next item ready and goes on to it without a gap, before the room says so', async () => {
    const device = await listening();
    device.follow(playing('a', -20_000, { next: 'b' }));
    await device.pass(4800);
    expect(device.take()).toEqual(['load a', 'play 0 at -20000', 'prepare b', 'follow b 0 at 10000']);
    await device.pass(300);
    device.follow(playing('b', 10_000, { generation: 2 }));
    await device.pass(3000);
    expect(device.take()).toEqual([]);
    expect(device.player.position()?.position_ms).toBe(3100);
    expect(device.saidOf('ready').at(-1)).toEqual({ do: 'ready', item: 'b', generation: 2, rtt_ms: 24 });
  });

  /** Promise T9 */
  it('goes on by the law while there is no network, and is in time when it is back', async () => {
    const device = await listening();
    const before = playing('a', -20_000, { next: 'b' });
    device.follow(before);
    await device.pass(4800);
    device.take();
    await device.pass(10_000);
    device.follow(before);
    expect([device.take(), device.player.loaded, device.player.position()?.position_ms]).toEqual([[], 'b', 9800]);
    device.follower.reconnected();
    device.follow(playing('b', 10_000, { generation: 2, next: 'c' }));
    await device.pass(1000);
    expect(device.take()).toEqual(['prepare c']);
    expect(device.player.position()?.position_ms).toBe(10_800);
  });

  it('follows a skip in the last moments elsewhere', async () => {
    const device = await listening();
    device.follow(playing('a', -20_000, { next: 'b' }));
    await device.pass(4000);
    device.take();
    device.follow(playing('c', 9500, { generation: 2 }));
    await device.pass(1000);
    expect(device.take()).toEqual(['pause', 'load c', 'play 0 at 9500']);
  });

  it('takes what it has prepared when somebody skips to it', async () => {
    const device = await listening();
    device.follow(playing('a', 0, { next: 'b' }));
    await device.pass(1000);
    device.take();
    device.follow(playing('b', 6400, { generation: 2 }));
    await device.pass(1000);
    expect(device.take()).toEqual(['follow b 0 at 6400']);
  });

  it('repeats an item without a gap', async () => {
    const device = await listening();
    device.follow(playing('b', -12_000, { next: 'b' }));
    await device.pass(3200);
    device.follow(playing('b', 8000, { generation: 2, next: null }));
    await device.pass(1000);
    expect(device.take()).toEqual(['load b', 'play 0 at -12000', 'prepare b', 'follow b 0 at 8000']);
    expect(device.player.position()?.position_ms).toBe(1200);
  });

  it('goes elsewhere in the item and stands still when the room does', async () => {
    const device = await listening();
    device.follow(playing('a', 4000));
    await device.pass(1000);
    device.follow(playing('a', 6000, { generation: 2, position_ms: 20_000 }));
    await device.pass(1000);
    device.follow({ phase: 'paused', item: 'a', generation: 2, position_ms: 21_000, because: 'asked' });
    await device.pass(1000);
    expect(device.take()).toEqual(['load a', 'play 0 at 4000', 'play 20000 at 6000', 'pause']);
    expect(device.readout.state).toEqual({ is: 'waiting' });
    device.follow({ phase: 'idle' });
    expect(device.readout.state).toEqual({ is: 'idle' });
  });

  it('tells how long an item is if the room does not know', async () => {
    const device = await listening();
    device.follow(playing('a', 4000), [{ id: 'a', duration_ms: null }]);
    await device.pass(500);
    device.follow(playing('b', 4000, { generation: 2 }));
    await device.pass(500);
    expect(device.saidOf('measured')).toEqual([{ do: 'measured', item: 'a', duration_ms: 30_000 }]);
  });

  it('says that it ran dry, and plays on where the room is then', async () => {
    const device = await listening();
    device.follow(playing('a', 4000));
    await device.pass(2000);
    device.take();
    device.player.events?.stalled();
    device.player.events?.stalled();
    expect([device.saidOf('buffering').length, device.readout.state]).toEqual([1, { is: 'stalled' }]);
    await device.pass(2000);
    device.player.events?.resumed();
    expect(device.take()).toEqual(['play 0 at 4000']);
    expect(device.saidOf('ready').length).toBe(2);
  });

  it('says what it plays with, and no more often than that changes', async () => {
    const device = await listening();
    device.follow(playing('a', 4000));
    await device.pass(20_000);
    expect(device.saidOf('report')).toEqual([{ do: 'report', player: { class: 'own-audio', error_ms: 0 } }]);
    device.player.law = device.player.law && { ...device.player.law, position_ms: -4 };
    await device.pass(20_000);
    expect(device.saidOf('report').slice(1)).toEqual([{ do: 'report', player: { class: 'own-audio', error_ms: 4 } }]);
  });
});

describe('what cannot be played here', () => {
  it('is said when there is nothing to play it from, and played once there is', async () => {
    const device = await listening();
    device.hasSource = false;
    device.follow(playing('a', 4000));
    await device.pass(500);
    expect([device.readout.state, device.saidOf('ready')]).toEqual([{ is: 'no-source' }, []]);
    device.hasSource = true;
    device.follower.retry('a');
    await device.pass(500);
    expect([device.readout.state, device.take()]).toEqual([{ is: 'playing' }, ['load a', 'play 0 at 4000']]);
  });

  it('is tried again by itself only where the network was at fault', async () => {
    for (const reason of ['network', 'unsupported-format'] as const) {
      const device = await listening();
      device.player.fails = new PlayerFault(reason);
      device.follow(playing('a', 4000));
      await device.pass(500);
      expect(device.readout.state).toEqual({ is: 'failed', reason });
      device.player.fails = null;
      await device.pass(3000);
      expect(device.readout.state.is).toBe(reason === 'network' ? 'playing' : 'failed');
    }
  });

  it('gives way to the next item', async () => {
    const device = await listening();
    device.player.fails = new PlayerFault('unsupported-format');
    device.follow(playing('a', 4000));
    await device.pass(500);
    device.player.fails = null;
    device.follow(playing('b', 5600, { generation: 2 }));
    await device.pass(500);
    expect([device.readout.state, device.take()]).toEqual([{ is: 'playing' }, ['load b', 'play 0 at 5600']]);
  });
});
