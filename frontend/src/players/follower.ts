/** Keeps a player where the room is. It knows no DOM: time, chance and the socket come from outside. */
import { Barrier } from './barrier';
import { type FaultReason, type Loaded, type Playable, type Player, type PlayerClass, PlayerFault } from './player';
import { clampNudge } from './nudge';
import { Leader, type RoomTime } from './sync-port';
import type { Shown } from '../sync/readout';
import { endOf, isSameLaw, itemOf, type Playing, positionAt, type RoomPlayback } from './timeline';

/** How often what is heard is compared with the room. */
export const STEP_MS = 250;
/** What follows is scheduled this long before the end. */
const FOLLOW_AHEAD_MS = 2000;
/** Around a change from one item to the next, what is heard may be of either. */
const CHANGE_MS = 400;
/** A law that moved by less than this is followed by the ladder. */
const SAME_LAW_MS = 100;
/** A service's player that is not heard for so long does something else. */
const ASIDE_MS = 3000;
/** A load that failed for want of network is tried again after this long, doubled each time. */
const RETRY_FIRST_MS = 2000;
const RETRY_MAX_MS = 30_000;

/** What the follower needs to know of an item of the queue. */
export interface FollowedItem {
  id: string;
  duration_ms?: number | null | undefined;
}

/** What the follower says to the room; the page gives it a `cmd_id` and sends it, or drops it while there is no socket. */
export type FollowerSaid =
  | { do: 'ready'; item: string; generation: number; rtt_ms?: number }
  | { do: 'buffering'; item: string }
  | { do: 'measured'; item: string; duration_ms: number }
  | { do: 'report'; player: { class: PlayerClass; service?: string; error_ms?: number } };

export type FollowerState =
  /** Nothing is on. */
  | { is: 'idle' }
  /** The person has not pressed Listen, or stopped. */
  | { is: 'silent' }
  /** There is nothing to play this item from here: no match, or no consent yet. */
  | { is: 'no-source' }
  | { is: 'loading' }
  | { is: 'failed'; reason: FaultReason }
  /** Loaded; the room has not started, or stands still. */
  | { is: 'waiting' }
  | { is: 'playing' }
  /** The sound ran dry here. */
  | { is: 'stalled' }
  /** A service's player does something else: it shows an advertisement, or the person paused it there. */
  | { is: 'aside' };

/** What may be said of how well this device is in time. */
export interface FollowerReadout {
  class: PlayerClass;
  state: FollowerState;
  /** What to show of the measured error. */
  shown: Shown;
  /** The 95th percentile of what was measured lately, in ms; `null` before there is enough. */
  p95_ms: number | null;
}

export interface FollowerPorts {
  player: Player;
  time: RoomTime;
  /** What to play an item from. `null`: there is nothing; the page says why and calls `retry` when that has changed. */
  source(item: string): Promise<Playable | null>;
  say(said: FollowerSaid): void;
  changed(readout: FollowerReadout): void;
  now(): number;
  later(run: () => void, ms: number): () => void;
}

type Slot =
  | { is: 'loading'; item: string }
  | { is: 'loaded'; item: string; duration_ms: number | null }
  | { is: 'no-source'; item: string }
  | { is: 'failed'; item: string; reason: FaultReason };

export class Follower {
  private playback: RoomPlayback = { phase: 'idle' };
  private items = new Map<string, FollowedItem>();
  /** What the two slots are played from, by item. */
  private sources = new Map<string, Playable>();
  private slot: Slot | null = null;
  private nextSlot: Slot | null = null;
  private isListening = false;
  private isStalled = false;
  /** The law that the player was last told. */
  private told: Playing | null = null;
  /** The item that follows by itself, and when. */
  private scheduled: { item: string; at_room_ms: number } | null = null;
  /** What the room said last, when this device went on to what follows by itself. */
  private leftBehind: Playing | null = null;
  private changeUntil = -Infinity;
  /** Since when nothing was heard of a player that should play. */
  private unheardSince: number | null = null;
  private retry_ms = RETRY_FIRST_MS;
  private nudge_ms = 0;
  private readonly leader: Leader;
  private readonly barrier: Barrier;
  private cancelStep: () => void = () => {};
  private cancelRetry: () => void = () => {};
  private isOpen = true;

  constructor(private readonly ports: FollowerPorts) {
    this.leader = new Leader(ports.player.precision, ports.now());
    this.barrier = new Barrier((said) => ports.say(said), () => ports.now());
    ports.player.on({
      ended: () => this.show(),
      stalled: () => this.stalled(),
      resumed: () => this.resumed(),
      fault: (fault) => this.faulted(fault),
    });
    this.step();
  }

  /** Call it in the tap. False when the browser still wants one. */
  async listen(): Promise<boolean> {
    const unlocked = this.ports.player.unlock?.() ?? Promise.resolve(true);
    this.isListening = true;
    this.apply();
    if (await unlocked) return true;
    this.silence();
    return false;
  }

  /** Is silent until `listen`. */
  silence(): void {
    this.isListening = false;
    this.apply();
    this.ports.player.pause();
  }

  /** What the room plays now. The items that it names must be among `items`. */
  follow(playback: RoomPlayback, items: Iterable<FollowedItem>): void {
    this.items = new Map([...items].map((item) => [item.id, item]));
    const { leftBehind } = this;
    const isOld = leftBehind !== null && playback.phase === 'playing' && playback.generation === leftBehind.generation;
    // While there is no word from the room, the law goes on: what it said last is over here.
    if (isOld && isSameLaw(leftBehind, playback, 0)) return;
    this.leftBehind = null;
    this.playback = playback;
    this.apply();
  }

  /** What an item is played from may be another now: a consent, a file that arrived, a network that is back. */
  retry(item?: string): void {
    const isMeant = (slot: Slot | null) => slot !== null && (item === undefined || slot.item === item);
    if (isMeant(this.slot) && this.slot?.is !== 'loaded' && this.slot?.is !== 'loading') this.slot = null;
    if (isMeant(this.nextSlot) && this.nextSlot?.is !== 'loaded' && this.nextSlot?.is !== 'loading') this.nextSlot = null;
    this.apply();
  }

  /** What was played from may be asked no more: everything is let go, and what may be had is loaded anew. */
  reload(): void {
    this.ports.player.release?.();
    this.sources.clear();
    this.told = null;
    this.scheduled = null;
    this.slot = null;
    this.nextSlot = null;
    this.apply();
  }

  /** Says again what the room must know of this device: after a new socket. */
  reconnected(): void {
    this.barrier.forget();
    this.apply();
  }

  /** How much later this device plays, in ms, at most 200 either way. */
  nudge(later_ms: number): void {
    this.nudge_ms = clampNudge(later_ms);
    this.leader.nudge(-this.nudge_ms);
  }

  get readout(): FollowerReadout {
    return {
      class: this.ports.player.precision,
      state: this.state(),
      shown: this.isListening && this.playback.phase === 'playing' ? this.leader.shown(this.ports.time) : { is: 'measuring' },
      p95_ms: this.leader.p95_ms,
    };
  }

  close(): void {
    this.isOpen = false;
    this.cancelStep();
    this.cancelRetry();
    this.ports.player.close();
  }

  private state(): FollowerState {
    const item = itemOf(this.playback);
    if (item === null) return { is: 'idle' };
    const slot = this.slot?.item === item ? this.slot : null;
    if (slot?.is === 'no-source') return { is: 'no-source' };
    if (slot?.is === 'failed') return { is: 'failed', reason: slot.reason };
    if (!this.isListening) return { is: 'silent' };
    if (slot?.is !== 'loaded') return { is: 'loading' };
    if (this.isStalled) return { is: 'stalled' };
    if (this.playback.phase !== 'playing') return { is: 'waiting' };
    return { is: this.isAside ? 'aside' : 'playing' };
  }

  private get isAside(): boolean {
    const isFramed = Boolean(this.ports.player.service);
    return isFramed && this.unheardSince !== null && this.ports.now() - this.unheardSince > ASIDE_MS;
  }

  /** Brings the player, slots and barrier to what the room plays. May be called at any time. */
  private apply(): void {
    if (!this.isOpen) return;
    const item = itemOf(this.playback);
    if (item === null) this.standStill();
    else {
      this.adopt();
      this.have(item);
      this.lead();
      if (this.playback.phase === 'playing') this.prepare(this.playback);
      this.sayReady();
    }
    this.show();
  }

  private standStill(): void {
    if (this.told || this.slot) this.ports.player.pause();
    this.told = null;
    this.scheduled = null;
    this.slot = null;
    this.nextSlot = null;
  }

  /** Sees to it that `item` is in the player, or on its way there. */
  private have(item: string): void {
    if (this.slot?.item === item) return;
    const isPrepared = this.nextSlot?.item === item && this.nextSlot.is === 'loaded';
    if (isPrepared && this.jump()) return;
    this.ports.player.pause();
    this.told = null;
    this.scheduled = null;
    this.isStalled = false;
    this.nextSlot = null;
    this.slot = { is: 'loading', item };
    // What was prepared is the same object, so that players need not load it twice.
    void this.fill('slot', item, (source) => this.ports.player.load(source));
  }

  /** What was scheduled has begun by itself: the room only says so now. */
  private adopt(): void {
    const { playback, scheduled } = this;
    if (!scheduled || playback.phase !== 'playing') return;
    const begun: Playing = { ...playback, item: scheduled.item, position_ms: 0, start_at: scheduled.at_room_ms };
    if (!isSameLaw(begun, playback, SAME_LAW_MS)) return;
    this.slot = this.nextSlot ?? this.slot;
    this.nextSlot = null;
    this.scheduled = null;
    this.isStalled = false;
    this.startedBy(playback);
  }

  /** Goes to what was prepared, earlier than it would have come. */
  private jump(): boolean {
    const { playback } = this;
    const { player } = this.ports;
    const start = playback.phase === 'playing' && this.isListening ? this.startOf(playback) : null;
    if (!start || playback.phase !== 'playing' || !player.follow) return false;
    this.slot = this.nextSlot;
    this.nextSlot = null;
    this.scheduled = null;
    this.isStalled = false;
    player.follow(start.position_ms, start.at_ms);
    this.startedBy(playback);
    return true;
  }

  private prepare(playing: Playing): void {
    const next = playing.next ?? null;
    if (this.scheduled && this.scheduled.item !== next) this.scheduled = null;
    if (next === null || this.nextSlot?.item === next || this.slot?.is !== 'loaded') return;
    const { player } = this.ports;
    if (!player.prepare || !this.isListening) return;
    this.nextSlot = { is: 'loading', item: next };
    void this.fill('nextSlot', next, (source) => player.prepare?.(source) ?? Promise.reject(new PlayerFault('gone')));
  }

  private async fill(place: 'slot' | 'nextSlot', item: string, load: (source: Playable) => Promise<Loaded>): Promise<void> {
    const slot = this[place];
    const isStill = () => this.isOpen && slot !== null && (this.slot === slot || this.nextSlot === slot);
    let filled: Slot;
    try {
      const source = this.sources.get(item) ?? (await this.ports.source(item));
      if (!isStill()) return;
      this.keepSource(item, source);
      filled = source ? { is: 'loaded', item, ...(await load(source)) } : { is: 'no-source', item };
      this.retry_ms = RETRY_FIRST_MS;
    } catch (error) {
      filled = slotAfter(item, error);
    }
    if (!isStill()) return;
    if (this.slot === slot) this.slot = filled;
    else this.nextSlot = filled;
    if (filled.is === 'loaded') this.measured(filled.item, filled.duration_ms);
    if (filled.is === 'failed' && filled.reason === 'network') this.retryLater(item);
    this.apply();
  }

  private keepSource(item: string, source: Playable | null): void {
    for (const old of this.sources.keys()) {
      if (old !== this.slot?.item && old !== this.nextSlot?.item) this.sources.delete(old);
    }
    if (source) this.sources.set(item, source);
  }

  private retryLater(item: string): void {
    this.cancelRetry();
    this.cancelRetry = this.ports.later(() => this.retry(item), this.retry_ms);
    this.retry_ms = Math.min(RETRY_MAX_MS, this.retry_ms * 2);
  }

  private measured(item: string, duration_ms: number | null): void {
    const known = this.items.get(item)?.duration_ms ?? null;
    if (known === null && duration_ms !== null && duration_ms > 0) this.ports.say({ do: 'measured', item, duration_ms });
  }

  private sayReady(): void {
    const { playback, slot } = this;
    // A start that the room has not told has no number to be ready for.
    if (playback.phase === 'idle' || playback.phase === 'paused' || this.leftBehind) return;
    if (slot?.is !== 'loaded' || slot.item !== playback.item || this.isStalled) return;
    this.barrier.ready(slot.item, playback.generation, this.ports.time.rtt_ms());
  }

  /** Tells the player where to be, if it does not know. */
  private lead(): void {
    const { playback, slot, told } = this;
    if (playback.phase !== 'playing' || !this.isListening) {
      if (told) this.ports.player.pause();
      this.told = null;
      this.scheduled = null;
      this.isStalled = false;
      return;
    }
    if (slot?.is !== 'loaded' || slot.item !== playback.item) return;
    if (told && isSameLaw(told, playback, SAME_LAW_MS)) {
      // What is not the room's law to the millisecond is what the ladder is for.
      this.told = playback;
      return;
    }
    const start = this.startOf(playback);
    if (!start) return;
    this.scheduled = null;
    this.ports.player.play(start.position_ms, start.at_ms);
    this.startedBy(playback);
  }

  private startedBy(playing: Playing): void {
    this.told = playing;
    this.unheardSince = null;
    this.leader.restart(this.ports.now());
  }

  /** The law in this device's time; `null` before the room's time is known, and when the item is over. */
  private startOf(playing: Playing): { position_ms: number; at_ms: number } | null {
    const at_ms = this.ports.time.local(playing.start_at);
    if (at_ms === null) return null;
    const start = { position_ms: playing.position_ms, at_ms: at_ms + this.nudge_ms };
    const duration_ms = this.durationOf(playing.item);
    const passed_ms = Math.max(0, this.ports.now() - start.at_ms);
    return duration_ms !== null && start.position_ms + passed_ms >= duration_ms ? null : start;
  }

  private durationOf(item: string): number | null {
    const own = this.slot?.item === item && this.slot.is === 'loaded' ? this.slot.duration_ms : null;
    return this.items.get(item)?.duration_ms ?? own;
  }

  private step(): void {
    this.cancelStep = this.ports.later(() => this.step(), STEP_MS);
    const { playback } = this;
    if (playback.phase === 'playing' && this.isListening) {
      if (!this.told) this.apply();
      this.scheduleNext(playback);
      this.correct(this.told ?? playback);
    }
    this.report();
    this.show();
  }

  /** Near the end, tells the player what comes after it, so that the room's word is not needed for it. */
  private scheduleNext(playing: Playing): void {
    const { nextSlot } = this;
    const duration_ms = this.durationOf(playing.item);
    if (this.scheduled || !this.told || nextSlot?.is !== 'loaded' || nextSlot.item !== playing.next || duration_ms === null) return;
    const at_room_ms = endOf(playing, duration_ms);
    const at_ms = this.ports.time.local(at_room_ms);
    if (at_ms === null || at_ms - this.ports.now() > FOLLOW_AHEAD_MS) return;
    this.ports.player.follow?.(0, at_ms + this.nudge_ms);
    this.scheduled = { item: nextSlot.item, at_room_ms };
    this.changeUntil = at_ms + this.nudge_ms + CHANGE_MS;
    this.ports.later(() => this.changed(), Math.max(0, this.changeUntil - this.ports.now()));
  }

  /** The next item sounds, whether or not the room has said so: while there is no network the law goes on. */
  private changed(): void {
    const { scheduled, playback } = this;
    if (!this.isOpen || !scheduled) return;
    this.scheduled = null;
    if (playback.phase !== 'playing' || playback.next !== scheduled.item) return;
    this.leftBehind = playback;
    this.playback = { ...playback, item: scheduled.item, position_ms: 0, start_at: scheduled.at_room_ms, next: null };
    this.scheduled = scheduled;
    this.adopt();
    this.apply();
  }

  private correct(playing: Playing): void {
    const { player, time } = this.ports;
    const now = this.ports.now();
    if (this.isStalled || (now < this.changeUntil && now > this.changeUntil - 2 * CHANGE_MS)) return;
    const heard = player.position();
    this.unheardSince = heard ? null : (this.unheardSince ?? now);
    const room_ms = heard ? time.room(heard.at_ms) : null;
    if (!heard || room_ms === null || room_ms < playing.start_at) return;
    const duration_ms = this.durationOf(playing.item);
    const wanted_ms = positionAt(playing, room_ms);
    if (duration_ms !== null && wanted_ms >= duration_ms) return;
    const correction = this.leader.step({ class: player.precision, at_ms: heard.at_ms, wanted_ms, actual_ms: heard.position_ms });
    if (correction.do === 'seek') player.seek(correction.position_ms);
    else player.rate?.(correction.do === 'rate' ? correction.permille : 1000);
  }

  private report(): void {
    if (!this.isListening || this.playback.phase !== 'playing' || this.isAside) return;
    const { precision, service } = this.ports.player;
    this.barrier.report(precision, service || null, this.leader.p95_ms);
  }

  private stalled(): void {
    const item = itemOf(this.playback);
    if (this.isStalled || item === null || this.playback.phase !== 'playing') return;
    this.isStalled = true;
    this.barrier.buffering(item);
    this.show();
  }

  private resumed(): void {
    if (!this.isStalled) return;
    this.isStalled = false;
    // The room went on meanwhile.
    this.told = null;
    this.apply();
  }

  private faulted(fault: PlayerFault): void {
    if (fault.reason === 'needs-tap') return this.silence();
    const item = this.slot?.item;
    if (item === undefined) return;
    this.told = null;
    this.slot = slotAfter(item, fault);
    if (fault.reason === 'network') this.retryLater(item);
    this.show();
  }

  private show(): void {
    this.ports.changed(this.readout);
  }
}

function slotAfter(item: string, error: unknown): Slot {
  const reason = error instanceof PlayerFault ? error.reason : 'network';
  return reason === 'needs-consent' ? { is: 'no-source', item } : { is: 'failed', item, reason };
}
