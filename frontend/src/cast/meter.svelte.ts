/** Shows how loud a track is, twenty times a second. */
import { LEVEL_EVERY_MS, LevelTracker, type LevelView } from './level';

const SILENT: LevelView = { level: 0, peak: 0, is_silent: false };

export class Meter {
  view = $state.raw<LevelView>(SILENT);
  private stop: () => void = () => {};

  /** Watches `track` until another one, or none, takes its place. */
  watch(track: MediaStreamTrack | null, context: AudioContext): void {
    this.stop();
    this.view = SILENT;
    if (!track) return;
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    // 2048 samples are 43 ms at 48 kHz: no moment between two looks is missed by much.
    analyser.fftSize = 2048;
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const tracker = new LevelTracker(performance.now());
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.view = tracker.observe(loudest(samples), performance.now());
    }, LEVEL_EVERY_MS);
    this.stop = () => {
      clearInterval(timer);
      source.disconnect();
    };
  }
}

function loudest(samples: Float32Array): number {
  let top = 0;
  for (const sample of samples) top = Math.max(top, Math.abs(sample));
  return top;
}
