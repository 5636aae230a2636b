// A link that nobody asked for before, while each service takes 150 ms to answer.
import { LinkStage, addressOf } from './link-stage.mjs';
import { median } from './machine.mjs';
import { row } from './table.mjs';

const ROUND_MS = 150;
const FIRST_OVERHEAD_MAX_MS = 10;
const ALL_OVERHEAD_MAX_MS = 15;
const SONGS = 18;
const FROM = ['deezer', 'apple_music', 'spotify'];
/** What the best open converter took for everything. */
const BASELINE_MS = 326;
/** Two requests that begin within this time were asked for together. */
const TOGETHER_US = 30_000;

export async function figures() {
  const stage = await LinkStage.open({ latency_ms: ROUND_MS });
  try {
    // The first request of a process opens connections and fills caches that it then has.
    await stage.convert(addressOf(stage.songs.at(-1), 'spotify'));
    const runs = [];
    const songs = stage.songs.filter(({ ids }) => FROM.every((platform) => ids[platform])).slice(0, SONGS);
    for (const [index, song] of songs.entries()) runs.push(await timed(stage, song, FROM[index % FROM.length]));
    return rowsOf(runs);
  } finally {
    await stage.close();
  }
}

async function timed(stage, song, from) {
  await stage.requests();
  const steps = await stage.steps(addressOf(song, from));
  const rounds = roundsOf(await stage.requests());
  const at = (wanted) => steps.find(wanted)?.at_ms;
  const identified_ms = at(({ type }) => type === 'identified');
  const first_ms = at(({ type, found }) => type === 'match' && found.outcome.state === 'found' && found.platform !== from);
  const done_ms = at(({ type }) => type === 'done');
  return { from, identified_ms, first_ms, done_ms, rounds };
}

/** How many rounds of questions followed one another: each begins when an answer of the one before has come. */
function roundsOf(requests) {
  const starts = requests.map(({ at_us }) => at_us).sort((one, other) => one - other);
  let rounds = 0;
  let begun = -Infinity;
  for (const start of starts) {
    if (start - begun < TOGETHER_US) continue;
    begun = start;
    rounds += 1;
  }
  return rounds;
}

function rowsOf(runs) {
  const first = runs.filter(({ first_ms }) => first_ms !== undefined).map(({ first_ms, identified_ms }) => first_ms - identified_ms);
  const over = runs.map(({ done_ms, rounds }) => done_ms - rounds * ROUND_MS);
  const each = FROM.map((platform) => {
    const there = runs.filter(({ from }) => from === platform);
    const rounds = there.map((run) => run.rounds);
    return `${platform} ${Math.round(median(there.map(({ done_ms }) => done_ms)))} ms in ${Math.min(...rounds)} to ${Math.max(...rounds)} rounds`;
  });
  return [
    row('cold, first link after identification', median(first), 'ms', {
      goal_max: ROUND_MS + FIRST_OVERHEAD_MAX_MS,
      note: `median of ${first.length}, ${Math.round(Math.min(...first))} to ${Math.round(Math.max(...first))} ms; services take ${ROUND_MS} ms`,
    }),
    row('cold, everything, beyond the rounds of questions it takes', median(over), 'ms', {
      goal_max: ALL_OVERHEAD_MAX_MS,
      note: `median of ${over.length}, ${Math.round(Math.min(...over))} to ${Math.round(Math.max(...over))} ms; in all ${each.join(', ')}; baseline ${BASELINE_MS} ms`,
    }),
  ];
}
