/**
 * The player that a room page holds: it picks the closest player for each source, falls back to the next one, and hands
 * over to an element while the page is hidden, because phones stop everything else when they lock.
 */
import { type Heard, type Loaded, type Playable, type Player, type PlayerClass, type PlayerEvents, PlayerFault } from './player';

export interface RoomPlayerWorld {
  own: Player;
  element: Player;
  /** The player of a service, where it may be used. */
  embed(service: string): Player | null;
  /** Whether this device silences a hidden page. */
  handsOver: boolean;
  isHidden(): boolean;
  /** Tells when the page was hidden or shown. */
  onVisibility(run: () => void): () => void;
  later(run: () => void, ms: number): () => void;
  now(): number;
}

/** What follows, and in which player it waits. */
interface Next {
  source: Playable;
  player: Player;
  /** Behind what that player holds, which plays or stands by. */
  isBehind: boolean;
  duration_ms: number | null;
}

export class RoomPlayer implements Player {
  private active: Player;
  private source: Playable | null = null;
  private duration_ms: number | null = null;
  private next: Next | null = null;
  /** When it follows, once that is told. */
  private following: { position_ms: number; at_ms: number } | null = null;
  private events: PlayerEvents | null = null;
  private isPlaying = false;
  /** Where to be and when, as it was told last: what counts while nothing is heard. */
  private told: Heard | null = null;
  /** The player that is left ran dry: phones stop it before they say that the page is hidden. */
  private isStalled = false;
  private loudness = 1;
  private readonly known = new Set<Player>();
  private readonly stopWatching: () => void;
  private cancelChange: () => void = () => {};

  constructor(private readonly world: RoomPlayerWorld) {
    this.active = world.own;
    this.meet(world.own);
    this.meet(world.element);
    this.stopWatching = world.onVisibility(() => void this.visibilityChanged());
  }

  get precision(): PlayerClass {
    return this.active.precision;
  }

  get service(): string {
    return this.active.service ?? '';
  }

  on(events: PlayerEvents): void {
    this.events = events;
  }

  async unlock(): Promise<boolean> {
    // All in the same tap: after the first `await` it may not count any more.
    const outcomes = await Promise.all([...this.known].map((player) => player.unlock?.() ?? true));
    return outcomes.every((isUnlocked) => isUnlocked);
  }

  async load(source: Playable): Promise<Loaded> {
    this.pause();
    this.dropNext();
    this.source = source;
    const { player, loaded } = await this.first(source, (one) => one.load(source));
    if (this.source !== source) throw new PlayerFault('gone');
    this.active = player;
    this.duration_ms = loaded.duration_ms;
    await this.standBy();
    return loaded;
  }

  async prepare(source: Playable): Promise<Loaded> {
    this.dropNext();
    let isBehind = false;
    const { player, loaded } = await this.first(source, (one) => {
      isBehind = this.isNeeded(one) && one.prepare !== undefined;
      return isBehind ? (one.prepare?.(source) ?? one.load(source)) : one.load(source);
    });
    this.next = { source, player, isBehind, duration_ms: loaded.duration_ms };
    return loaded;
  }

  play(position_ms: number, at_ms: number): void {
    this.cancelChange();
    // It may have been told to begin by itself.
    if (this.following && this.next?.player !== this.active) this.next?.player.pause();
    this.following = null;
    this.isPlaying = true;
    this.isStalled = false;
    this.told = { position_ms, at_ms };
    const { own, element } = this.world;
    if (this.active === own && this.mustHandOver()) {
      // Hidden while it was waited for.
      this.active = element;
      own.pause();
      void this.moveNext(element);
    }
    this.active.play(position_ms, at_ms);
  }

  pause(): void {
    this.cancelChange();
    this.following = null;
    this.isPlaying = false;
    this.isStalled = false;
    this.told = null;
    for (const player of this.known) player.pause();
  }

  seek(position_ms: number): void {
    if (this.told) this.told = { position_ms, at_ms: this.world.now() };
    this.active.seek(position_ms);
  }

  follow(position_ms: number, at_ms: number): void {
    const { next, active } = this;
    if (!next) return;
    this.isPlaying = true;
    this.cancelChange();
    this.following = { position_ms, at_ms };
    const arrive = () => {
      this.dropNext();
      this.source = next.source;
      this.duration_ms = next.duration_ms;
      this.told = { position_ms, at_ms };
      this.active = next.player;
      if (active !== next.player) active.pause();
      void this.standBy();
    };
    if (next.isBehind) next.player.follow?.(position_ms, at_ms);
    else next.player.play(position_ms, at_ms);
    this.cancelChange = this.world.later(arrive, Math.max(0, at_ms - this.world.now()));
  }

  position(): Heard | null {
    return this.active.position();
  }

  rate(permille: number): void {
    this.active.rate?.(permille);
  }

  volume(level: number): boolean {
    this.loudness = level;
    const stuck = [...this.known].map((player) => ({ player, isStuck: player.volume?.(level) ?? false }));
    return stuck.find((one) => one.player === this.active)?.isStuck ?? false;
  }

  level(): number | null {
    return this.active.level?.() ?? null;
  }

  release(): void {
    this.pause();
    this.dropNext();
    this.source = null;
    for (const player of this.known) player.release?.();
  }

  close(): void {
    this.cancelChange();
    this.stopWatching();
    this.events = null;
    for (const player of this.known) player.close();
  }

  private meet(player: Player): void {
    if (this.known.has(player)) return;
    this.known.add(player);
    player.volume?.(this.loudness);
    const isActive = () => player === this.active && this.isPlaying;
    player.on({
      ended: () => isActive() && this.events?.ended(),
      stalled: () => isActive() && !this.mustHandOver() && this.stalled(),
      resumed: () => isActive() && this.resumed(),
      fault: (fault) => isActive() && this.events?.fault(fault),
    });
  }

  private stalled(): void {
    this.isStalled = true;
    this.events?.stalled();
  }

  private resumed(): void {
    this.isStalled = false;
    this.events?.resumed();
  }

  /** Makes the element ready for the moment when the page is hidden: then there is no time to load. */
  private async standBy(): Promise<void> {
    const { own, element, handsOver } = this.world;
    const { source } = this;
    if (handsOver && source && this.active === own) await element.load(source).catch(() => undefined);
  }

  /** Whether what `player` holds is still needed: it plays, or stands by. */
  private isNeeded(player: Player): boolean {
    const { own, element, handsOver } = this.world;
    return player === this.active || (handsOver && player === element && this.active === own);
  }

  /** The players that may do, the closest first. */
  private candidates(source: Playable): Player[] {
    const { own, element, embed } = this.world;
    if (source.kind === 'embed') {
      const player = embed(source.service);
      if (player) this.meet(player);
      return player ? [player] : [];
    }
    return source.kind === 'address' || this.mustHandOver() ? [element] : [own, element];
  }

  private async first(source: Playable, load: (player: Player) => Promise<Loaded>): Promise<{ player: Player; loaded: Loaded }> {
    const faults: PlayerFault[] = [];
    for (const player of this.candidates(source)) {
      try {
        return { player, loaded: await load(player) };
      } catch (error) {
        if (!(error instanceof PlayerFault)) throw error;
        faults.push(error);
        if (error.reason === 'gone') break;
      }
    }
    throw verdict(source, faults);
  }

  private mustHandOver(): boolean {
    return this.world.handsOver && this.world.isHidden();
  }

  private async visibilityChanged(): Promise<void> {
    const { own, element } = this.world;
    const { source } = this;
    if (!this.world.handsOver || !this.isPlaying || !source) return;
    if (this.mustHandOver() && this.active === own) this.handOver(element);
    if (!this.mustHandOver() && this.active === element && this.candidates(source).includes(own)) await this.takeBack(source);
  }

  private handOver(to: Player): void {
    const from = this.active;
    const start = from.position() ?? this.wanted();
    this.cancelChange();
    this.active = to;
    if (start) to.play(start.position_ms, start.at_ms);
    from.pause();
    void this.moveNext(to);
    if (this.isStalled) this.resumed();
  }

  /** Where to be by what was told; `null` when that is over. */
  private wanted(): Heard | null {
    const { told, duration_ms } = this;
    if (!told || duration_ms === null) return told;
    const passed_ms = Math.max(0, this.world.now() - told.at_ms);
    return told.position_ms + passed_ms < duration_ms ? told : null;
  }

  /** What follows waits in the player that was left: it comes along. */
  private async moveNext(to: Player): Promise<void> {
    const { next } = this;
    if (!next || next.source.kind === 'embed') return;
    if (next.player !== to) {
      const isThere = await to.prepare?.(next.source).then(
        () => true,
        () => false,
      );
      if (this.next !== next) return;
      if (isThere) this.next = { ...next, player: to, isBehind: true };
      // Nothing is heard of it in there now.
      else if (to === this.world.element) return;
    }
    // To go over stopped what was told to follow.
    if (this.following) this.follow(this.following.position_ms, this.following.at_ms);
  }

  private dropNext(): void {
    this.next = null;
    this.following = null;
  }

  private async takeBack(source: Playable): Promise<void> {
    const { own } = this.world;
    // What follows waits there, and would be let go.
    if (this.next?.player === own) return;
    const loaded = await Promise.all([own.unlock?.() ?? true, own.load(source)]).catch(() => null);
    if (loaded?.[0] === true && this.source === source && this.isPlaying && !this.mustHandOver()) this.handOver(own);
  }
}

/** What to say when no player could. */
function verdict(source: Playable, faults: readonly PlayerFault[]): PlayerFault {
  const [first, last] = [faults[0], faults.at(-1)];
  if (!first || !last) return new PlayerFault('unsupported-format');
  // Browsers do not say whether a site keeps it for itself, or sent something that is no sound.
  if (source.kind === 'address' && last.reason === 'unsupported-format') return new PlayerFault('not-allowed', { cause: last });
  return last.reason === 'unsupported-format' && first.reason !== 'too-long' ? first : last;
}
