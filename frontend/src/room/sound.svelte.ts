/** The sound of a room on this device: the clock, the player that follows the room, and what is said of both. */
import { later, openRoomPlayer } from '../players/browser';
import { Follower, type FollowerReadout } from '../players/follower';
import { clampNudge, readNudge, writeNudge } from '../players/nudge';
import type { Playable, Player } from '../players/player';
import { roomTimeOf } from '../players/sync-port';
import type { RoomState } from './room.svelte';
import { TimeKeeper } from './time-keeper';
import type { Item, Playback, Shared } from './wire';

export interface SoundPorts {
  /** What to play an item from; `null` where there is nothing. */
  source(item: Item): Promise<Playable | null>;
  /** The player of a service, once the person has allowed it. */
  embed(service: string): Player | null;
}

const SILENT: FollowerReadout = { class: 'own-audio', state: { is: 'idle' }, shown: { is: 'measuring' }, p95_ms: null };

export class RoomSound {
  readout = $state.raw<FollowerReadout>(SILENT);
  /** The person pressed Listen: sound is wanted whenever there is some. */
  is_wanted = $state(false);
  volume = $state(1);
  is_muted = $state(false);
  can_set_volume = $state(true);
  nudge_ms = $state(0);
  private readonly keeper: TimeKeeper;
  private readonly player;
  private readonly follower: Follower;

  constructor(
    private readonly room: RoomState,
    ports: SoundPorts,
  ) {
    this.keeper = new TimeKeeper({ send: (bytes) => room.sendFrame(bytes), unanswered: () => room.unanswered(), now: () => performance.now(), later });
    this.player = openRoomPlayer(ports.embed);
    this.follower = new Follower({
      player: this.player,
      time: roomTimeOf(this.keeper.clock, () => this.keeper.rtt_ms()),
      source: async (id) => {
        const item = itemsOf(room.shared).find((one) => one.id === id);
        return item ? ports.source(item) : null;
      },
      say: (said) => void room.say(said),
      changed: (readout) => (this.readout = readout),
      now: () => performance.now(),
      later,
    });
    this.nudge(readNudge());
    room.onframe = (bytes) => this.keeper.heard(bytes);
    room.onentered = () => this.entered();
    room.onout = () => this.silence();
    if (room.phase === 'inside') this.entered();
  }

  /** Call it in the tap. */
  listen(): void {
    this.is_wanted = true;
    void this.follower.listen().then((isHeard) => {
      this.is_wanted = isHeard;
      this.applyVolume();
    });
  }

  silence(): void {
    this.is_wanted = false;
    this.follower.silence();
  }

  /** What the room plays now. */
  follow(playback: Playback, shared: Shared): void {
    this.follower.follow(playback, itemsOf(shared));
  }

  /** Something that could not be played may be there now. */
  retry(item?: string): void {
    this.follower.retry(item);
  }

  /** Where the room is in what is on, in ms. */
  position(playback: Playback): number {
    if (playback.phase === 'idle') return 0;
    if (playback.phase !== 'playing') return playback.position_ms;
    const now_ms = this.keeper.room_ms();
    return playback.position_ms + (now_ms === null ? 0 : Math.max(0, now_ms - playback.start_at));
  }

  setVolume(volume: number): void {
    this.volume = Math.min(1, Math.max(0, volume));
    this.is_muted = false;
    this.applyVolume();
  }

  /** 0 to 1 at this moment; `null` where the sound cannot be looked at. */
  level(): number | null {
    return this.player.level();
  }

  /** Something that was allowed is so no more. */
  reload(): void {
    this.follower.reload();
  }

  mute(is_muted: boolean): void {
    this.is_muted = is_muted;
    this.applyVolume();
  }

  nudge(later_ms: number): void {
    this.nudge_ms = clampNudge(later_ms);
    writeNudge(this.nudge_ms);
    this.follower.nudge(this.nudge_ms);
  }

  close(): void {
    this.room.onframe = null;
    this.room.onentered = null;
    this.room.onout = null;
    this.keeper.close();
    this.follower.close();
  }

  private entered(): void {
    this.keeper.entered();
    this.follower.reconnected();
  }

  private applyVolume(): void {
    this.can_set_volume = this.player.volume(this.is_muted ? 0 : this.volume);
  }
}

function itemsOf(shared: Shared | null): Item[] {
  return shared ? [...(shared.current ? [shared.current] : []), ...shared.queue] : [];
}
