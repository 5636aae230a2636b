// One service hangs: what that does to the links on the others.
import { LinkStage, addressOf, isRight } from './link-stage.mjs';
import { median } from './machine.mjs';
import { row } from './table.mjs';

const ROUND_MS = 150;
const LATER_MAX_MS = 15;
const SONGS = 5;
const FROM = 'deezer';
/** The host that hangs, and the platform that nobody else can say anything sure of. */
const HUNG = { host: 'itunes.apple.com', platform: 'apple_music' };
/** What the best open converter took, with nothing to show meanwhile. */
const BASELINE_MS = 12_000;

export async function figures() {
  const well = await measure(null);
  const hung = await measure({ kind: 'hang' });
  const later = [];
  let lost = 0;
  let said = 0;
  for (const [index, run] of hung.entries()) {
    for (const [platform, at_ms] of Object.entries(well[index].found)) {
      if (platform === HUNG.platform) continue;
      if (run.found[platform] === undefined) lost += 1;
      else later.push(run.found[platform] - at_ms);
    }
    said += run.isSaid ? 1 : 0;
  }
  return [
    row('one service hangs: a link of the others comes later by', median(later), 'ms', {
      goal_max: LATER_MAX_MS,
      note:
        `median of ${later.length} links of ${hung.length} songs, ${Math.round(Math.min(...later))} to ${Math.round(Math.max(...later))} ms: ` +
        `which directory answers first decides whether a link takes a round more or less; baseline: nothing for ${BASELINE_MS / 1000} s`,
    }),
    row('one service hangs: links of the others lost', lost, '', { goal_max: 0 }),
    row('one service hangs: shown as a search that says so, or found elsewhere', said, `of ${hung.length}`, { goal_min: hung.length }),
  ];
}

/** When the right link on each platform came, for the same songs each time, on a fresh server. */
async function measure(fault) {
  const stage = await LinkStage.open({ latency_ms: ROUND_MS });
  try {
    await stage.convert(addressOf(stage.songs.at(-1), 'spotify'));
    if (fault) await stage.behave(HUNG.host, { latency_ms: ROUND_MS, fault });
    const songs = stage.songs.filter(({ ids }) => [FROM, 'spotify', HUNG.platform].every((platform) => ids[platform]));
    const runs = [];
    for (const song of songs.slice(0, SONGS)) runs.push(await timed(stage, song));
    return runs;
  } finally {
    await stage.close();
  }
}

async function timed(stage, song) {
  const steps = await stage.steps(addressOf(song, FROM));
  const found = {};
  let isSaid = false;
  for (const { at_ms, type, found: match } of steps) {
    if (type !== 'match') continue;
    const { platform, outcome } = match;
    const isFound = outcome.state === 'found' && isRight(song, platform, outcome.url);
    if (isFound && platform !== FROM) found[platform] ??= at_ms;
    if (platform === HUNG.platform) isSaid = isFound || outcome.why === 'no_answer';
  }
  return { found, isSaid };
}
