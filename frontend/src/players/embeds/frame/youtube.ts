/** Runs in `/embed/youtube`: YouTube's player, told what to do by the page and telling it where it is. */
import type { FrameCommand, FrameState } from '../protocol';
import { fill, onCommand, say } from './page-link';
import { HOST, loadYoutube, type YoutubeApi, type YoutubePlayer } from './youtube-api';

/** How often the player is asked where it is. */
const POLL_MS = 50;
const STATES = new Map<number, FrameState>([
  [-1, 'unstarted'],
  [0, 'ended'],
  [1, 'playing'],
  [2, 'paused'],
  [3, 'buffering'],
  [5, 'cued'],
]);
/** In these, the same recording goes on from elsewhere without being loaded anew. */
const UNDER_WAY: readonly FrameState[] = ['playing', 'paused', 'buffering'];

class Desk {
  private id = '';
  private told: FrameState | null = null;
  private readonly player: YoutubePlayer;

  constructor(api: YoutubeApi) {
    this.player = new api.Player('player', {
      host: HOST,
      width: '100%',
      height: '100%',
      playerVars: { autoplay: 0, controls: 1, disablekb: 1, fs: 1, playsinline: 1, rel: 0, origin: location.origin },
      events: {
        onReady: () => this.begin(),
        onStateChange: ({ data }) => this.tell(STATES.get(data)),
        onError: ({ data }) => say({ say: 'fault', fault: { code: data } }),
        onAutoplayBlocked: () => say({ say: 'fault', fault: 'needs-tap' }),
      },
    });
  }

  private begin(): void {
    onCommand((command) => this.obey(command));
    setInterval(() => this.look(), POLL_MS);
    say({ say: 'here' });
  }

  private obey(command: FrameCommand): void {
    const { player } = this;
    switch (command.do) {
      case 'cue':
        this.id = command.id;
        // It may be in that state already, and is waited for.
        this.told = null;
        return player.cueVideoById(videoOf(command));
      case 'start':
        return this.start(command);
      case 'play':
        return player.playVideo();
      case 'pause':
        return player.pauseVideo();
      case 'seek':
        return player.seekTo(command.position_ms / 1000, true);
      case 'volume':
        player.unMute();
        return player.setVolume(command.percent);
    }
  }

  private start(command: { id: string; position_ms: number }): void {
    const state = STATES.get(this.player.getPlayerState());
    const isUnderWay = command.id === this.id && state !== undefined && UNDER_WAY.includes(state);
    this.id = command.id;
    if (!isUnderWay) return this.player.loadVideoById(videoOf(command));
    this.player.seekTo(command.position_ms / 1000, true);
    this.player.playVideo();
  }

  private look(): void {
    const state = STATES.get(this.player.getPlayerState());
    if (state !== this.told) this.tell(state);
    if (state !== 'playing') return;
    const at_ms = performance.timeOrigin + performance.now();
    say({ say: 'place', position_ms: Math.max(0, this.player.getCurrentTime() * 1000), at_ms });
  }

  private tell(state: FrameState | undefined): void {
    if (state === undefined) return;
    this.told = state;
    const duration_s = this.player.getDuration();
    say({ say: 'state', state, duration_ms: duration_s > 0 ? Math.round(duration_s * 1000) : null });
  }
}

function videoOf({ id, position_ms }: { id: string; position_ms: number }): { videoId: string; startSeconds: number } {
  return { videoId: id, startSeconds: position_ms / 1000 };
}

fill();
loadYoutube().then(
  (api) => new Desk(api),
  () => say({ say: 'fault', fault: 'unreachable' }),
);
