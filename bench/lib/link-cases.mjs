// Pasted texts: how many are read as what they are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { BINARY } from './servers.mjs';
import { row } from './table.mjs';

/** The published cases, where the shared data lies beside the clone, and like ones of our own. */
const FILES = [
  { name: 'URL cases', file: new URL('../../../shared/data/links/urls.tsv', import.meta.url), baseline: 10 },
  { name: 'like URL cases of our own', file: new URL('../../crates/music/tests/data/links.tsv', import.meta.url), baseline: null },
];

export function figures() {
  return FILES.filter(({ file }) => existsSync(file)).flatMap(({ name, file, baseline }) => {
    const cases = read(file);
    const answers = parse(cases.map(([text]) => text));
    const right = cases.filter((one, index) => isRight(one, answers[index]));
    const accepted = cases.filter(([, platform], index) => platform === 'reject' && answers[index].reject === undefined);
    return [
      row(`${name} read rightly`, right.length, `of ${cases.length}`, { baseline, of: 'best open converter', goal_min: cases.length }),
      row(`${name} accepted wrongly`, accepted.length, '', { goal_max: 0 }),
    ];
  });
}

/** Lines that begin with a number sign are notes; a backslash is written for what a line cannot hold. */
function read(file) {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('#') && !line.includes('\\')).map((line) => line.split('\t'));
}

function parse(texts) {
  const input = texts.map((text) => `${text}\n`).join('');
  const { status, stdout, stderr } = spawnSync(BINARY, ['link', 'parse'], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** A case counts if platform, kind, id and every entry of its context are right. */
function isRight([, platform, kind, id, context], answer) {
  if (platform === 'reject') return answer.reject !== undefined;
  const expected = context.split(';').filter(Boolean).map((entry) => entry.split('='));
  const given = Object.entries(answer.context ?? {});
  const isSame = given.length === expected.length && expected.every(([key, value]) => answer.context[key] === value);
  return answer.platform === platform && answer.kind === kind && answer.id === id && isSame;
}
