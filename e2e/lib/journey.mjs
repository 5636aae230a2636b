// A journey is a claim about what people can do, and the steps that show it. Each has its own server and browsers.
import { Stage } from './stage.mjs';

export const journeys = [];

/** Generous: machines that run tests are often busy with something else. */
const TIME_MAX_MS = 180_000;
/** More failures than this are no bad luck, and are not tried again. */
const UNSTEADY_MAX = 3;

/** Adds a journey. `run` gets a `Stage`. */
export function journey(name, run) {
  journeys.push({ name, run });
}

/** Runs the journeys one after the other. Returns the exit code. */
export async function runAll(chosen) {
  const failed = [];
  for (const one of chosen) if (!(await holds(one, 'FAILED'))) failed.push(one);
  const broken = failed.length > UNSTEADY_MAX ? failed : await stillFailing(failed);
  console.log(`${chosen.length - broken.length} passed, ${broken.length} failed`);
  return broken.length === 0 ? 0 : 1;
}

/**
 * Real browsers on a machine that does other things too lose a race now and then, so the few that failed get a second
 * try when the rest is done. Both tries are printed: a journey that needs two has a fault to be found.
 */
async function stillFailing(failed) {
  const broken = [];
  for (const one of failed) {
    console.log(`second try for: ${one.name}`);
    if (!(await holds(one, 'FAILED TWICE'))) broken.push(one);
  }
  return broken;
}

/** Runs one journey and prints how it went. */
async function holds({ name, run }, verdict) {
  const begun = performance.now();
  const stage = new Stage();
  const fault = await attempt(stage, run);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5);
  console.log(`${fault ? verdict : 'passed'} ${seconds} s  ${name}${stage.notes.map((note) => `\n                 ${note}`).join('')}`);
  if (!fault) return true;
  console.log(indented(fault.stack ?? String(fault)));
  for (const line of stage.evidence) console.log(indented(line));
  return false;
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
