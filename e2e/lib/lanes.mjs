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

export const isInLane = process.env[IN_LANE] !== undefined;

/** Runs `chosen`, each `isBeside` one beside others and the rest one after the other. Returns the exit code. */
export async function runAll(chosen) {
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

/** The journeys that failed. */
async function lanes(chosen, count, verdict) {
  const waiting = [...chosen];
  const all = Array.from({ length: Math.min(count, chosen.length) }, () => lane(waiting, verdict));
  return (await Promise.all(all)).flat();
}

/** Takes journeys until none waits. */
function lane(waiting, verdict) {
  return withNamespace(async (namespace) => {
    const runner = fork(process.argv[1], process.argv.slice(2), {
      execPath: 'ip',
      execArgv: ['netns', 'exec', namespace, process.execPath],
      env: { ...process.env, [IN_LANE]: namespace },
    });
    const ended = once(runner, 'exit');
    const broken = ended.then(([code, signal]) => Promise.reject(new Error(`a lane ended by itself: ${signal ?? code}`)));
    // Heard where it counts, below.
    broken.catch(() => undefined);
    const failed = [];
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      runner.send({ name: one.name, verdict });
      const [isFine] = await Promise.race([once(runner, 'message'), broken]);
      if (!isFine) failed.push(one);
    }
    runner.disconnect();
    await ended;
    return failed;
  });
}

/** In a lane: runs what it is told to, until nothing more comes. Returns the exit code. */
export async function serveLane(journeys) {
  process.on('message', async ({ name, verdict }) => {
    const one = journeys.find((journey) => journey.name === name);
    process.send(await holds(one, verdict));
  });
  await once(process, 'disconnect');
  return 0;
}
