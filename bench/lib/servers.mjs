// Servers under load, each a process of its own on one core, while the loader has the other.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../e2e/lib/server.mjs';

const TARGET = process.env.XTASK_TARGET ?? fileURLToPath(new URL('../../target/release', import.meta.url));
export const BINARY = process.env.XTASK_BINARY ?? join(TARGET, 'unisono');
const LOADER = join(TARGET, 'loader');
const CROWD = join(TARGET, 'crowd');
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
/** The package's own script would fetch it; the binary lies in the part for this platform. */
const bun = () => createRequire(import.meta.url).resolve(`@oven/bun-${process.platform}-${process.arch}/bin/bun`);
/** A look at a starting server, often enough to time it. */
const LOOK_EVERY_MS = 2;
const START_MAX_MS = 20_000;

/** Thousands of sockets of one client are what the limits are there to refuse. */
const NO_LIMITS = Object.fromEntries(
  ['SOCKETS', 'SOCKETS_PER_CLIENT', 'HALF_OPEN_PER_CLIENT', 'ROOMS', 'ROOMS_PER_CLIENT_HOUR', 'FOLLOWERS_PER_CLIENT_MINUTE'].map((limit) => [
    `UNISONO_ROOMS__LIMITS__${limit}`,
    '30000',
  ]),
);

export function targetProgram(name) {
  return join(TARGET, name);
}

/**
 * Starts Unisono with an empty data folder; `started_ms` is the time until it was ready. `settings` are further ones, and
 * with `isFree` it may use every core, in its turn like others. With `logs` what it prints is in the file `log`. Its data lie
 * in `folder`.
 */
export async function startUnisono({ settings = {}, isFree = false, logs = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'unisono-bench-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    UNISONO_LISTEN: `127.0.0.1:${port}`,
    UNISONO_DATA_DIR: folder,
    UNISONO_RELAY__PORT: String(await freePort()),
    ...NO_LIMITS,
    ...settings,
  };
  const log = logs ? join(folder, 'printed') : null;
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const server = await start([BINARY, 'serve'], { port, env, cwd: folder, isFree, log, clear });
  return { ...server, folder };
}

/** Starts a server that listens on the port given as its last argument. */
async function startOther(...command) {
  const port = await freePort();
  return start([...command, String(port)], { port, env: process.env, cwd: tmpdir(), clear: () => undefined });
}

/**
 * How to start a server, by the dialect that the loaders speak to it. The forwarder is the least that a server between
 * two sockets can do: its figure is what the machine asks of any.
 */
const STARTS = {
  unisono: () => startUnisono(),
  peer: () => startOther(process.execPath, script('peer-server.mjs')),
  forwarder: () => startOther(targetProgram('forwarder')),
  'socket.io': () => startOther(process.execPath, script('socketio-server.mjs')),
  bun: () => startOther(bun(), script('bun-server.mjs')),
};

async function start(command, { port, env, cwd, clear, isFree = false, log = null }) {
  const [program, ...rest] = isFree ? inTurnWithOthers(command) : onCore(0, command);
  const path = command[0] === BINARY ? '/readyz' : '/';
  let child = null;
  /** Starts it; gives the ms until it answers. */
  const begin = async () => {
    const begun = performance.now();
    const file = log === null ? null : openSync(log, 'a');
    child = spawn(program, rest, { env, cwd, stdio: file === null ? 'ignore' : ['ignore', file, file] });
    if (file !== null) closeSync(file);
    while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
      if (performance.now() - begun > START_MAX_MS) throw new Error(`${program} does not answer`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return performance.now() - begun;
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const started_ms = await begin();
  return {
    pid: child.pid,
    log,
    address: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    started_ms,
    kill,
    /** With the same data, at the same address. */
    startAgain: begin,
    async stop() {
      await kill();
      clear();
    },
  };
}

async function answers(address) {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

/** One run of the loader; see `crates/testkit/src/loader`. */
export async function load(dialect, server, { pairs, rate, seconds }) {
  const report = await reportOf([LOADER, dialect, server.address, server.pid, pairs, rate, seconds]);
  if (report.lost_sockets > 0) throw new Error(`${dialect} closed ${report.lost_sockets} sockets`);
  if (report.received < report.sent) throw new Error(`${dialect} lost ${report.sent - report.received} of ${report.sent} messages`);
  return report;
}

/** What a loader says about the server dialects by name: Bun speaks bare frames. */
const CROWD_DIALECTS = { unisono: 'unisono', 'socket.io': 'socket.io', bun: 'bare' };

/** One run of a crowd in rooms; see `crates/testkit/src/loader/crowd`. Falling behind is a figure, not a fault. */
export async function crowd(name, server, { sockets, room_size, rate, seconds, deaf_percent = 0 }) {
  const plan = [sockets, room_size, rate, seconds, deaf_percent];
  return reportOf([CROWD, CROWD_DIALECTS[name], server.address, server.pid, ...plan]);
}

async function reportOf(command) {
  const [program, ...rest] = onCore(1, command.map(String));
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the loader: ${said.trim()}`);
  return JSON.parse(said);
}

/** With two cores or more, server and loader don't take each other's. */
function onCore(core, command) {
  const isPossible = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;
  return isPossible ? ['taskset', '-c', String(core), ...command] : command;
}

/**
 * Real-time turns last 100 ms (sched_rr_get_interval(2)): where more threads are busy than there are cores, that would
 * be what the delays show.
 */
export function inTurnWithOthers(command) {
  const isPossible = spawnSync('chrt', ['-o', '0', 'true']).status === 0;
  return isPossible ? ['chrt', '-o', '0', ...command] : command;
}

/** Resident memory in bytes. */
export function resident(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Rss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024;
}

/** Runs `measure` against fresh servers in turn, as often as `rounds` says. */
export async function inTurn(rounds, dialects, measure) {
  const found = Object.fromEntries(dialects.map((dialect) => [dialect, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const dialect of dialects) {
      const server = await STARTS[dialect]();
      try {
        found[dialect].push(await measure(dialect, server));
      } finally {
        await server.stop();
      }
    }
  }
  return found;
}
