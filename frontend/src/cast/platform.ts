/** The parts of the browser around the sound: the lock screen, the wake lock, the network. */

interface AudioSessionNavigator {
  audioSession?: { type: string };
}

/** Plays also when the ringer is off, where the browser knows the difference. */
export function playLikeMusic(): void {
  const { audioSession } = navigator as AudioSessionNavigator;
  if (audioSession) audioSession.type = 'playback';
}

export interface LockScreen {
  title: string;
  room: string;
  is_playing: boolean;
  play: () => void;
  pause: () => void;
}

/** What the lock screen and the media keys show and do. */
export function showOnLockScreen(lock: LockScreen): void {
  const session = navigator.mediaSession as MediaSession | undefined;
  if (!session) return;
  session.metadata = new MediaMetadata({ title: lock.title, artist: lock.room, album: 'Unisono' });
  session.playbackState = lock.is_playing ? 'playing' : 'paused';
  session.setActionHandler('play', lock.play);
  session.setActionHandler('pause', lock.pause);
  session.setActionHandler('stop', lock.pause);
}

export const canKeepScreenOn = (): boolean => 'wakeLock' in navigator;

/** Keeps the screen on until the returned function is called. Browsers let go when the page is hidden: it asks again. */
export function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isWanted = true;
  const ask = async () => {
    if (!isWanted || document.visibilityState !== 'visible' || !canKeepScreenOn()) return;
    lock = await navigator.wakeLock.request('screen').catch(() => null);
    if (!isWanted) await lock?.release();
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}

/** Tells when this device came to another network or back to one. */
export function onNetworkChange(run: () => void): () => void {
  const { connection } = navigator as { connection?: EventTarget };
  addEventListener('online', run);
  connection?.addEventListener('change', run);
  return () => {
    removeEventListener('online', run);
    connection?.removeEventListener('change', run);
  };
}

/** Whether this page itself came protected: over https, or from this very machine. */
export const isPageProtected = (): boolean => isSecureContext;

export const canListen = (): boolean => typeof RTCPeerConnection === 'function' && typeof WebSocket === 'function';
