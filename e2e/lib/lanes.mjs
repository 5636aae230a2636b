// Who runs which journey when. A lane is a process in a network namespace of its own that has only `lo`: nothing can
// leave it, and what a journey does to its network is no other lane's.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { holds } from './journey.mjs';
import { withNamespace } from './namespace.mjs';

/** How many lanes run what neither measures time nor listens: one for each processor of the machines that test. */
const LANES = 2;
/** More failures than this are no bad luck, and are not tried again. */
const UNSTEADY_MAX = 3;
/** Set for the process of a lane. */
const IN_LANE = 'E2E_LANE';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export const isInLane = process.env[IN_LANE] !== undefined;

/** The processes of the lanes, and whether they are to end, because somebody broke the run off. */
const running = { lanes: new Set(), isOver: false };

/** Runs `chosen`, each `isBeside` one beside others and the rest one after the other. Returns the exit code. */
export async function runAll(chosen) {
  for (const signal of SIGNALS) process.on(signal, breakOff);
  const beside = await lanes(chosen.filter(({ isBeside }) => isBeside), LANES, 'FAILED');
  const alone = await lanes(chosen.filter(({ isBeside }) => !isBeside), 1, 'FAILED');
  const failed = [...beside, ...alone];
  const broken = failed.length > UNSTEADY_MAX ? failed : await stillFailing(failed);
  console.log(`${chosen.length - broken.length} passed, ${broken.length} failed`);
  return broken.length === 0 ? 0 : 1;
}

/**
 * Real browsers on a machine that does other things too lose a race now and then, so the few that failed get a second
 * try when the rest is done. Both tries are printed: a journey that needs two has a fault to be found.
 */
function stillFailing(failed) {
  for (const { name } of failed) console.log(`second try for: ${name}`);
  return lanes(failed, 1, 'FAILED TWICE');
}

function breakOff() {
  running.isOver = true;
  for (const lane of running.lanes) lane.kill();
}

/** The journeys that failed. Each lane takes its own things away, also when another one breaks. */
async function lanes(chosen, count, verdict) {
  const waiting = [...chosen];
  const all = Array.from({ length: Math.min(count, chosen.length) }, () => lane(waiting, verdict));
  const ended = await Promise.allSettled(all);
  const broken = ended.find(({ status }) => status === 'rejected');
  if (broken) throw broken.reason;
  return ended.flatMap(({ value }) => value);
}

/** Takes journeys until none waits. */
function lane(waiting, verdict) {
  return withNamespace(async (namespace) => {
    const runner = fork(process.argv[1], process.argv.slice(2), {
      execPath: 'ip',
      execArgv: ['netns', 'exec', namespace, process.execPath],
      env: { ...process.env, [IN_LANE]: namespace },
    });
    running.lanes.add(runner);
    const ended = once(runner, 'exit').finally(() => running.lanes.delete(runner));
    const broken = ended.then(([code, signal]) => Promise.reject(new Error(`${running.isOver ? 'broken off' : 'a lane ended by itself'}: ${signal ?? code}`)));
    // Heard where it counts, below.
    broken.catch(() => undefined);
    const failed = [];
    for (let one = waiting.shift(); one && !running.isOver; one = waiting.shift()) {
      runner.send({ name: one.name, verdict });
      const [isFine] = await Promise.race([once(runner, 'message'), broken]);
      if (!isFine) failed.push(one);
    }
    runner.disconnect();
    await ended;
    return failed;
  });
}

/** In a lane: runs what it is told to, until nothing more comes, or nobody is left to tell. What it started ends with it. */
export function serveLane(journeys) {
  process.once('disconnect', () => process.exit());
  // Before the browsers' own ways to end, which would let the next journey begin.
  for (const signal of SIGNALS) process.prependListener(signal, () => process.exit(1));
  process.on('message', async ({ name, verdict }) => {
    const one = journeys.find((journey) => journey.name === name);
    process.send(await holds(one, verdict));
  });
}
