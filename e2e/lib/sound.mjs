// The ear: what really comes out of a page, left and right, by an analyser behind its playing element.
import { until } from './waits.mjs';

export const LEFT_HZ = 440;
export const RIGHT_HZ = 1000;
/** Root mean square of a tone at half volume is 0.35; far less than this is silence. */
export const RMS_MIN = 0.05;
/** The FFT's grain is 5.9 Hz at 48 kHz. */
const HZ_TOLERANCE = 12;
/** The other side's tone must be weaker by this much: 20 dB, a tenth. */
const BLEED_MAX = 0.1;

/** One look at both channels: strongest frequency, root mean square, and the share of each of the two tones. */
export function hear(page) {
  return page.evaluate(listen, [LEFT_HZ, RIGHT_HZ]);
}

/** Waits until 440 Hz comes from the left and 1000 Hz from the right, each without the other. */
export async function hearsBothTones(page, patience) {
  let last = null;
  await until(
    `${LEFT_HZ} Hz left and ${RIGHT_HZ} Hz right`,
    async () => {
      last = await hear(page);
      if (isBothTones(last)) return true;
      throw new Error(JSON.stringify(last));
    },
    patience,
  );
  return last;
}

export function isBothTones(heard) {
  return heard !== null && isTone(heard.left, LEFT_HZ, 0) && isTone(heard.right, RIGHT_HZ, 1);
}

function isTone({ hz, rms, tones }, wanted, place) {
  const other = tones[1 - place];
  return Math.abs(hz - wanted) <= HZ_TOLERANCE && rms > RMS_MIN && other < tones[place] * BLEED_MAX;
}

/** Starts to note when sound is missing. Ask for the sum with `continuity`. */
export async function watchForSilence(page) {
  await hear(page);
  await page.evaluate(noteSilence, RMS_MIN);
}

/** Since `watchForSilence`: the share of looks that found sound (0 to 1), and the longest time without, in ms. */
export function continuity(page) {
  return page.evaluate(() => {
    const { longest_ms, looks, heard } = window.silence;
    return { share: heard / looks, longest_ms: Math.round(longest_ms) };
  });
}

/** In the page. Null while nothing plays. */
async function listen([leftHz, rightHz]) {
  const playing = [...(window.playedElements ?? [])].filter(
    (element) => element.srcObject && element.currentTime > 0 && !element.paused && !element.muted && element.volume > 0,
  );
  const element = playing.at(-1);
  const track = element?.srcObject.getAudioTracks().find((one) => one.readyState === 'live');
  if (!track) return null;
  const ear = (window.ear ??= { context: new AudioContext({ sampleRate: 48_000 }), track: null });
  await ear.context.resume();
  if (ear.track !== track) {
    ear.source?.disconnect();
    const { context } = ear;
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const splitter = context.createChannelSplitter(2);
    const sides = [0, 1].map((side) => {
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      analyser.smoothingTimeConstant = 0;
      splitter.connect(analyser, side);
      return analyser;
    });
    source.connect(splitter);
    Object.assign(ear, { track, source, sides });
    // Half of the window must be of this track.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const [left, right] = ear.sides.map(reading);
  return { left, right };

  function reading(analyser) {
    const wave = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(wave);
    const decibels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(decibels);
    const grain = ear.context.sampleRate / analyser.fftSize;
    const near = (hz) => {
      const middle = Math.round(hz / grain);
      return 10 ** (Math.max(...decibels.slice(middle - 3, middle + 4)) / 20);
    };
    return {
      hz: Math.round(decibels.indexOf(Math.max(...decibels)) * grain),
      rms: Math.sqrt(wave.reduce((sum, one) => sum + one * one, 0) / wave.length),
      tones: [near(leftHz), near(rightHz)],
    };
  }
}

/** In the page: looks every 50 ms at the last 20 ms of both sides. */
function noteSilence(rmsMin) {
  const silence = { longest_ms: 0, looks: 0, heard: 0, since: null };
  window.silence = silence;
  const wave = new Float32Array(1024);
  setInterval(() => {
    silence.looks += 1;
    const isHeard = window.ear.sides.every((analyser) => {
      analyser.getFloatTimeDomainData(wave);
      return Math.sqrt(wave.reduce((sum, one) => sum + one * one, 0) / wave.length) > rmsMin;
    });
    const now = performance.now();
    if (isHeard) silence.heard += 1;
    if (isHeard) silence.since = null;
    else silence.since ??= now;
    if (silence.since !== null) silence.longest_ms = Math.max(silence.longest_ms, now - silence.since);
  }, 50);
}
