/** A service's own player in a frame, behind the interface of all players. It knows no DOM: the frame comes from outside. */
import { type Heard, type Loaded, type Playable, type Player, type PlayerClass, type PlayerEvents, PlayerFault } from '../player';
import { Place } from './place';
import type { FrameAccount, FrameCommand, FrameFault, FrameNews, FrameState } from './protocol';

/** A player that has not come within this time does not come. */
export const LOAD_MS_MAX = 15_000;
/** How long players take from the word to the sound, before it was measured. */
const DELAY_MS_FIRST = 300;
const DELAY_MS_MAX = 3000;
/** How much of what was measured last counts. */
const DELAY_SHARE = 0.5;
/** Nearer than this, a player is left alone. */
const NEAR_MS = 400;
/** A first start is measured once the player has found its feet. */
const SETTLED_MS = 1500;
/** A wait for more sound is told when it lasts. */
const STALL_MS = 1000;

export interface FramedWorld {
  service: string;
  precision: PlayerClass;
  faultOf(fault: FrameFault): PlayerFault;
  now(): number;
  /** Unix ms, by the same clock as `now`. */
  origin_ms: number;
  later(run: () => void, ms: number): () => void;
}

/** The frame, while there is one. */
export interface FrameLink {
  send(command: FrameCommand): void;
}

/** Where it was told to be when. */
interface Order {
  position_ms: number;
  at_ms: number;
}

interface Loading {
  done(loaded: Loaded): void;
  failed(fault: PlayerFault): void;
}

export class FramedPlayer implements Player {
  readonly precision: PlayerClass;
  readonly service: string;
  /** Tells that a frame is wanted, before the first recording is loaded. */
  onwanted: (() => void) | null = null;
  /** Tells whether the person is signed in, where the service's player needs that. */
  onaccount: ((account: FrameAccount) => void) | null = null;
  /** Tells every fault, also while nothing was to be played. */
  onfault: ((fault: PlayerFault) => void) | null = null;
  private events: PlayerEvents | null = null;
  private link: FrameLink | null = null;
  private isHere = false;
  private isAllowed = false;
  private id: string | null = null;
  private next: string | null = null;
  private loading: Loading | null = null;
  private state: FrameState = 'unstarted';
  private order: Order | null = null;
  /** It has been heard since it was told to play. */
  private hasSounded = false;
  private isStalled = false;
  private percent = 100;
  private delay_ms = DELAY_MS_FIRST;
  private readonly place = new Place();
  private readonly timers = new Timers();

  constructor(private readonly world: FramedWorld) {
    this.precision = world.precision;
    this.service = world.service;
  }

  on(events: PlayerEvents): void {
    this.events = events;
  }

  /** Whether the person has said that this service's player may be loaded. Taken back, it is silent and gone at once. */
  allow(is_allowed: boolean): void {
    if (this.isAllowed === is_allowed) return;
    this.isAllowed = is_allowed;
    if (!is_allowed) this.fail(new PlayerFault('needs-consent'));
  }

  /** The frame was put into the page, or taken out of it. */
  attach(link: FrameLink | null): void {
    this.link = link;
    this.isHere = false;
    this.state = 'unstarted';
    this.place.forget();
    if (!link && this.isAllowed) this.fail(new PlayerFault('network'));
  }

  load(source: Playable): Promise<Loaded> {
    this.standStill();
    this.next = null;
    this.loading?.failed(new PlayerFault('gone'));
    if (source.kind !== 'embed' || source.service !== this.service) return Promise.reject(new PlayerFault('unsupported-format'));
    if (!this.isAllowed) return Promise.reject(new PlayerFault('needs-consent'));
    this.id = source.id;
    this.onwanted?.();
    return new Promise((resolve, reject) => this.begin(source.id, resolve, reject));
  }

  /** Nothing can be loaded ahead into the one player there is; it is only remembered what comes. */
  prepare(source: Playable): Promise<Loaded> {
    if (source.kind !== 'embed' || source.service !== this.service) return Promise.reject(new PlayerFault('unsupported-format'));
    if (!this.isAllowed) return Promise.reject(new PlayerFault('needs-consent'));
    this.next = source.id;
    return Promise.resolve({ duration_ms: null });
  }

  play(position_ms: number, at_ms: number): void {
    const { id } = this;
    this.timers.stop();
    if (id === null) return;
    if (!this.isAllowed) {
      this.order = { position_ms, at_ms };
      return this.timers.set(this.world.later(() => this.fail(new PlayerFault('needs-consent')), 0));
    }
    const heard = this.position();
    const isNear = heard !== null && Math.abs(position_ms + heard.at_ms - at_ms - heard.position_ms) < NEAR_MS;
    this.order = { position_ms, at_ms };
    if (this.state === 'playing' && isNear) return;
    this.hasSounded = false;
    const wait_ms = at_ms - this.delay_ms - this.world.now();
    if (wait_ms <= 0) return this.start(id, { position_ms: position_ms - wait_ms, at_ms: at_ms - wait_ms });
    this.send({ do: 'cue', id, position_ms });
    this.timers.set(this.world.later(() => this.go({ position_ms, at_ms }), wait_ms));
  }

  follow(position_ms: number, at_ms: number): void {
    const { next } = this;
    if (next === null) return;
    const wait_ms = Math.max(0, at_ms - this.delay_ms - this.world.now());
    this.timers.stop();
    const over = () => {
      this.next = null;
      this.id = next;
      this.start(next, { position_ms, at_ms: Math.max(at_ms, this.world.now() + this.delay_ms) });
    };
    this.timers.set(this.world.later(over, wait_ms));
  }

  pause(): void {
    this.standStill();
  }

  seek(position_ms: number): void {
    if (this.order === null) return;
    this.order = { position_ms, at_ms: this.world.now() };
    this.place.forget();
    this.hasSounded = false;
    this.send({ do: 'seek', position_ms: Math.max(0, position_ms) });
  }

  /** `null` as well while an advertisement runs or the person paused it there: then it is not in time, and nobody fights. */
  position(): Heard | null {
    return this.state === 'playing' && this.order !== null ? this.place.at(this.world.now()) : null;
  }

  volume(level: number): boolean {
    this.percent = Math.round(level * 100);
    this.send({ do: 'volume', percent: this.percent });
    return true;
  }

  close(): void {
    this.fail(new PlayerFault('gone'));
    this.events = null;
    this.link = null;
  }

  /** Call it in the press that asks for it. */
  connect(): void {
    this.link?.send({ do: 'connect' });
  }

  /** What the frame said. */
  heard(news: FrameNews): void {
    switch (news.say) {
      case 'account':
        return this.onaccount?.(news.account);
      case 'here':
        return this.arrived();
      case 'place':
        this.place.add(news.position_ms, news.at_ms - this.world.origin_ms);
        return;
      case 'state':
        return this.became(news.state, news.duration_ms);
      case 'fault':
        return this.broke(this.world.faultOf(news.fault));
    }
  }

  /** The frame can be told now what was said before it was there. */
  private arrived(): void {
    this.isHere = true;
    this.send({ do: 'volume', percent: this.percent });
    if (this.order) this.play(this.order.position_ms, this.order.at_ms);
    else if (this.id !== null) this.send({ do: 'cue', id: this.id, position_ms: 0 });
  }

  private begin(id: string, resolve: (loaded: Loaded) => void, reject: (fault: PlayerFault) => void): void {
    const cancel = this.world.later(() => loading.failed(new PlayerFault('network')), LOAD_MS_MAX);
    const end = () => {
      cancel();
      if (this.loading === loading) this.loading = null;
    };
    const loading: Loading = {
      done(loaded) {
        end();
        resolve(loaded);
      },
      failed(fault) {
        end();
        reject(fault);
      },
    };
    this.loading = loading;
    this.send({ do: 'cue', id, position_ms: 0 });
  }

  private became(state: FrameState, duration_ms: number | null): void {
    const before = this.state;
    this.state = state;
    if (state === 'cued' || state === 'playing') this.loading?.done({ duration_ms });
    if (state !== 'playing') this.place.forget();
    // Nobody told it to play: the room stands still, or this device is silent, and the person pressed in the frame.
    if (this.order === null) return;
    if (state === 'ended') this.events?.ended();
    if (state === 'playing') this.sounds();
    if (state === 'buffering' && before === 'playing' && this.hasSounded) this.runsDry();
  }

  private sounds(): void {
    this.timers.stop();
    if (this.isStalled) {
      this.isStalled = false;
      this.events?.resumed();
    }
    if (this.hasSounded) return;
    this.hasSounded = true;
    this.timers.set(this.world.later(() => this.learn(), SETTLED_MS));
  }

  private runsDry(): void {
    this.timers.stop();
    const isStill = () => this.state === 'buffering' && this.order !== null;
    const tell = () => {
      if (!isStill() || this.isStalled) return;
      this.isStalled = true;
      this.events?.stalled();
    };
    this.timers.set(this.world.later(tell, STALL_MS));
  }

  /** How late the first sound was is how much earlier the next one is asked for. */
  private learn(): void {
    const heard = this.position();
    if (!heard || !this.order) return;
    const late_ms = this.order.position_ms + heard.at_ms - this.order.at_ms - heard.position_ms;
    // An advertisement came first, or the person paused: nothing to learn from.
    if (Math.abs(late_ms) > DELAY_MS_MAX) return;
    this.delay_ms = Math.min(DELAY_MS_MAX, Math.max(0, this.delay_ms + DELAY_SHARE * late_ms));
  }

  /** Was cued: goes as soon as it can. */
  private go(order: Order): void {
    this.order = order;
    this.send({ do: 'play' });
  }

  /** From where the recording will be once it sounds. */
  private start(id: string, order: Order): void {
    this.order = order;
    this.hasSounded = false;
    this.place.forget();
    this.send({ do: 'start', id, position_ms: Math.max(0, order.position_ms) });
  }

  private standStill(): void {
    this.timers.stop();
    this.isStalled = false;
    const wasTold = this.order !== null;
    this.order = null;
    this.place.forget();
    if (wasTold || this.state === 'playing' || this.state === 'buffering') this.send({ do: 'pause' });
  }

  private broke(fault: PlayerFault): void {
    this.onfault?.(fault);
    this.fail(fault);
  }

  private fail(fault: PlayerFault): void {
    const wasTold = this.order !== null;
    this.timers.stop();
    this.order = null;
    this.isStalled = false;
    this.place.forget();
    const { loading } = this;
    if (loading) loading.failed(fault);
    else if (wasTold) this.events?.fault(fault);
  }

  private send(command: FrameCommand): void {
    if (this.isHere) this.link?.send(command);
  }
}

/** At most one thing is awaited. */
class Timers {
  private cancel: () => void = () => {};

  set(cancel: () => void): void {
    this.cancel = cancel;
  }

  stop(): void {
    this.cancel();
    this.cancel = () => {};
  }
}
