// The figures of matching: right and wrong decisions on labelled pairs beside a plain baseline, and pairs a second.
//
//   node matching.mjs [--train | --errors NAME]
//
// The pairs lie beside the project, in ../shared/data/matching; what is missing there is named and left out.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PAIRS = 200_000;
const PAIRS_A_SECOND = 50_000;
const HARD = '../shared/data/matching/crossplatform/hardpairs-dev.tsv';

const options = process.argv.slice(2);
const example = join(process.env.XTASK_TARGET, 'examples', 'matching');
const { status } = spawnSync(example, options, { stdio: 'inherit' });
const speed = status === 0 && options.length === 0 ? pairsASecond() : undefined;
if (speed !== undefined) {
  const [found, goal] = [Math.round(speed), PAIRS_A_SECOND].map((count) => count.toLocaleString('en'));
  const reached = speed >= PAIRS_A_SECOND ? 'reached' : 'not reached';
  console.log(`\n\`unisono link match\`: ${found} pairs/s; goal ${goal}, ${reached}`);
}
// A figure below its goal informs and fails nothing; one that could not be had is an error.
process.exitCode = status === 0 ? 0 : 1;

/** Asks for the hard pairs again and again, from a file to a file, and takes the best of three runs. */
function pairsASecond() {
  if (!existsSync(HARD)) {
    console.log(`skipped pairs a second: there is no ${HARD}`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'matching-'));
  try {
    const questions = join(folder, 'questions');
    const lines = hardPairs();
    writeFileSync(questions, Array.from({ length: PAIRS }, (_, at) => lines[at % lines.length]).join(''));
    const runs = [1, 2, 3].map(() => seconds(questions, join(folder, 'answers')));
    return PAIRS / Math.min(...runs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function hardPairs() {
  const rows = readFileSync(HARD, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [, , title, artist, otherTitle, otherArtist] = row.split('\t');
    return `${JSON.stringify({ left: { title, artist }, right: { title: otherTitle, artist: otherArtist } })}\n`;
  });
}

function seconds(questions, answers) {
  const [input, output] = [openSync(questions, 'r'), openSync(answers, 'w')];
  const started = process.hrtime.bigint();
  const { status } = spawnSync(process.env.XTASK_BINARY, ['link', 'match'], { stdio: [input, output, 'inherit'] });
  const taken = Number(process.hrtime.bigint() - started) / 1e9;
  closeSync(input);
  closeSync(output);
  if (status !== 0) {
    throw new Error(`link match ended with ${status}`);
  }
  return taken;
}
