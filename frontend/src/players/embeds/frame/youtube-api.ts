/** The parts of YouTube's documented player that are used. */

export interface YoutubeApi {
  Player: new (element: string, options: YoutubeOptions) => YoutubePlayer;
}

export interface YoutubeOptions {
  host: string;
  width: string;
  height: string;
  playerVars: Record<string, string | number>;
  events: {
    onReady(): void;
    onStateChange(event: { data: number }): void;
    onError(event: { data: number }): void;
    onAutoplayBlocked(): void;
  };
}

export interface YoutubePlayer {
  cueVideoById(video: { videoId: string; startSeconds: number }): void;
  loadVideoById(video: { videoId: string; startSeconds: number }): void;
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  setVolume(percent: number): void;
  unMute(): void;
  getCurrentTime(): number;
  getDuration(): number;
  getPlayerState(): number;
}

declare global {
  interface Window {
    YT?: YoutubeApi;
    onYouTubeIframeAPIReady?: () => void;
  }
}

const LOADER = 'https://www.youtube.com/iframe_api';
/** Sets no cookie before something is played. */
export const HOST = 'https://www.youtube-nocookie.com';

/** Rejects when the script does not come. */
export function loadYoutube(): Promise<YoutubeApi> {
  return new Promise((resolve, reject) => {
    window.onYouTubeIframeAPIReady = () => (window.YT ? resolve(window.YT) : reject(new Error('the loader brought no player')));
    const script = document.createElement('script');
    script.src = LOADER;
    script.onerror = () => reject(new Error('the loader did not come'));
    document.head.append(script);
  });
}
