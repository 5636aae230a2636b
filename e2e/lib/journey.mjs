// A journey is a claim about what people can do, and the steps that show it. Each has its own server and browsers.
import { Stage } from './stage.mjs';

export const journeys = [];

/** Generous: machines that run tests are often busy with something else. */
const TIME_MAX_MS = 300_000;

/** Adds a journey. `run` gets a `Stage`. */
export function journey(name, run) {
  journeys.push({ name, run });
}

/** Runs one journey and prints how it went, `verdict` if it fails. Whether all of it came true. */
export async function holds({ name, run }, verdict) {
  const begun = performance.now();
  const stage = new Stage();
  const fault = await attempt(stage, run);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
  const told = fault ? [...stage.notes, fault.stack ?? String(fault), ...stage.evidence] : stage.notes;
  // At once: other lanes print as well.
  console.log([`${fault ? verdict : 'passed'} ${seconds} s  ${name}`, ...told.map(indented)].join('\n'));
  return fault === null;
}

async function attempt(stage, run) {
  let fault = null;
  try {
    await inTime(run(stage));
    await stage.checkPromisesOfEveryPage();
  } catch (error) {
    fault = error;
    await stage.keepEvidence();
  }
  await stage.close();
  return fault;
}

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${TIME_MAX_MS / 1000} s`)), TIME_MAX_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function indented(text) {
  return text.replace(/^/gm, '                 ');
}
