/** A cast: the room, its listeners and what they get. A view shows this state and forwards what people want. */
import { casterIdentity, type Identity } from './certificate';
import type { ListenerReport, PeerMessage } from './channel';
import { thisForm } from './device';
import { forgetHostRoom, type HostRoom, keepHostRoom, newHostRoom, secretOf } from './host-rooms';
import { keepSession, sessionKey } from './free-session';
import { endsSoon } from './ice';
import { remedyFor } from './greeting';
import { PeerCaster, type PeerState } from './peer-caster';
import { bitrateOf, LossLadder, ptimeFor, type Quality } from './quality';
import { RoomSession } from './room-session.svelte';
import { type CasterEvent, type CasterState, nextCasterState } from './session';
import { Signalling, type SignallingWorld, type SocketEnd, type SocketState } from './signalling';
import type { Source } from './sources';
import type { Badge } from './verification';
import { formatFragment } from './verify';
import { type ClientMessage, type Failure, type Goodbye, type Member, type RoomView, type ServerMessage, VERSION, type Welcome } from './wire';

export interface CastOptions {
  password: string;
  ask_first: boolean;
  hide_address: boolean;
}

/** One listener, as the caster sees it. */
export class ListenerEntry {
  member = $state.raw<Member>({ id: '', role: 'listener', form: 'unknown', name: null, hide_address: false });
  state = $state<PeerState>('connecting');
  report = $state.raw<ListenerReport | null>(null);
  badge = $state.raw<Badge>({ tier: 'checking' });
  gain = $state(1);
  /** The person compared the words of an earlier connection: those of a new one are news. */
  was_matched = false;
  readonly ladder = new LossLadder();

  constructor(
    member: Member,
    public peer: PeerCaster,
  ) {
    this.member = member;
  }
}

/** `retry_at`: Unix ms before which another try makes no sense. */
export type CastFailure = (Failure | { code: 'not-accepted'; message: string; reference?: null }) & { retry_at: number | null };

export class Caster {
  state = $state<CasterState>('idle');
  room = $state.raw<RoomView | null>(null);
  /** What to put in a QR code: with the secret and the fingerprint behind `#`. */
  link = $state('');
  listeners = $state<ListenerEntry[]>([]);
  knocking = $state.raw<Member[]>([]);
  source = $state.raw<Source | null>(null);
  quality = $state<Quality>('music');
  options = $state<CastOptions>({ password: '', ask_first: false, hide_address: false });
  failure = $state.raw<CastFailure | null>(null);
  /** Why the cast ended. `elsewhere`: the room goes on in another page of this device. */
  ending = $state<'stopped' | 'elsewhere' | 'expired' | 'session-over'>('stopped');
  readonly session = new RoomSession();
  /** Listeners whose words differed: kept until the person has read it, since they may be gone at once. */
  differed = $state.raw<readonly Member[]>([]);
  /** The server is away: those who listen go on, new ones can't come. */
  is_alone = $state(false);
  /** The server closed the room: those who listen go on, and when they are gone the cast ends. */
  is_room_gone = $state(false);
  /** The server has not been reached yet, and is tried again. */
  is_waiting = $state(false);
  /** A listener came or went, or a connection changed: told so that the view can announce it. */
  onnews: ((news: CastNews) => void) | null = null;
  private readonly signalling: Signalling;
  private host: HostRoom = newHostRoom();
  private welcome: Welcome | null = null;
  private resume: string | null = null;
  private known: Identity | null = null;

  constructor(
    private readonly identity: Promise<Identity> = casterIdentity(),
    world?: SignallingWorld,
  ) {
    // A refusal surfaces when the room is opened; until then it is nobody's news.
    this.identity.catch(() => undefined);
    const events = {
      greeting: () => this.greeting(),
      message: (message: ServerMessage) => this.heard(message),
      refusedGreeting: (failure: Failure) => this.refusedGreeting(failure),
      state: (state: SocketState) => this.socketChanged(state),
      ended: (end: SocketEnd) => this.socketEnded(end),
    };
    this.signalling = new Signalling(events, world);
  }

  /** Casts `source`: opens a room first, or goes on in `host` when given, or only changes the sound. */
  async cast(source: Source, host?: HostRoom): Promise<void> {
    const before = this.source;
    this.source = source;
    source.track.onended = () => this.soundEnded(source);
    for (const entry of this.listeners) this.applyTrack(entry);
    if (before !== source) before?.close();
    if (this.state === 'paused' || this.welcome !== null) {
      this.move('source');
      this.count();
      this.tellNow();
      return;
    }
    this.host = host ?? newHostRoom();
    this.failure = null;
    this.move('source');
    this.known = await this.identity;
    this.signalling.greetAgain();
  }

  /** Tries again after a failure: in the same room, or in a new one. */
  retry(inNewRoom: boolean): void {
    if (this.state !== 'failed' || !this.source) return;
    if (inNewRoom) this.host = newHostRoom();
    this.failure = null;
    this.move('source');
    this.signalling.greetAgain();
  }

  /** Ends the room for everybody. */
  stop(): void {
    if (this.welcome) this.signalling.send({ kind: 'leave' });
    forgetHostRoom(this.host.code);
    this.end('stopped');
  }

  approve(member: Member, allow: boolean): void {
    this.knocking = this.knocking.filter((one) => one.id !== member.id);
    this.signalling.send({ kind: 'approve', member: member.id, allow });
  }

  remove(id: string): void {
    this.signalling.send({ kind: 'leave', member: id });
    this.drop(id);
  }

  setGain(id: string, gain: number): void {
    const entry = this.entry(id);
    if (!entry) return;
    entry.gain = gain;
    entry.peer.say({ t: 'volume', gain });
  }

  setQuality(quality: Quality): void {
    this.quality = quality;
    for (const entry of this.listeners) this.applyQuality(entry);
  }

  /** The person compared the words with those on the listener's screen. */
  judge(id: string, same: boolean): void {
    this.entry(id)?.peer.judge(same);
  }

  /** The person has read that words differed. */
  readDiffered(): void {
    this.differed = [];
  }

  /** The sound was paused or goes on, or another piece plays. */
  tellNow(): void {
    for (const entry of this.listeners) this.tellNowTo(entry);
  }

  networkChanged(): void {
    if (this.state === 'failed' || this.is_room_gone) return;
    this.signalling.renew();
    for (const entry of this.listeners) this.signalling.send({ kind: 'restart', to: entry.member.id });
  }

  close(): void {
    this.finish();
  }

  private end(ending: Caster['ending']): void {
    this.ending = ending;
    this.finish();
    this.move('end');
  }

  private finish(): void {
    this.signalling.close();
    for (const entry of this.listeners) entry.peer.close();
    this.listeners = [];
    this.knocking = [];
    this.source?.close();
    this.source = null;
    this.welcome = null;
    this.resume = null;
    this.is_alone = false;
    this.is_room_gone = false;
  }

  private greeting(): ClientMessage {
    const device = { form: thisForm() };
    const { password, ask_first, hide_address } = this.options;
    if (this.host.code === '') {
      const { key, saved = null } = this.host;
      const session_key = sessionKey(Date.now());
      return { kind: 'create', version: VERSION, device_key: key, device, password: password || null, ask_first, hide_address, session_key, saved };
    }
    const { resume } = this;
    // In a room with a queue the token alone does not let anybody cast.
    return { kind: 'join', version: VERSION, code: this.host.code, password: null, device, device_key: this.host.key, cast: true, resume, hide_address };
  }

  private heard(message: ServerMessage): void {
    switch (message.kind) {
      case 'created':
        return this.welcomed(message.welcome);
      case 'joined':
        return message.welcome ? this.welcomed(message.welcome) : this.meet(message.member);
      case 'join':
        if (!this.knocking.some((one) => one.id === message.member.id)) {
          this.knocking = [...this.knocking, message.member];
          this.onnews?.({ kind: 'knock', member: message.member });
        }
        return;
      case 'leave':
        return this.left(message.member, message.reason, message.until ?? null);
      case 'session':
        this.session.heard(message);
        return this.keepSession();
      case 'error':
        // It concerns one message: to a listener that just went, at most.
        return;
      case 'restart':
        if (this.welcome) this.welcome.ice_servers = message.ice_servers;
        return this.restart(message);
      case 'offer':
      case 'answer':
      case 'candidate':
      case 'end-of-candidates':
        return this.entry(message.from)?.peer.receive(message);
      // What is said of a queue is for those who follow it.
      default:
    }
  }

  private welcomed(welcome: Welcome): void {
    const isFirst = this.welcome === null;
    this.welcome = welcome;
    this.resume = welcome.resume;
    this.room = welcome.room;
    this.session.welcomed(welcome);
    this.keepSession();
    this.is_alone = false;
    this.host = { ...this.host, code: welcome.room.code, until: welcome.room.expires_at };
    keepHostRoom(this.host);
    if (this.known) {
      const fragment = formatFragment({ secret: secretOf(this.host), fingerprint: this.known.fingerprint });
      this.link = `${welcome.room.link}#${fragment}`;
    }
    if (isFirst) this.move('created');
    for (const member of welcome.members) this.meet(member);
    // Who is not named and not connected went while we were away.
    const isGone = (entry: ListenerEntry) =>
      !entry.peer.isWorking && !welcome.members.some((member) => member.id === entry.member.id);
    for (const entry of this.listeners.filter(isGone)) this.drop(entry.member.id);
  }

  /** In a room with a queue it may be somebody else's. */
  private keepSession(): void {
    if (this.room?.has_queue === false) keepSession(this.session.current, this.host.key);
  }

  /** Makes an offer to a listener, unless there is a connection that works. */
  private meet(member: Member): void {
    if (member.role !== 'listener' || !this.welcome || !this.known) return;
    this.knocking = this.knocking.filter((one) => one.id !== member.id);
    const entry = this.entry(member.id);
    if (entry?.peer.isWorking) {
      entry.member = member;
      return;
    }
    // The answer to a renewed greeting names this listener again, with credentials that hold.
    if (endsSoon(this.welcome.ice_servers, Date.now())) return this.signalling.renew();
    this.connect(member);
    if (!entry) this.onnews?.({ kind: 'came', member });
  }

  private connect(member: Member): void {
    if (!this.welcome || !this.known) return;
    const old = this.entry(member.id);
    old?.peer.close();
    const id = member.id;
    const peer = new PeerCaster(
      {
        listener: id,
        identity: this.known,
        secret: secretOf(this.host),
        ice_servers: this.welcome.ice_servers,
        relay_only: this.options.hide_address,
        track: this.source?.track ?? null,
        bitrate: bitrateOf(this.quality, old?.ladder.steps ?? 0),
        ptime_ms: ptimeFor(this.listeners.length + (old ? 0 : 1)),
      },
      {
        send: (message) => void this.signalling.send(message),
        state: (state) => this.peerChanged(id, state),
        badge: (badge) => this.badgeChanged(id, badge),
        message: (message) => this.told(id, message),
        open: () => this.opened(id),
        replaced: () => this.connect(member),
      },
    );
    if (old) {
      old.peer = peer;
      old.state = 'connecting';
      old.badge = { tier: 'checking' };
    } else {
      this.listeners.push(new ListenerEntry(member, peer));
    }
    peer.begin();
  }

  private restart(message: ServerMessage & { kind: 'restart' }): void {
    const entry = this.entry(message.from);
    if (entry?.peer.isWorking) return entry.peer.receive(message);
    this.connect(entry?.member ?? unknownListener(message.from));
  }

  private opened(id: string): void {
    const entry = this.entry(id);
    if (!entry) return;
    this.tellNowTo(entry);
    if (entry.gain !== 1) entry.peer.say({ t: 'volume', gain: entry.gain });
  }

  private tellNowTo(entry: ListenerEntry): void {
    const source = this.source as (Source & { title?: string; is_paused?: boolean }) | null;
    entry.peer.say({
      t: 'now',
      title: source?.title ?? '',
      paused: source === null || source.is_paused === true,
      kind: source?.kind ?? null,
    });
  }

  private peerChanged(id: string, state: PeerState): void {
    const entry = this.entry(id);
    if (!entry || entry.state === state) return;
    entry.state = state;
    this.onnews?.({ kind: 'path', member: entry.member, state });
    this.count();
    // Without a room nobody can bring this path back.
    if (state === 'failed' && this.is_room_gone) this.drop(id);
  }

  private badgeChanged(id: string, badge: Badge): void {
    const entry = this.entry(id);
    if (!entry) return;
    const isNew = badge.tier === 'differ' && entry.badge.tier !== 'differ';
    entry.badge = badge;
    if (badge.tier === 'matched') entry.was_matched = true;
    if (badge.tier === 'words' && entry.was_matched) {
      entry.was_matched = false;
      this.onnews?.({ kind: 'compare', member: entry.member });
    }
    if (!isNew) return;
    // Somebody sits in between: no more sound goes there.
    entry.peer.setTrack(null);
    this.differed = [...this.differed, entry.member];
  }

  private told(id: string, message: PeerMessage): void {
    const entry = this.entry(id);
    if (entry && message.t === 'name') entry.member = { ...entry.member, name: message.name || null };
    if (!entry || message.t !== 'stats') return;
    const { t: _, ...report } = message;
    entry.report = report;
    if (entry.ladder.report(report.loss)) this.applyQuality(entry);
  }

  private applyTrack(entry: ListenerEntry): void {
    entry.peer.setTrack(entry.badge.tier === 'differ' ? null : (this.source?.track ?? null));
  }

  private applyQuality(entry: ListenerEntry): void {
    entry.peer.setBitrate(bitrateOf(this.quality, entry.ladder.steps));
  }

  private left(id: string, reason: Goodbye, until: number | null): void {
    if (id === this.welcome?.you.id) return this.sentAway(reason, until);
    this.knocking = this.knocking.filter((member) => member.id !== id);
    const entry = this.entry(id);
    // Who is still connected goes on listening: only the server lost sight of it.
    if (!entry) return;
    this.drop(id);
    this.onnews?.({ kind: 'went', member: entry.member });
  }

  private sentAway(reason: Goodbye, until: number | null): void {
    this.session.over(reason === 'session-over' ? until : null);
    this.end(reason === 'expired' || reason === 'session-over' ? reason : 'stopped');
  }

  private drop(id: string): void {
    this.entry(id)?.peer.close();
    this.listeners = this.listeners.filter((entry) => entry.member.id !== id);
    this.count();
    this.endIfUnheard();
  }

  private soundEnded(source: Source): void {
    if (this.source !== source) return;
    source.close();
    this.source = null;
    for (const entry of this.listeners) this.applyTrack(entry);
    this.move('silent');
    this.tellNow();
  }

  private refusedGreeting(failure: Failure): void {
    const remedy = remedyFor(failure.code, this.resume !== null);
    if (remedy === 'anew') {
      this.resume = null;
      return this.signalling.greetAgain();
    }
    if (remedy === 'closed') forgetHostRoom(this.host.code);
    if (!this.welcome) return this.fail(failure, failure.retry_after_s ?? null);
    if (failure.code === 'resting') {
      this.session.overFor(failure.retry_after_s ?? null);
      return this.end('session-over');
    }
    if (remedy === 'closed') return this.roomGone();
    this.is_alone = true;
    this.signalling.greetLater(failure.retry_after_s ?? null);
  }

  /** The room can't be entered any more. Who hears the sound goes on hearing it. */
  private roomGone(): void {
    this.signalling.close();
    this.knocking = [];
    this.is_alone = false;
    this.is_room_gone = true;
    for (const entry of this.listeners.filter((one) => !one.peer.isWorking)) this.drop(entry.member.id);
    this.endIfUnheard();
  }

  private endIfUnheard(): void {
    if (this.is_room_gone && this.listeners.length === 0) this.end('expired');
  }

  private fail(failure: Failure | { code: 'not-accepted'; message: string }, wait_s: number | null): void {
    this.failure = { ...failure, retry_at: wait_s === null ? null : Date.now() + wait_s * 1000 };
    this.move('fail');
  }

  private socketChanged(state: SocketState): void {
    if (state === 'waiting') this.is_alone = this.welcome !== null;
    this.is_waiting = this.welcome === null && state === 'waiting';
  }

  private socketEnded(end: SocketEnd): void {
    if (this.state === 'ended' || this.state === 'failed') return;
    if (this.welcome && (end === 'goodbye' || end === 'replaced')) return this.end('elsewhere');
    if (end === 'busy') return this.fail({ code: 'busy', message: end }, null);
    this.fail({ code: 'not-accepted', message: end }, null);
  }

  private count(): void {
    const hearing = this.listeners.filter((entry) => entry.state === 'connected' || entry.state === 'reconnecting').length;
    this.move(hearing > 0 ? 'heard' : 'alone');
  }

  private entry(id: string): ListenerEntry | undefined {
    return this.listeners.find((entry) => entry.member.id === id);
  }

  private move(event: CasterEvent): void {
    this.state = nextCasterState(this.state, event);
  }
}

/** A listener that the server lets in and that we have lost. */
function unknownListener(id: string): Member {
  return { id, role: 'listener', form: 'unknown', name: null, hide_address: false };
}

export type CastNews =
  | { kind: 'came' | 'went' | 'knock' | 'compare'; member: Member }
  | { kind: 'path'; member: Member; state: PeerState };
