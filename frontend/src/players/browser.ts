/** The players of this browser. */
import { isHandheld, thisForm } from '../cast/device';
import { type ElementWorld, MediaElement } from './media-element';
import { OwnAudio, type OwnAudioWorld, SAMPLE_RATE } from './own-audio';
import { type Player } from './player';
import { RoomPlayer } from './room-player';
import { bytesOf } from './sources';

/** What a room page plays with. `embed` gives the player of a service, once the person has allowed it. */
export function openRoomPlayer(embed: (service: string) => Player | null = () => null): RoomPlayer {
  return new RoomPlayer({
    own: new OwnAudio(ownAudioWorld),
    element: new MediaElement(elementWorld),
    embed,
    handsOver: isHandheld(thisForm()),
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility(run) {
      document.addEventListener('visibilitychange', run);
      return () => document.removeEventListener('visibilitychange', run);
    },
    later,
    now: () => performance.now(),
  });
}

export function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

const ownAudioWorld: OwnAudioWorld = {
  open: () => new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'playback' }),
  bytes: bytesOf,
  length: lengthOf,
  // Needs no tap, and so can be done before one.
  decode: (bytes) => new OfflineAudioContext(2, 1, SAMPLE_RATE).decodeAudioData(bytes),
  now: () => performance.now(),
  every(run, ms) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

const elementWorld: ElementWorld = {
  create: () => new Audio(),
  fetch: async (source) => new Blob([await bytesOf(source, new AbortController().signal)]),
  url: (blob) => URL.createObjectURL(blob),
  revoke: (url) => URL.revokeObjectURL(url),
  now: () => performance.now(),
  later,
};

/** Headers are read in less, or not at all. */
const LENGTH_MS_MAX = 4000;

/** How long a sound is by its headers, in seconds; `null` when they do not tell. */
async function lengthOf(bytes: Blob): Promise<number | null> {
  const element = new Audio();
  const url = URL.createObjectURL(bytes);
  try {
    return await new Promise((resolve) => {
      element.onloadedmetadata = () => resolve(Number.isFinite(element.duration) ? element.duration : null);
      element.onerror = () => resolve(null);
      setTimeout(() => resolve(null), LENGTH_MS_MAX);
      element.preload = 'metadata';
      element.src = url;
    });
  } finally {
    element.removeAttribute('src');
    element.load();
    URL.revokeObjectURL(url);
  }
}
