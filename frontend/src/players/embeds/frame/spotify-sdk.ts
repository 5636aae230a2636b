/** The parts of Spotify's documented Web Playback SDK that are used. */

export interface SpotifySdk {
  Player: new (options: { name: string; volume: number; getOAuthToken(give: (token: string) => void): void }) => SpotifyPlayer;
}

export type SpotifyError = 'initialization_error' | 'authentication_error' | 'account_error' | 'playback_error';

export interface SpotifyState {
  position: number;
  duration: number;
  paused: boolean;
  loading?: boolean;
}

export interface SpotifyPlayer {
  addListener(event: 'ready' | 'not_ready', run: (device: { device_id: string }) => void): void;
  addListener(event: SpotifyError, run: (error: { message: string }) => void): void;
  addListener(event: 'autoplay_failed', run: () => void): void;
  connect(): Promise<boolean>;
  disconnect(): void;
  activateElement(): Promise<void>;
  getCurrentState(): Promise<SpotifyState | null>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  seek(position_ms: number): Promise<void>;
  setVolume(level: number): Promise<void>;
}

declare global {
  interface Window {
    Spotify?: SpotifySdk;
    onSpotifyWebPlaybackSDKReady?: () => void;
  }
}

const LOADER = 'https://sdk.scdn.co/spotify-player.js';

/** Rejects when the script does not come. */
export function loadSpotify(): Promise<SpotifySdk> {
  return new Promise((resolve, reject) => {
    window.onSpotifyWebPlaybackSDKReady = () => (window.Spotify ? resolve(window.Spotify) : reject(new Error('the loader brought no player')));
    const script = document.createElement('script');
    script.src = LOADER;
    script.onerror = () => reject(new Error('the loader did not come'));
    document.head.append(script);
  });
}
