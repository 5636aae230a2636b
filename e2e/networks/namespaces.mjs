// Network namespaces and the cables between them.
import { execFileSync, spawnSync } from 'node:child_process';
import { atTheEnd, leftOvers, ownName } from './clearing.mjs';

/** Where `ip netns` keeps its names. */
const NAMES = '/run/netns';

let isCleared = false;

export class Namespace {
  /** A namespace with `lo` up and without IPv6, whose link-local addresses would only add candidates. */
  static make(title) {
    if (!isCleared) leftOvers(NAMES).forEach(remove);
    isCleared = true;
    const namespace = new Namespace(ownName(title));
    run('ip', 'netns', 'add', namespace.name);
    namespace.set('net/ipv6/conf/all/disable_ipv6', 1);
    namespace.ip('link set lo up');
    return namespace;
  }

  constructor(name) {
    this.name = name;
    /** Ends every process in here and takes the namespace down; its cables go with it. */
    this.remove = atTheEnd(() => remove(name));
  }

  /** `words` of the `ip` command, in here. */
  ip(words) {
    return run('ip', '-netns', this.name, ...words.split(' '));
  }

  /** Loads rules of nftables in here. */
  nft(rules) {
    return execFileSync('ip', [...this.enter, 'nft', '-f', '-'], { input: rules, encoding: 'utf8' });
  }

  /** A setting of the kernel, below `/proc/sys`. */
  set(path, value) {
    run('ip', ...this.enter, 'sh', '-c', `echo ${value} > /proc/sys/${path}`);
  }

  /** What `ip` needs to hear before a command that is to run in here. */
  get enter() {
    return ['netns', 'exec', this.name];
  }
}

/** A cable: one end is `first.name` in `first.namespace`, the other likewise. */
export function cable(first, second) {
  const [here, there] = [first, second].map(({ namespace, name }) => ({ namespace: namespace.name, name }));
  run(
    ...['ip', 'link', 'add', here.name, 'netns', here.namespace, 'type', 'veth'],
    ...['peer', 'name', there.name, 'netns', there.namespace],
  );
  first.namespace.ip(`link set ${first.name} up`);
  second.namespace.ip(`link set ${second.name} up`);
}

export function run(program, ...words) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr || error?.message}`);
  return stdout;
}

function remove(name) {
  const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' });
  for (const process_id of (stdout ?? '').split('\n').filter(Boolean)) end(Number(process_id));
  spawnSync('ip', ['netns', 'delete', name]);
}

function end(process_id) {
  try {
    process.kill(process_id, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
