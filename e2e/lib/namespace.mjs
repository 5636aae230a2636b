// A network namespace of our own with nothing but `lo`, and what happens to packets in it.
import { spawnSync } from 'node:child_process';

let made = 0;

/** Makes a namespace, runs `work` with its name, and removes it again, also when the run is interrupted. */
export async function withNamespace(work) {
  made += 1;
  const name = `unisono-e2e-${process.pid}-${made}`;
  command('ip', 'netns', 'add', name);
  const remove = () => spawnSync('ip', ['netns', 'delete', name]);
  // The run inside hears the same signal and ends first; this process only has to outlive it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  try {
    command('ip', '-netns', name, 'link', 'set', 'lo', 'up');
    return await work(name);
  } finally {
    remove();
  }
}

/**
 * Gives the namespace an address and a way out that ends on `lo`: pages without a permission look for a network only
 * along the default route. Returns what undoes it.
 */
export function withDefaultRoute() {
  // RFC 5737: for documentation, so nobody's.
  const address = '192.0.2.1';
  command('ip', 'address', 'add', `${address}/32`, 'dev', 'lo');
  command('ip', 'route', 'add', 'default', 'dev', 'lo', 'src', address);
  return () => {
    command('ip', 'route', 'delete', 'default');
    command('ip', 'address', 'delete', `${address}/32`, 'dev', 'lo');
  };
}

/** Drops every packet of these kinds in this namespace until `heal` is called. A rule is a match of nftables. */
export function partition(...matches) {
  const rules = matches.map((match) => `${match} drop`).join('\n');
  nft(`table inet partition {\nchain in {\ntype filter hook input priority 0;\n${rules}\n}\n}`);
  return { heal: () => nft('delete table inet partition') };
}

/** Drops the packets of this kind that are more than `rate`, such as `4 mbytes/second`. Returns what undoes it. */
export function narrow(match, rate) {
  const burst = '256 kbytes';
  nft(`table inet narrow {\nchain in {\ntype filter hook input priority 0;\n${match} limit rate over ${rate} burst ${burst} drop\n}\n}`);
  return () => nft('delete table inet narrow');
}

/** Counts the bytes on `lo` to and from this TCP or UDP port, packet headers included. */
export function countPort(port) {
  const matches = ['tcp', 'udp'].flatMap((kind) => [`${kind} dport ${port}`, `${kind} sport ${port}`]);
  const rules = matches.map((match) => `${match} counter`).join('\n');
  nft(`table inet count${port} {\nchain in {\ntype filter hook input priority 0;\n${rules}\n}\n}`);
  return {
    bytes: () => counters(`count${port}`),
    end: () => nft(`delete table inet count${port}`),
  };
}

/** Counts all bytes on `lo`, packet headers included. */
export function countAll() {
  nft('table inet countall {\nchain in {\ntype filter hook input priority 0;\ncounter\n}\n}');
  return { bytes: () => counters('countall'), end: () => nft('delete table inet countall') };
}

function counters(table) {
  const listing = command('nft', 'list', 'table', 'inet', table);
  return [...listing.matchAll(/bytes (\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

function nft(rules) {
  return command('nft', rules);
}

function command(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || error?.message}`);
  return stdout;
}
