// A journey is a claim about what people can do, and the steps that show it. Each has its own server and browsers.
import { Stage } from './stage.mjs';

export const journeys = [];

/** Generous: machines that run tests are often busy with something else. */
const TIME_MAX_MS = 180_000;

/** Adds a journey. `run` gets a `Stage`. */
export function journey(name, run) {
  journeys.push({ name, run });
}

/** Runs the journeys one after the other. Returns the exit code. */
export async function runAll(chosen) {
  let failed = 0;
  for (const { name, run } of chosen) {
    const begun = performance.now();
    const stage = new Stage();
    const fault = await attempt(stage, run);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
    console.log(`${fault ? 'FAILED' : 'passed'} ${seconds} s  ${name}${stage.notes.map((note) => `\n                 ${note}`).join('')}`);
    if (!fault) continue;
    failed += 1;
    console.log(indented(fault.stack ?? String(fault)));
    for (const line of stage.evidence) console.log(indented(line));
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
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
