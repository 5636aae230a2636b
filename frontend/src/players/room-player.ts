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

export class RoomPlayer implements Player {
  private active: Player;
  private source: Playable | null = null;
  /** What follows, and in which player it waits. */
  private next: { source: Playable; player: Player } | null = null;
  /** When it follows, once that is told. */
  private following: { position_ms: number; at_ms: number } | null = null;
  private events: PlayerEvents | null = null;
  private isPlaying = false;
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
    if (this.world.handsOver && player === this.world.own) {
      // Ready for the moment when the page is hidden: then there is no time to load.
      await this.world.element.load(source).catch(() => undefined);
    }
    return loaded;
  }

  async prepare(source: Playable): Promise<Loaded> {
    this.dropNext();
    const { player, loaded } = await this.first(source, (one) => {
      const isSame = one === this.active && one.prepare !== undefined;
      return isSame ? (one.prepare?.(source) ?? one.load(source)) : one.load(source);
    });
    this.next = { source, player };
    return loaded;
  }

  play(position_ms: number, at_ms: number): void {
    this.cancelChange();
    this.following = null;
    this.isPlaying = true;
    this.active.play(position_ms, at_ms);
  }

  pause(): void {
    this.cancelChange();
    this.following = null;
    this.isPlaying = false;
    for (const player of this.known) player.pause();
  }

  seek(position_ms: number): void {
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
      this.active = next.player;
      if (active !== next.player) active.pause();
    };
    if (next.player === active) active.follow?.(position_ms, at_ms);
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
      stalled: () => isActive() && !this.mustHandOver() && this.events?.stalled(),
      resumed: () => isActive() && this.events?.resumed(),
      fault: (fault) => isActive() && this.events?.fault(fault),
    });
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
    const heard = from.position();
    this.cancelChange();
    this.active = to;
    if (heard) to.play(heard.position_ms, heard.at_ms);
    from.pause();
    void this.moveNext(to);
  }

  /** What follows waits in the player that was left: it comes along. */
  private async moveNext(to: Player): Promise<void> {
    const { next } = this;
    if (!next || next.player === to || next.source.kind === 'embed') return;
    const isThere = await to.prepare?.(next.source).then(
      () => true,
      () => false,
    );
    if (this.next !== next || !isThere) return;
    this.next = { source: next.source, player: to };
    if (this.following) this.follow(this.following.position_ms, this.following.at_ms);
  }

  private dropNext(): void {
    this.next = null;
    this.following = null;
  }

  private async takeBack(source: Playable): Promise<void> {
    const { own } = this.world;
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
