/** A room as this page sees it: its shared state by the server's events, and what this person says to it. */
import { thisForm } from '../cast/device';
import { keepSession, sessionKey } from '../cast/free-session';
import { remedyFor } from '../cast/greeting';
import type { Refusal } from '../cast/refusal';
import { RoomSession } from '../cast/room-session.svelte';
import { Signalling, type SignallingWorld, type SocketEnd, type SocketState } from '../cast/signalling';
import { type ClientMessage, type Failure, type Goodbye, NAME_CHARS_MAX, type RoomView, type ServerMessage, VERSION, type Welcome } from '../cast/wire';
import { Additions } from './additions';
import { applied } from './apply';
import { Commands, type Guards, newCommandId, type Outcome } from './commands';
import { forgetRoom, keepName, keepRoom, keepSeat, keptName, keptSeat, knownKey, newKey } from './known-rooms';
import type { Grant, LeftBecause, Mine, Person, Preset, Reaction, RoomCommand, RoomEvent, RoomPosition, Shared, Snapshot } from './wire';

export type RoomPhase =
  /** Asks to come in. */
  | 'connecting'
  | 'inside'
  /** Not let in: the person decides what comes next. */
  | 'refused'
  /** Left, sent away, or over. */
  | 'gone';

/** How the room was left. */
export type Farewell = 'left' | 'kicked' | 'banned' | 'ended' | 'expired' | 'session-over';

/** What this page wants: a new room, or one that there is. */
export type Wish = { kind: 'create'; preset: Preset; saved?: string } | { kind: 'join'; code: string; invite: string | null };

/** Messages between two peers of this room: files go that way. */
export type PeerMessage = Extract<ServerMessage, { kind: 'offer' | 'answer' | 'candidate' | 'end-of-candidates' | 'restart' }>;

/** One reaction, as long as it is shown. */
export interface Shown {
  id: number;
  by: string;
  reaction: Reaction;
}

/** Reactions shown at once at most; in a full room the oldest goes. */
const SHOWN_MAX = 12;
const SHOWN_MS = 4000;

/** What the page does with news. Each is called once for each thing that happened while it was here. */
export interface RoomNews {
  /** `before` is the room as it was. */
  event(event: RoomEvent, before: Shared): void;
  /** The server can be reached, or not. */
  alone(is_alone: boolean): void;
}

export class RoomState {
  phase = $state<RoomPhase>('connecting');
  room = $state.raw<RoomView | null>(null);
  shared = $state.raw<Shared | null>(null);
  mine = $state.raw<Mine | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  farewell = $state<Farewell | null>(null);
  readonly session = new RoomSession();
  /** The server can't be reached at the moment. What plays goes on. */
  is_alone = $state(false);
  reactions = $state.raw<readonly Shown[]>([]);
  /** What this person wants to be called. */
  name = $state('');
  password = '';
  /** Told to the server: makes this browser the same person each time. */
  readonly key: string;
  /** This seat's name for signalling. */
  seat: string | null = null;
  ice_servers: Welcome['ice_servers'] = [];
  news: RoomNews | null = null;
  onpeer: ((message: PeerMessage) => void) | null = null;
  /** Binary frames: answers about the time. */
  onframe: ((bytes: ArrayBuffer) => void) | null = null;
  /** The socket is another one, so the way to the server may be another. */
  onentered: (() => void) | null = null;
  /** This page is in the room no more, and shows nothing by which its sound could be ended. */
  onout: (() => void) | null = null;
  /** What came in of what this person added. The room's word for it: it leaves out what is there already. */
  readonly additions = new Additions();
  private position: RoomPosition | null = null;
  /** The last event heard when something was missed. */
  private missedAfter: number | null = null;
  private resume: string | null = null;
  /** How this person was sent away, once an event said so. */
  private because: LeftBecause | null = null;
  private reactionsCount = 0;
  /** This person leaves: called when the server can't be reached for that. */
  private leaving: (() => void) | null = null;
  /** Who opens a room, its session is theirs. */
  private readonly isOpener: boolean;
  private readonly signalling: Signalling;
  private readonly commands: Commands;
  private readonly later: SignallingWorld['later'];

  constructor(
    private wish: Wish,
    world?: SignallingWorld,
  ) {
    this.later = world?.later ?? laterInBrowser;
    this.isOpener = wish.kind === 'create';
    this.name = keptName();
    this.key = (wish.kind === 'join' && knownKey(wish.code)) || newKey();
    this.resume = wish.kind === 'join' ? keptSeat(wish.code) : null;
    this.commands = new Commands({
      send: (said) => void this.signalling.send({ kind: 'command', ...said }),
      later: this.later,
      newId: newCommandId,
    });
    const events = {
      greeting: () => this.greeting(),
      message: (message: ServerMessage) => this.heard(message),
      frame: (bytes: ArrayBuffer) => this.onframe?.(bytes),
      refusedGreeting: (failure: Failure) => this.refusedGreeting(failure),
      state: (state: SocketState) => this.socketChanged(state),
      ended: (end: SocketEnd) => this.socketEnded(end),
    };
    this.signalling = new Signalling(events, world);
  }

  get code(): string {
    return this.room?.code ?? (this.wish.kind === 'join' ? this.wish.code : '');
  }

  get me(): Person | null {
    return this.shared?.people.find(({ id }) => id === this.mine?.person) ?? null;
  }

  /** Shows the server that this page has a seat here. */
  get token(): string {
    return this.resume ?? '';
  }

  begin(): void {
    this.signalling.connect();
  }

  /** Asks once more, with the password as it is now. */
  askAgain(): void {
    this.refusal = null;
    this.farewell = null;
    this.phase = 'connecting';
    this.signalling.greetAgain();
  }

  may(grant: Grant): boolean {
    return this.mine?.grants.includes(grant) ?? false;
  }

  async say(command: RoomCommand, guards?: Guards): Promise<Outcome> {
    const outcome = await this.commands.say(command, guards);
    // A pardon is no event: nothing changes for those who are here.
    if (command.do === 'pardon' && outcome.answer === 'ok' && this.shared) this.shared = { ...this.shared, banned: 0 };
    return outcome;
  }

  /** Says something to another peer of this room. */
  signal(message: ClientMessage): void {
    this.signalling.send(message);
  }

  sendFrame(bytes: ArrayBuffer): boolean {
    return this.signalling.sendFrame(bytes);
  }

  /** Nothing comes back from the server, though no socket has closed. */
  unanswered(): void {
    if (this.phase !== 'inside') return;
    this.setAlone(true);
    this.signalling.renew();
  }

  async rename(name: string): Promise<Outcome> {
    this.name = name.trim().slice(0, NAME_CHARS_MAX);
    keepName(this.name);
    return this.say({ do: 'rename', name: this.name });
  }

  networkChanged(): void {
    if (this.phase === 'inside') this.signalling.renew();
  }

  /** Gives up place, rank and votes. Nothing is heard any more at once, and nobody waits for a server that is away. */
  async leave(): Promise<void> {
    this.onout?.();
    const alone = new Promise<void>((resolve) => (this.leaving = resolve));
    if (!this.is_alone) await Promise.race([this.say({ do: 'leave' }), alone]);
    this.over('left');
  }

  /** Closes this page's seat. The person keeps their place for a while. */
  close(): void {
    this.news = null;
    this.commands.close();
    this.signalling.close();
  }

  private greeting(): ClientMessage {
    const device = { form: thisForm(), name: this.name || null };
    const common = { version: VERSION, device, device_key: this.key, password: this.password || null, hide_address: false };
    if (this.wish.kind === 'create') {
      const { preset, saved = null } = this.wish;
      return { kind: 'create', ...common, ask_first: false, queue: { preset, title: null }, session_key: sessionKey(Date.now()), saved };
    }
    const { code, invite } = this.wish;
    return { kind: 'join', ...common, code, follow: true, resume: this.resume, last: this.position, invite };
  }

  private heard(message: ServerMessage): void {
    switch (message.kind) {
      case 'created':
        return this.welcomed(message.welcome);
      case 'joined':
        return message.welcome ? this.welcomed(message.welcome) : undefined;
      case 'snapshot':
        return this.took(message);
      case 'events':
        return this.followed(message.epoch, message.events);
      case 'mine':
        this.mine = message;
        return;
      case 'reaction':
        return this.reacted(message.by, message.reaction);
      case 'answered':
        return this.commands.answered(message.cmd_id, message);
      case 'leave':
        if (message.member !== this.seat) return;
        if (message.reason === 'session-over') this.session.over(message.until ?? null);
        return this.over(this.farewellOf(message.reason));
      case 'session':
        this.session.heard(message);
        return this.keepSession();
      case 'doors':
        if (this.room) this.room = { ...this.room, has_password: message.has_password };
        return;
      case 'restart':
        this.ice_servers = message.ice_servers;
        return this.onpeer?.(message);
      case 'offer':
      case 'answer':
      case 'candidate':
      case 'end-of-candidates':
        return this.onpeer?.(message);
      case 'join':
      case 'error':
    }
  }

  private welcomed(welcome: Welcome): void {
    this.room = welcome.room;
    this.seat = welcome.you.id;
    this.resume = welcome.resume;
    this.ice_servers = welcome.ice_servers;
    this.session.welcomed(welcome);
    this.keepSession();
    this.refusal = null;
    // From here on a lost socket means: come back to this room.
    this.wish = { kind: 'join', code: welcome.room.code, invite: null };
    keepRoom({ code: welcome.room.code, key: this.key });
    keepSeat(welcome.room.code, welcome.resume);
    this.setAlone(false);
    this.phase = 'inside';
    this.commands.entered();
    this.onentered?.();
  }

  private keepSession(): void {
    if (this.isOpener) keepSession(this.session.current, this.key);
  }

  private took(snapshot: Snapshot): void {
    this.position = snapshot.position;
    this.shared = snapshot.state;
  }

  private followed(epoch: number, events: readonly RoomEvent[]): void {
    for (const event of events) {
      if (!this.shared || this.position?.epoch !== epoch || event.seq > this.position.seq + 1) return this.catchUp();
      if (event.seq <= this.position.seq) continue;
      const before = this.shared;
      this.shared = applied(before, event);
      this.position = { epoch, seq: event.seq };
      this.additions.heard(event);
      if (event.event === 'person-left' && event.person === this.mine?.person) this.because = event.because;
      this.news?.event(event, before);
      if (event.event === 'archived') return this.over('ended');
    }
  }

  /** Something was missed: come in again and be told from the last event on. */
  private catchUp(): void {
    const at = this.position?.seq ?? null;
    // Being told from there on did not help: take everything anew.
    if (at === this.missedAfter) this.position = null;
    this.missedAfter = at;
    this.signalling.renew();
  }

  private reacted(by: string, reaction: Reaction): void {
    const id = (this.reactionsCount += 1);
    this.reactions = [...this.reactions, { id, by, reaction }].slice(-SHOWN_MAX);
    this.later(() => (this.reactions = this.reactions.filter((shown) => shown.id !== id)), SHOWN_MS);
  }

  private farewellOf(reason: Goodbye): Farewell {
    if (reason === 'ended' || reason === 'expired' || reason === 'session-over') return reason;
    if (this.because === 'banned') return 'banned';
    return reason === 'left' ? 'left' : 'kicked';
  }

  private over(farewell: Farewell): void {
    if (this.phase === 'gone') return;
    this.farewell = farewell;
    this.phase = 'gone';
    keepSeat(this.code, null);
    // A banned person keeps the key, so that the ban and its end are theirs.
    if (farewell === 'ended' || farewell === 'expired') forgetRoom(this.code);
    this.commands.close();
    this.signalling.close();
    this.onout?.();
  }

  private refusedGreeting(failure: Failure): void {
    if (remedyFor(failure.code, this.resume !== null) === 'anew') {
      this.resume = null;
      keepSeat(this.code, null);
      return this.signalling.greetAgain();
    }
    const wait_s = failure.retry_after_s ?? null;
    const isBusy = failure.code === 'busy' || failure.code === 'server' || failure.code === 'too-many-tries';
    // Who was inside is not asked to do anything about a server that is in trouble.
    if (this.phase === 'inside' && isBusy) {
      this.setAlone(true);
      return this.signalling.greetLater(wait_s);
    }
    if (failure.code === 'ended' && this.room) return this.over('ended');
    const retry_at = wait_s === null ? null : Date.now() + wait_s * 1000;
    this.stand({ why: failure.code, retry_at, reference: failure.reference ?? null });
  }

  private stand(refusal: Refusal): void {
    this.refusal = refusal;
    this.phase = 'refused';
    this.onout?.();
  }

  private socketChanged(state: SocketState): void {
    if (state !== 'open') this.commands.lost();
    if (state === 'waiting') this.setAlone(true);
  }

  private socketEnded(end: SocketEnd): void {
    if (this.phase === 'gone' || this.phase === 'refused') return;
    this.stand({ why: end, retry_at: null, reference: null });
  }

  private setAlone(is_alone: boolean): void {
    if (this.is_alone === is_alone) return;
    this.is_alone = is_alone;
    if (is_alone) this.leaving?.();
    if (this.shared) this.news?.alone(is_alone);
  }
}

const laterInBrowser: SignallingWorld['later'] = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
