// The embedded relay beside Debian's coturn: the load program of `crates/unisono/examples` runs both in turn.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median } from './machine.mjs';
import { targetProgram } from './servers.mjs';
import { row } from './table.mjs';

const ROUNDS = 3;
const LINE = /^\s*(\w+): (\d+) messages\/s, ([\d.]+) % lost, ([\d.]+) s CPU, ([\d.]+) MiB peak/gm;

export async function figures() {
  const child = spawn(targetProgram('examples/relay_load'), [String(ROUNDS)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`relay_load: ${said.trim()}`);
  const runs = [...said.matchAll(LINE)].map(([, server, ...numbers]) => {
    const [messages, lost, cpu_s, peak_mib] = numbers.map(Number);
    return { server, messages, lost, cpu_s, peak_mib };
  });
  const ours = runs.filter(({ server }) => server === 'unisono');
  const coturn = runs.filter(({ server }) => server === 'coturn');
  if (ours.length !== ROUNDS || coturn.length !== ROUNDS) throw new Error(`relay_load said: ${said.trim()}`);
  const both = (field) => [ours, coturn].map((some) => median(some.map((run) => run[field])));
  const beside = (figure, unit, field, goal) => {
    const [value, baseline] = both(field);
    return row(figure, value, unit, { baseline, of: 'coturn', is_ratio: true, ...goal });
  };
  return [
    beside('relay, messages a second', '/s', 'messages', {
      goal_min: 1,
      note: `rounds ${rounds(ours)} and ${rounds(coturn)}; processor time ${both('cpu_s').map((one) => one.toFixed(2)).join(' and ')} s`,
    }),
    row('relay, messages lost', median(ours.map(({ lost }) => lost)), '%', { goal_max: 0 }),
    beside('relay, peak memory', 'MiB', 'peak_mib', { goal_max: 0.5 }),
  ];
}

function rounds(runs) {
  return runs.map(({ messages, lost }) => `${messages}/s (${lost} % lost)`).join(', ');
}
