// The table of figures, on the terminal and in docs/benchmarks.md.
import { readFileSync, writeFileSync } from 'node:fs';

const DOCUMENT = new URL('../../docs/benchmarks.md', import.meta.url);
/** Where the figures of a bench begin. */
const begin = (bench) => `<!-- figures: written by \`cargo xtask bench ${bench} --write\` -->`;
const END = '<!-- end of figures -->';
const HEADS = ['figure', 'value', 'baseline', 'ratio', 'goal', 'reached', 'load'];

/**
 * One row: `figure`, `value`, `unit`, and `goal_max`, `goal_min` or both for the value, or the same for its ratio to
 * `baseline` with `is_ratio`, or neither when there is no goal. `of` names the baseline, `note` adds what belongs to the
 * figure.
 */
export function row(figure, value, unit, goal) {
  return { figure, value, unit, baseline: null, of: null, is_ratio: false, note: '', ...goal };
}

export function print(rows, machine) {
  const cells = [HEADS, ...rows.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  console.log(`\n${headline(machine)}\n`);
  for (const line of cells) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  for (const { figure, note } of rows) if (note) console.log(`  ${figure}: ${note}`);
}

/** Puts the table between the two marks that the document has for the bench. */
export function write(bench, rows, machine, command) {
  const lines = [HEADS, HEADS.map(() => '---'), ...rows.map(cellsOf)].map((line) => `| ${line.join(' | ')} |`);
  const notes = rows.filter(({ note }) => note).map(({ figure, note }) => `* ${figure}: ${note}`);
  const text = [begin(bench), `${headline(machine)} Command: \`${command}\`.`, '', ...lines, '', ...notes, END].join('\n');
  const document = readFileSync(DOCUMENT, 'utf8');
  const from = document.indexOf(begin(bench));
  const to = document.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md has lost the marks around the figures of ${bench}`);
  writeFileSync(DOCUMENT, `${document.slice(0, from)}${text}${document.slice(to + END.length)}`);
}

export function isReached(row) {
  const { goal_max = Infinity, goal_min = -Infinity } = row;
  const judged = row.is_ratio ? ratioOf(row) : row.value;
  return judged <= goal_max && judged >= goal_min;
}

function ratioOf({ value, baseline }) {
  return value / baseline;
}

function cellsOf(row) {
  const { figure, value, unit, baseline, of, goal_max, goal_min, is_ratio, load } = row;
  const hasGoal = goal_max !== undefined || goal_min !== undefined;
  const least = goal_min === undefined ? '' : `>= ${goal_min}`;
  const most = goal_max === undefined ? '' : `<= ${goal_max}`;
  const bound = [least, most].filter(Boolean).join(', ');
  const goal = is_ratio ? `${bound} x` : `${bound} ${unit}`.trim();
  return [
    figure,
    `${rounded(value)} ${unit}`.trim(),
    baseline === null ? '' : `${rounded(baseline)} ${unit} (${of})`,
    baseline === null ? '' : rounded(ratioOf(row)),
    hasGoal ? goal : '',
    hasGoal ? (isReached(row) ? 'yes' : 'no') : '',
    load,
  ];
}

function rounded(number) {
  if (Math.abs(number) >= 100) return String(Math.round(number));
  return String(Number(number.toPrecision(3)));
}

function headline({ date, cores, processor, memory_gib, kernel, load }) {
  return `${date}, ${cores} cores of ${processor}, ${memory_gib} GiB, Linux ${kernel}, load of the last minute ${load} at the start.`;
}
