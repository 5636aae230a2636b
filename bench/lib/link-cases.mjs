// Pasted texts: how many are read as what they are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { BINARY } from './servers.mjs';
import { row } from './table.mjs';

const SHARED = new URL('../../../shared/data/links/urls.tsv', import.meta.url);
/** Where the shared data is missing, like cases of our own. */
const OWN = new URL('../../crates/music/tests/data/urls.tsv', import.meta.url);

export function figures() {
  const file = [SHARED, OWN].find((one) => existsSync(one));
  if (!file) throw new Error('there are no URL cases beside this clone');
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const cases = lines.map((line) => line.split('\t'));
  const input = cases.map(([text]) => `${text}\n`).join('');
  const { status, stdout, stderr } = spawnSync(BINARY, ['link', 'parse'], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const answers = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  const right = cases.filter((one, index) => isRight(one, answers[index]));
  const accepted = cases.filter(([, platform], index) => platform === 'reject' && !answers[index].reject);
  return [
    row('URL cases read rightly', right.length, `of ${cases.length}`, {
      baseline: 10,
      of: 'best open converter',
      goal_min: cases.length,
    }),
    row('URL cases accepted wrongly', accepted.length, '', { goal_max: 0 }),
  ];
}

/** A case counts if platform, kind, id and every entry of its context are right. */
function isRight([, platform, kind, id, context], answer) {
  if (platform === 'reject') return answer.reject !== undefined;
  const expected = context.split(';').filter(Boolean).map((entry) => entry.split('='));
  const given = Object.entries(answer.context ?? {});
  const isSame = given.length === expected.length && expected.every(([key, value]) => answer.context[key] === value);
  return answer.platform === platform && answer.kind === kind && answer.id === id && isSame;
}
