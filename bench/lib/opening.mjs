// From the QR code to the first sound, on a device that has been here before, and how many presses it takes.
import { Stage } from '../../e2e/lib/stage.mjs';
import { PHONE } from '../../e2e/lib/device.mjs';
import { PICKS_TONES_TAB, playsTonesInATab, roomOf, sourceCard, startsCasting, tapsListen } from '../../e2e/lib/people.mjs';
import { RMS_MIN } from '../../e2e/lib/sound.mjs';
import { until } from '../../e2e/lib/waits.mjs';
import { median } from './machine.mjs';
import { row } from './table.mjs';

const RUNS = 9;
const INTERACTIVE_MAX_S = 0.5;
const SOUND_MAX_S = 1;
const PRESSES_MAX = 3;

export async function figures() {
  const stage = new Stage({});
  try {
    return await opened(stage);
  } finally {
    await stage.close();
  }
}

async function opened(stage) {
  const server = await stage.server();
  const laptop = await stage.device('laptop', { args: [PICKS_TONES_TAB] });
  const phone = await stage.device('phone', { context: { viewport: PHONE, hasTouch: true, isMobile: true } });
  await phone.context.addInitScript(watch, RMS_MIN);
  await playsTonesInATab(stage, laptop);
  const page = await startsCasting(laptop, server);
  await laptop.press(sourceCard(page, 'tab'));
  const { link } = await roomOf(page);
  // The first visit fills the cache, and is the one whose presses count.
  await visit(phone, link);
  const presses = laptop.presses + phone.presses;
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(phone, link));
  const [interactive, sound] = ['interactive_ms', 'sound_ms'].map((name) => visits.map((one) => one[name] / 1000));
  return [
    row('presses from Home to sound on the second device', presses, '', { goal_max: PRESSES_MAX }),
    row('QR address opened to a page that takes the tap, warm', median(interactive), 's', {
      goal_max: INTERACTIVE_MAX_S,
      note: spread(interactive),
    }),
    row('tap to the first sound, warm', median(sound), 's', { goal_max: SOUND_MAX_S, note: spread(sound) }),
  ];
}

function spread(figures) {
  return `median of ${figures.length}, ${Math.min(...figures).toFixed(2)} to ${Math.max(...figures).toFixed(2)} s`;
}

async function visit(phone, link) {
  const page = await phone.visit(link);
  await page.getByRole('button', { name: 'Listen', exact: true }).waitFor();
  // A person needs longer than this to find the button.
  await page.locator('[data-view=listen][data-state=ready]').waitFor();
  await tapsListen(phone, page);
  const seen = await until('sound after the tap', () => page.evaluate(() => window.opening.heardAt !== null && window.opening));
  await page.close();
  return { interactive_ms: seen.interactiveAt, sound_ms: seen.heardAt - seen.tappedAt };
}

/**
 * Runs in every page of the phone. Interactive: the button is drawn and the page answers. Heard: the element plays
 * aloud, and sound runs through the track it plays.
 */
function watch(rmsMin) {
  const opening = { interactiveAt: null, tappedAt: null, heardAt: null };
  window.opening = opening;
  const look = () => {
    if (document.querySelector('[data-view=listen] button')) setTimeout(() => (opening.interactiveAt = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener('pointerdown', () => {
    opening.tappedAt = performance.now();
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 256 });
    const wave = new Float32Array(analyser.fftSize);
    let stream = null;
    const listen = () => {
      void context.resume();
      const element = document.querySelector('audio');
      const isAloud = element?.srcObject && !element.paused && !element.muted && element.volume > 0 && element.readyState >= 2;
      if (isAloud && stream !== element.srcObject && element.srcObject.getAudioTracks().length > 0) {
        stream = element.srcObject;
        context.createMediaStreamSource(stream).connect(analyser);
      }
      if (stream) {
        analyser.getFloatTimeDomainData(wave);
        if (Math.sqrt(wave.reduce((sum, one) => sum + one * one, 0) / wave.length) > rmsMin) {
          opening.heardAt = performance.now();
          return;
        }
      }
      setTimeout(listen, 2);
    };
    listen();
  }, { once: true, capture: true });
}
