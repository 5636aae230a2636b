// When each click of a click track leaves the loudspeaker, in each page, by one clock for all of them.
import { until } from './waits.mjs';

/** Clicks of one track are a second apart; those of one moment are nearer than this in all pages. */
const SAME_MS = 400;

/** Lets the pages of `device` note the clicks that they play. The context must bypass the content policy for it. */
export async function noteClicksOf(device) {
  await device.context.addInitScript(noteClicks);
}

/** Lets the pages of `device` believe that it is another time by `ms`; what is noted is not touched by it. */
export async function wrongClock(device, ms) {
  await device.context.addInitScript(shiftClock, ms);
}

/** Waits until `page` has played `count` clicks more than now. */
export async function hearsClicks(page, count) {
  const begin = (await clicksOf(page)).length;
  await until(`${count} clicks`, async () => (await clicksOf(page)).length >= begin + count, 60_000 + count * 1500);
}

/** Unix ms of each click so far. */
export function clicksOf(page) {
  return page.evaluate(() => window.clicks ?? []);
}

/** For each click that all `pages` played between `from` and `to` (Unix ms): how far apart they were, in ms. */
export async function spreads(pages, from, to) {
  const [first, ...others] = await Promise.all(pages.map(clicksOf));
  const near = (clicks, at) => clicks.find((one) => Math.abs(one - at) < SAME_MS);
  return first
    .filter((at) => at >= from && at <= to)
    .map((at) => [at, ...others.map((clicks) => near(clicks, at))])
    .filter((moment) => moment.every((at) => at !== undefined))
    .map((moment) => Math.max(...moment) - Math.min(...moment));
}

/** In every page, before its own scripts: whatever goes to the loudspeaker goes to an ear as well. */
function noteClicks() {
  const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
    constructor() { super(); this.quiet = 1e9; }
    process([input]) {
      const wave = input[0] ?? [];
      for (let at = 0; at < wave.length; at += 1) {
        if (Math.abs(wave[at]) > 0.2) {
          if (this.quiet > sampleRate / 4) this.port.postMessage((currentFrame + at) / sampleRate);
          this.quiet = 0;
        } else this.quiet += 1;
      }
      return true;
    }
  });`;
  // The page may be told another time; one clock for all pages of this machine is what counts here.
  const origin = performance.timeOrigin;
  const clicks = [];
  const ears = new WeakMap();
  Object.defineProperty(window, 'clicks', { value: clicks });
  const { connect } = AudioNode.prototype;

  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      void earOf(this.context).then((ear) => connect.call(this, ear));
    }
    return connect.call(this, to, ...rest);
  };

  function earOf(context) {
    const made = ears.get(context) ?? makeEar(context);
    ears.set(context, made);
    return made;
  }

  async function makeEar(context) {
    const address = URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(address);
    const ear = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    ear.port.onmessage = ({ data }) => {
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      clicks.push(origin + performanceTime + (data - contextTime) * 1000);
    };
    return ear;
  }
}

/** In every page, before its own scripts. */
function shiftClock(ms) {
  const { now } = Date;
  Date.now = () => now() + ms;
  const Native = Date;
  window.Date = class extends Native {
    constructor(...words) {
      super(...(words.length === 0 ? [now() + ms] : words));
    }
  };
  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + ms });
}
