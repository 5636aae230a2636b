/** Where the caster's sound comes from: what this browser can do, and the capturing of a tab or a microphone. */
import type { SourceKind } from './channel';
import { isHandheld, thisForm } from './device';

export type SourceFault =
  /** The person closed the picker: nothing went wrong. */
  | 'cancelled'
  | 'no-audio'
  | 'denied'
  | 'no-device'
  | 'in-use'
  | 'bad-address'
  | 'mixed-content'
  | 'no-cors'
  | 'not-audio'
  | 'unreachable'
  | 'failed';

export class SourceError extends Error {
  constructor(readonly fault: SourceFault) {
    super(fault);
  }
}

/** A running source: one stereo track that peers send. */
export interface Source {
  readonly kind: SourceKind;
  readonly track: MediaStreamTrack;
  close(): void;
}

export interface Abilities {
  is_secure: boolean;
  is_handheld: boolean;
  has_display_capture: boolean;
  /** Firefox and Safari share the picture of a tab, never its sound. */
  has_tab_audio: boolean;
  has_microphone: boolean;
}

/** Why a source is not offered here; `null` when it is. */
export type Obstacle = 'insecure' | 'phone' | 'browser' | null;

export function obstacleTo(kind: SourceKind, can: Abilities): Obstacle {
  if (kind === 'file' || kind === 'address') return null;
  if (kind === 'tab' && can.is_handheld) return 'phone';
  if (!can.is_secure) return 'insecure';
  if (kind === 'tab') return can.has_display_capture && can.has_tab_audio ? null : 'browser';
  return can.has_microphone ? null : 'browser';
}

/** The defaults are for speech: one channel, echo, noise and gain "improved". They spoil music. */
const AS_IT_IS = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  channelCount: 2,
} satisfies MediaTrackConstraints;

type DisplayOptions = DisplayMediaStreamOptions & Record<string, unknown>;
type FocusController = { setFocusBehavior(behaviour: 'no-focus-change'): void };

/** Opens the browser's picker for a tab, a window or the screen, and keeps only the sound. */
export async function captureTab(): Promise<Source> {
  const controller = focusController();
  const options: DisplayOptions = {
    audio: AS_IT_IS,
    video: true,
    systemAudio: 'include',
    windowAudio: 'system',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    ...(controller ? { controller } : {}),
  };
  const stream = await navigator.mediaDevices.getDisplayMedia(options).catch((error: unknown) => {
    throw new SourceError(faultOf(error, 'cancelled'));
  });
  // The person stays on the page that shows the code.
  stayHere(controller);
  const [track] = stream.getAudioTracks();
  for (const picture of stream.getVideoTracks()) picture.stop();
  if (!track) throw new SourceError('no-audio');
  track.contentHint = 'music';
  return { kind: 'tab', track, close: () => track.stop() };
}

/** Records a microphone or line-in as it is: `device` from the list, or the browser's choice. */
export async function captureMicrophone(device: string | null): Promise<Source> {
  const audio = { ...AS_IT_IS, ...(device === null ? {} : { deviceId: { exact: device } }) };
  const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error: unknown) => {
    throw new SourceError(faultOf(error, 'denied'));
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new SourceError('no-audio');
  track.contentHint = 'music';
  return { kind: 'microphone', track, close: () => track.stop() };
}

export interface InputDevice {
  id: string;
  label: string;
}

/** The microphones and line-ins. Browsers name them only after one was allowed. */
export async function inputDevices(): Promise<InputDevice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices
    .filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

export function abilities(): Abilities {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const supported = (devices?.getSupportedConstraints?.() ?? {}) as Record<string, boolean>;
  return {
    is_secure: isSecureContext,
    is_handheld: isHandheld(thisForm()),
    has_display_capture: typeof devices?.getDisplayMedia === 'function',
    has_tab_audio: supported['suppressLocalAudioPlayback'] === true,
    has_microphone: typeof devices?.getUserMedia === 'function',
  };
}

/** What a refused capture means (Media Capture and Streams, section 10.2). */
export function faultOf(error: unknown, refused: 'cancelled' | 'denied'): SourceFault {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return refused;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-device';
  if (name === 'NotReadableError') return 'in-use';
  return 'failed';
}

function focusController(): FocusController | null {
  const Controller = (globalThis as { CaptureController?: new () => FocusController }).CaptureController;
  return Controller ? new Controller() : null;
}

function stayHere(controller: FocusController | null): void {
  try {
    controller?.setFocusBehavior('no-focus-change');
  } catch {
    // A whole screen has no focus to change.
  }
}
