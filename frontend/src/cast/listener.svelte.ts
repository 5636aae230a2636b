/** A listening: from the opened link to the sound, and back to it after every disturbance. */
import type { ListenerReport, NowPlaying, PeerMessage } from './channel';
import { thisForm } from './device';
import { remedyFor } from './greeting';
import { PeerListener, type Stage } from './peer-listener';
import type { Playout } from './playout';
import type { Refusal } from './refusal';
import { PathKeeper, type PathState } from './retry';
import { type ListenerEvent, type ListenerState, nextListenerState } from './session';
import { Signalling, type SignallingWorld, type SocketEnd, type SocketState } from './signalling';
import { RoomSession } from './room-session.svelte';
import { bufferMs, reportBetween, type Snapshot } from './stats';
import { keptNudge, keepNudge, keptResume, keepResume } from './listener-memory';
import type { Badge } from './verification';
import { parseFragment } from './verify';
import { type ClientMessage, type Failure, type Goodbye, type IceServer, type Member, NAME_CHARS_MAX, type RoomView, type ServerMessage, VERSION, type Welcome } from './wire';

const TICK_MS = 500;
const REPORT_EVERY_TICKS = 2;
/** Time for a last message on the data channel before it closes. */
const LAST_WORDS_MS = 300;
/** Reports without a wish for delay before the device's own delay counts as known. */
const BASELINE_REPORTS = 3;
export const NUDGE_MAX_MS = 400;
export const NUDGE_STEP_MS = 20;

export class Listener {
  state = $state<ListenerState>('hello');
  room = $state.raw<RoomView | null>(null);
  badge = $state.raw<Badge>({ tier: 'checking' });
  report = $state.raw<ListenerReport | null>(null);
  now = $state.raw<NowPlaying | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  goodbye = $state.raw<Goodbye | null>(null);
  readonly session = new RoomSession();
  /** Unix ms until which the caster may come back; `null` while it is here. */
  away_until = $state<number | null>(null);
  /** The person tapped: sound is wanted whenever there is some. */
  is_wanted = $state(false);
  is_muted = $state(false);
  volume = $state(1);
  can_set_volume = $state(true);
  nudge_ms = $state(0);
  /** The server can't be reached at the moment. */
  is_alone = $state(false);
  /** When the path was lost (monotonic ms); `null` while it holds. */
  lost_at = $state<number | null>(null);
  name = $state('');
  hide_address = $state(false);
  /** The server closed the room: what plays goes on, and what stops does not come back. */
  is_room_gone = $state(false);
  password = '';
  /** Of the person who is in the room: those hear the cast of a room with a queue. */
  key: string | null = null;
  private readonly fragment;
  private is_cut: boolean;
  /** The certificate whose words the person compared: no other is taken as long as this page lives. */
  private matched: Uint8Array | null = null;
  private readonly signalling: Signalling;
  private readonly keeper = new PathKeeper();
  private peer: PeerListener | null = null;
  private caster: string | null = null;
  private me: string | null = null;
  private resume: string | null;
  private servers: IceServer[] = [];
  private trim = 1;
  private before: Snapshot | null = null;
  private baseline: number[] = [];
  private ticks = 0;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    public code: string,
    hash: string | null,
    private readonly playout: Playout,
    world?: SignallingWorld,
  ) {
    this.fragment = hash === null ? null : parseFragment(hash);
    this.is_cut = hash !== null && this.fragment === null;
    this.nudge_ms = keptNudge();
    this.resume = keptResume(code);
    const events = {
      greeting: () => this.greeting(),
      message: (message: ServerMessage) => this.heard(message),
      refusedGreeting: (failure: Failure) => this.refusedGreeting(failure),
      state: (state: SocketState) => this.socketChanged(state),
      ended: (end: SocketEnd) => this.socketEnded(end),
    };
    this.signalling = new Signalling(events, world);
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Asks to come in, before the person taps: everything is ready then. */
  begin(): void {
    if (this.is_cut) return this.stand({ why: 'cut-link' });
    this.signalling.connect();
  }

  /** Asks once more, with the code and password as they are now, and without a link that was cut. */
  askAgain(): void {
    this.is_cut = false;
    this.refusal = null;
    this.goodbye = null;
    this.move('ask');
    this.signalling.greetAgain();
  }

  /** The room has a queue, and is heard by coming in to follow it. */
  get mustFollow(): boolean {
    return this.refusal?.why === 'follow';
  }

  /** The person wants sound. Call it in the tap itself. */
  async play(): Promise<void> {
    this.is_wanted = true;
    this.is_muted = false;
    this.move('tapped');
    this.applyVolume();
    if (await this.playout.play()) return;
    this.is_wanted = false;
    this.move('silenced');
  }

  pause(): void {
    this.is_wanted = false;
    this.playout.pause();
    this.move('silenced');
  }

  mute(is_muted: boolean): void {
    this.is_muted = is_muted;
    this.applyVolume();
  }

  setVolume(volume: number): void {
    this.volume = Math.min(1, Math.max(0, volume));
    this.is_muted = false;
    this.applyVolume();
  }

  /** Plays later by `ms`. Never earlier than the network allows. */
  nudge(ms: number): void {
    this.nudge_ms = Math.min(NUDGE_MAX_MS, Math.max(0, ms));
    keepNudge(this.nudge_ms);
    this.applyNudge();
  }

  async setOutput(device: string): Promise<void> {
    await this.playout.setOutput(device);
  }

  judge(same: boolean): void {
    this.peer?.judge(same);
  }

  /** Tells the host who listens: on the data channel, or, while waiting to be let in, by asking anew. */
  rename(name: string): void {
    this.name = name.trim().slice(0, NAME_CHARS_MAX);
    if (this.state === 'waiting-approval') {
      this.move('ask');
      this.signalling.renew();
      return;
    }
    this.peer?.say({ t: 'name', name: this.name });
  }

  /** Whether the other side may learn this device's address. A path that names it is given up for another. */
  hideAddress(is_hidden: boolean): void {
    if (this.hide_address === is_hidden) return;
    this.hide_address = is_hidden;
    if (this.is_room_gone || this.state === 'left' || this.state === 'refused') return;
    this.stopPeer();
    this.move('ask');
    this.signalling.renew();
  }

  level(): number {
    return this.state === 'playing' ? (this.playout.level() ?? 0) : 0;
  }

  networkChanged(): void {
    if (this.is_room_gone || this.state === 'left' || this.state === 'refused') return;
    this.signalling.renew();
    if (this.peer) this.keeper.networkChanged();
  }

  /** Leaves the room for good, or only this page when the room would have to ask for something again. */
  leave(): void {
    const mustAsk = this.room?.ask_first === true || this.room?.has_password === true;
    if (this.room && !mustAsk) this.signalling.send({ kind: 'leave' });
    this.close();
  }

  close(): void {
    clearInterval(this.timer);
    this.signalling.close();
    this.peer?.close();
    this.peer = null;
    this.playout.close();
  }

  private greeting(): ClientMessage {
    return {
      kind: 'join',
      version: VERSION,
      code: this.code,
      password: this.password || null,
      device: { form: thisForm(), name: this.name || null },
      device_key: this.key,
      resume: this.resume,
      hide_address: this.hide_address,
    };
  }

  private heard(message: ServerMessage): void {
    switch (message.kind) {
      case 'join':
        this.me = message.member.id;
        return this.move('wait');
      case 'joined':
        return message.welcome ? this.welcomed(message.welcome) : this.casterCame(message.member);
      case 'offer':
        return this.offered(message.from, message.sdp);
      case 'candidate':
        if (message.from === this.caster) this.peer?.candidate(message.candidate, message.mid ?? null);
        return;
      case 'restart':
        this.servers = message.ice_servers;
        return this.peer?.renewServers(message.ice_servers);
      case 'leave':
        return this.left(message.member, message.reason, message.until ?? null);
      case 'session':
        return this.session.heard(message);
      // An error concerns one message, such as to a caster that just went.
      default:
    }
  }

  private welcomed(welcome: Welcome): void {
    const isBack = this.resume !== null;
    this.me = welcome.you.id;
    this.room = welcome.room;
    this.code = welcome.room.code;
    this.servers = welcome.ice_servers;
    this.session.welcomed(welcome);
    this.resume = welcome.resume;
    this.is_alone = false;
    this.is_room_gone = false;
    keepResume(this.code, welcome.resume);
    const caster = welcome.members.find((member) => member.role === 'caster');
    if (!caster) return this.casterGone();
    this.away_until = null;
    this.meet(caster.id);
    // The caster knows us from before and waits for us to ask.
    if (isBack && !this.peer?.isWorking) this.signalling.send({ kind: 'restart', to: caster.id });
  }

  private casterCame(member: Member): void {
    if (member.role !== 'caster') return;
    this.away_until = null;
    this.meet(member.id);
  }

  private meet(caster: string): void {
    if (this.caster !== caster || this.peer === null) {
      this.peer?.close();
      this.caster = caster;
      this.peer = this.newPeer(caster);
    }
    if (!this.peer.isWorking) this.move('admitted');
  }

  private newPeer(caster: string): PeerListener {
    return new PeerListener(
      { caster, fragment: this.fragment, matched: this.matched, ice_servers: this.servers, relay_only: this.hide_address },
      {
        send: (message) => void this.signalling.send(message),
        stage: (stage) => this.reached(stage),
        path: (state) => this.pathChanged(state),
        track: (track, receiver) => {
          this.before = null;
          this.playout.attach(track, receiver);
        },
        badge: (badge) => this.badgeChanged(badge),
        message: (message) => this.told(message),
        matched: (fingerprint) => (this.matched = fingerprint),
        refused: (fault) => this.refuse(this.matched ? { why: 'changed' } : { why: 'fingerprint', fault }),
      },
    );
  }

  /** Only the member that the server named as the caster may offer. */
  private offered(from: string, sdp: string): void {
    if (from === this.caster) this.peer?.offered(sdp);
  }

  private reached(stage: Stage): void {
    if (stage !== 'ready') return this.move(stage);
    this.move('connected');
    if (this.is_wanted) this.move('tapped');
  }

  private pathChanged(state: PathState): void {
    this.keeper.observe(state, performance.now());
    if (state !== 'good') return;
    this.lost_at = null;
    this.reached('ready');
  }

  private told(message: PeerMessage): void {
    if (message.t === 'now') this.now = { title: message.title, paused: message.paused, kind: message.kind };
    if (message.t === 'volume') {
      this.trim = message.gain;
      this.applyVolume();
    }
  }

  private badgeChanged(badge: Badge): void {
    this.badge = badge;
    if (badge.tier === 'differ') this.refuse({ why: 'differ', how: badge.why });
  }

  /** Not let in, or not asked to be: the person decides what comes next. */
  private stand(refusal: Refusal): void {
    this.refusal = refusal;
    this.move('refuse');
  }

  /** Somebody is not who they should be: no sound, and no second try by itself. */
  private refuse(refusal: Refusal): void {
    this.refusal = refusal;
    this.is_wanted = false;
    this.playout.pause();
    this.move('refuse');
    keepResume(this.code, null);
    this.resume = null;
    const { peer, signalling } = this;
    this.peer = null;
    this.stopPeer();
    // The host is told on the data channel that the words differ: let that leave first.
    setTimeout(() => {
      peer?.close();
      signalling.send({ kind: 'leave' });
      signalling.close();
    }, LAST_WORDS_MS);
  }

  private left(member: string, reason: Goodbye, until: number | null): void {
    if (member === this.me) {
      this.session.over(reason === 'session-over' ? until : null);
      return this.sentAway(reason);
    }
    if (member !== this.caster) return;
    if (reason === 'away') this.away_until = until;
    else this.casterGone();
  }

  /** The caster left the server's sight. What still plays goes on. */
  private casterGone(): void {
    this.away_until = null;
    this.caster = null;
    if (this.peer?.isWorking) return;
    this.stopPeer();
    this.move('alone');
  }

  private sentAway(reason: Goodbye): void {
    this.goodbye = reason;
    this.is_wanted = false;
    this.stopPeer();
    this.playout.pause();
    keepResume(this.code, null);
    this.resume = null;
    this.signalling.close();
    this.move('leave');
  }

  private refusedGreeting(failure: Failure): void {
    const remedy = remedyFor(failure.code, this.resume !== null);
    if (remedy !== 'later') {
      this.resume = null;
      keepResume(this.code, null);
    }
    if (remedy === 'anew') return this.signalling.greetAgain();
    const wait_s = failure.retry_after_s ?? null;
    const isOutside = this.state === 'hello' || this.state === 'waiting-approval';
    if (isOutside || (remedy === 'closed' && !this.peer?.isWorking)) {
      this.stopPeer();
      const retry_at = wait_s === null ? null : Date.now() + wait_s * 1000;
      return this.stand({ why: failure.code, retry_at, reference: failure.reference ?? null });
    }
    if (remedy === 'closed') return this.roomGone();
    this.is_alone = true;
    this.signalling.greetLater(wait_s);
  }

  /** The room can't be entered any more. What plays goes on. */
  private roomGone(): void {
    this.signalling.close();
    this.is_alone = false;
    this.is_room_gone = true;
  }

  private socketChanged(state: SocketState): void {
    if (state === 'waiting') this.is_alone = true;
    if (state === 'open' && this.room === null) this.is_alone = false;
  }

  private socketEnded(end: SocketEnd): void {
    const isOver = this.state === 'left' || this.state === 'refused';
    // What plays goes on without a server, unless another tab plays it now.
    if (isOver || (this.peer?.isWorking && end !== 'replaced')) return;
    this.playout.pause();
    this.stopPeer();
    this.stand({ why: end, retry_at: null, reference: null });
  }

  private tick(): void {
    this.ticks += 1;
    const now = performance.now();
    this.watchPath(now);
    const order = this.keeper.due(now);
    this.lost_at = this.keeper.since;
    if (order !== 'nothing') this.recover(order);
    if (this.ticks % REPORT_EVERY_TICKS === 0) void this.measure(now);
  }

  /** A path may be lost without any event: when a connection could not even be begun. */
  private watchPath(now: number): void {
    if (this.peer?.isConnected) return;
    if (this.state === 'ready' || this.state === 'playing') this.keeper.observe('disturbed', now);
    if (this.state === 'authorised' || this.state === 'ice' || this.state === 'dtls') this.keeper.observe('slow', now);
  }

  private recover(order: 'restart' | 'rejoin'): void {
    if (this.is_room_gone) return this.sentAway('ended');
    if (!this.peer?.isConnected) this.move('lost');
    if (this.caster === null) {
      this.stopPeer();
      return this.move('alone');
    }
    if (order === 'restart') {
      this.signalling.send({ kind: 'restart', to: this.caster });
      return;
    }
    this.stopPeer();
    this.move('ask');
    this.signalling.renew();
  }

  private async measure(now: number): Promise<void> {
    const snapshot = (await this.peer?.snapshot(now)) ?? null;
    const before = this.before;
    this.before = snapshot;
    if (!snapshot?.path || !before || before.packets > snapshot.packets) return;
    this.report = reportBetween(before, snapshot, this.state === 'playing');
    this.peer?.say({ t: 'stats', ...this.report });
    this.peer?.ping();
    this.learnBaseline(bufferMs(before, snapshot));
  }

  /** The delay that this path has by itself: `jitterBufferTarget` is a minimum, so a nudge comes on top of it. */
  private learnBaseline(buffer_ms: number): void {
    if (this.state !== 'playing' || this.baseline.length >= BASELINE_REPORTS) return;
    this.baseline.push(buffer_ms);
    if (this.baseline.length === BASELINE_REPORTS) this.applyNudge();
  }

  private applyNudge(): void {
    if (this.baseline.length < BASELINE_REPORTS) return;
    const own = Math.min(...this.baseline);
    this.playout.setDelay(this.nudge_ms === 0 ? 0 : Math.round(own + this.nudge_ms));
  }

  private applyVolume(): void {
    const wanted = this.is_muted ? 0 : this.volume * this.trim;
    this.can_set_volume = this.playout.setVolume(wanted);
  }

  private stopPeer(): void {
    this.keeper.observe('good', performance.now());
    this.lost_at = null;
    this.peer?.close();
    this.peer = null;
    this.before = null;
    this.report = null;
    this.badge = { tier: 'checking' };
    this.baseline = [];
  }

  private move(event: ListenerEvent): void {
    this.state = nextListenerState(this.state, event);
  }
}
