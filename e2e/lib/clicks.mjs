// When each click of a click track leaves the loudspeaker, in each page, by one clock for all of them.
import assert from 'node:assert/strict';
import { until } from './waits.mjs';

/** Clicks of one track are a second apart; those of one moment are nearer than this in all pages. */
export const SAME_MS = 400;
const SECOND_MS = 1000;
/** A track that stopped, jumped or began anew is off by more than this. */
const STEADY_MS = 100;
/** What people in one place hear as one sound. Usually it is a tenth of this, so that a busy machine does not reach it. */
export const SPREAD_MS_MAX = 15;
const MOMENTS_MIN = 5;
/** A device's context needs an AudioWorklet of ours, which the content policy rightly forbids to others. */
export const WITH_AN_EAR = { context: { bypassCSP: true } };

/** Lets the pages of `device` note the clicks that they play. It must be opened `WITH_AN_EAR`. */
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

/** Each click so far: when it was heard in Unix ms, and at which second of the page's own audio clock. */
export function clicksOf(page) {
  return page.evaluate(() => window.ears.flatMap((ear) => ear.clicks.map((second) => ({ at: ear.heardAt(second), second }))));
}

/** When the page's sounds began to be heard, in Unix ms. */
export function startsOf(page) {
  return page.evaluate(() => window.ears.flatMap((ear) => ear.starts.map((second) => ear.heardAt(second))));
}

/** When somebody pressed something in the page, in Unix ms. */
export function pressesOf(page) {
  return page.evaluate(() => window.pressed);
}

/** For each click that all `pages` played between `from` and `to` (Unix ms): how far apart they were, in ms. */
export async function spreads(pages, from, to) {
  const [first, ...others] = (await Promise.all(pages.map(clicksOf))).map((clicks) => clicks.map(({ at }) => at));
  const near = (clicks, at) => clicks.find((one) => Math.abs(one - at) < SAME_MS);
  return first
    .filter((at) => at >= from && at <= to)
    .map((at) => [at, ...others.map((clicks) => near(clicks, at))])
    .filter((moment) => moment.every((at) => at !== undefined))
    .map((moment) => Math.max(...moment) - Math.min(...moment));
}

/** How many clicks `page` played between `from` and `to` (Unix ms). */
export async function clicksBetween(page, from, to) {
  return (await clicksOf(page)).filter(({ at }) => at > from && at < to).length;
}

/** How far the clicks of `page` between `from` and `to` (Unix ms) were from being a second apart at most, in ms. */
export async function unsteadiness(page, from, to) {
  const heard = (await clicksOf(page)).filter(({ at }) => at >= from && at <= to);
  const gaps = heard.slice(1).map(({ second }, at) => Math.abs((second - heard[at].second) * SECOND_MS - SECOND_MS));
  return Math.max(0, ...gaps);
}

/** Nothing stopped, jumped or began anew in `page` between `from` and `to`. */
export async function playedOn(page, from, to, least) {
  const heard = (await clicksOf(page)).filter(({ at }) => at >= from && at <= to);
  assert.ok(heard.length >= least, `${heard.length} clicks in ${Math.round((to - from) / SECOND_MS)} s`);
  const off_ms = await unsteadiness(page, from, to);
  assert.ok(off_ms < STEADY_MS, `a click came ${off_ms.toFixed(1)} ms off the beat`);
}

/** Tells the figures, and that no device plays another moment than the others by more than `most_ms` in 95 of 100 clicks. */
export async function toldSpread(stage, who, values, most_ms = SPREAD_MS_MAX) {
  assert.ok(values.length >= MOMENTS_MIN, `${values.length} clicks that all of them heard`);
  const [middle, high, most] = [quantile(values, 0.5), quantile(values, 0.95), Math.max(...values)].map((one) => one.toFixed(1));
  stage.note(`${who}: spread p50 ${middle} ms, p95 ${high} ms, at most ${most} ms, over ${values.length} clicks`);
  assert.ok(quantile(values, 0.95) <= most_ms, `p95 ${high} ms`);
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** In every page, before its own scripts: whatever goes to the loudspeaker goes to an ear as well. */
function noteClicks() {
  const LOUD = 0.15;
  const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
    constructor() { super(); this.quiet = 1e9; }
    process([input]) {
      const wave = input[0] ?? [];
      for (let at = 0; at < wave.length; at += 1) {
        if (Math.abs(wave[at]) > ${LOUD}) {
          if (this.quiet > sampleRate / 4) this.port.postMessage((currentFrame + at) / sampleRate);
          this.quiet = 0;
        } else this.quiet += 1;
      }
      return true;
    }
  });`;
  const SAMPLE_EVERY_MS = 100;
  /** The output's timestamp jumps about by some ms; its middle over this time does not. */
  const AROUND_S = 2;
  // The page may be told another time; one clock for all pages of this machine is what counts here.
  const origin = performance.timeOrigin;
  const ears = [];
  const pressed = [];
  Object.assign(window, { ears, pressed });
  addEventListener('click', () => pressed.push(origin + performance.now()), true);

  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (to, ...rest) {
    const isOutput = to instanceof AudioDestinationNode && this.context instanceof AudioContext;
    if (isOutput) void earOf(this.context).node.then((node) => connect.call(this, node));
    return connect.call(this, to, ...rest);
  };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    if (this.context instanceof AudioContext) earOf(this.context).starts.push(Math.max(when, this.context.currentTime));
    return start.call(this, when, ...rest);
  };

  function earOf(context) {
    let ear = ears.find((one) => one.context === context);
    if (!ear) ears.push((ear = makeEar(context)));
    return ear;
  }

  function makeEar(context) {
    const samples = [];
    const ear = { context, clicks: [], starts: [], heardAt: (second) => second * 1000 + originAt(samples, second) };
    setInterval(() => {
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      if (contextTime > 0) samples.push([contextTime, origin + performanceTime - contextTime * 1000]);
    }, SAMPLE_EVERY_MS);
    ear.node = makeNode(ear);
    return ear;
  }

  /** When second 0 was heard, as it looked around `second`. */
  function originAt(samples, second) {
    const near = samples.filter(([at]) => Math.abs(at - second) < AROUND_S);
    const origins = (near.length > 0 ? near : samples).map(([, one]) => one).sort((one, other) => one - other);
    return origins[Math.floor(origins.length / 2)] ?? NaN;
  }

  async function makeNode({ context, clicks }) {
    const address = URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(address);
    const node = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    node.port.onmessage = ({ data }) => clicks.push(data);
    return node;
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
