/** Where a listener's sound comes out. One interface, so that a tighter one can take the element's place. */

export interface Playout {
  /** The remote track of a new connection. */
  attach(track: MediaStreamTrack, receiver: RTCRtpReceiver): void;
  /** Begins to be heard. Call it in the tap itself. False when the browser still wants a tap. */
  play(): Promise<boolean>;
  pause(): void;
  /** 0 to 1. False where the device's own buttons are the only volume. */
  setVolume(volume: number): boolean;
  /** At least this much delay, in ms; the network may need more. */
  setDelay(ms: number): void;
  /** How loud it is now, 0 to 1, without an AudioContext. `null` when the browser does not tell. */
  level(): number | null;
  readonly canChooseOutput: boolean;
  setOutput(device: string): Promise<void>;
  close(): void;
}

type SinkElement = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };
type DelayReceiver = RTCRtpReceiver & { jitterBufferTarget?: number | null };

/** Plays through an `<audio>` element: the one way that goes on when a phone locks. */
export class ElementPlayout implements Playout {
  private receiver: DelayReceiver | null = null;
  private delay_ms = 0;
  private isHeard = false;

  constructor(private readonly element: SinkElement) {}

  get canChooseOutput(): boolean {
    return typeof this.element.setSinkId === 'function';
  }

  attach(track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    // A stream of its own: Chromium never begins to play one that was empty when the element got it.
    this.element.srcObject = new MediaStream([track]);
    this.receiver = receiver;
    this.setDelay(this.delay_ms);
    if (this.isHeard) void this.play();
  }

  async play(): Promise<boolean> {
    this.isHeard = true;
    try {
      await this.element.play();
      return true;
    } catch (error) {
      // A new track interrupts the promise, not the playback.
      if (error instanceof DOMException && error.name === 'AbortError') return true;
      this.isHeard = false;
      return false;
    }
  }

  pause(): void {
    this.isHeard = false;
    this.element.pause();
  }

  setVolume(volume: number): boolean {
    this.element.volume = volume;
    return Math.abs(this.element.volume - volume) < 0.01;
  }

  setDelay(ms: number): void {
    this.delay_ms = ms;
    if (this.receiver && 'jitterBufferTarget' in this.receiver) this.receiver.jitterBufferTarget = ms;
  }

  level(): number | null {
    const levels = this.receiver?.getSynchronizationSources().map((source) => source.audioLevel ?? null) ?? [];
    return levels.reduce<number | null>((top, one) => (one === null ? top : Math.max(top ?? 0, one)), null);
  }

  async setOutput(device: string): Promise<void> {
    await this.element.setSinkId?.(device);
  }

  close(): void {
    this.element.pause();
    this.element.srcObject = null;
    this.receiver = null;
  }
}
