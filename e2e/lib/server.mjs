// A Unisono server as a process of its own, with a data folder that lives as long as the journey.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './waits.mjs';

export const BINARY = process.env.XTASK_BINARY ?? fileURLToPath(new URL('../../target/debug/unisono', import.meta.url));
const LOG_LINES_MAX = 400;
// Each server of a run leaves one listener for its end.
process.setMaxListeners(0);

export class Server {
  #process = null;
  #lines = [];

  /** `program`: what to start in place of Unisono itself. */
  constructor(settings, program = BINARY) {
    this.settings = settings;
    this.program = program;
    this.folder = mkdtempSync(join(tmpdir(), 'unisono-e2e-'));
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts, or starts again on the same ports and data. */
  async start() {
    this.port ??= await freePort();
    this.relayPort ??= await freePort();
    const given = Object.entries(this.settings).map(([name, value]) => [`UNISONO_${name}`, String(value)]);
    const child = spawn(this.program, ['serve'], {
      cwd: this.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        UNISONO_LISTEN: `127.0.0.1:${this.port}`,
        UNISONO_DATA_DIR: this.folder,
        UNISONO_RELAY__PORT: String(this.relayPort),
        UNISONO_RELAY__ALLOWED: '["127.0.0.0/8"]',
        UNISONO_ROOMS__PASSWORD_COST: '4',
        ...Object.fromEntries(given),
      },
    });
    this.#process = child;
    // Also when the run itself breaks off.
    process.once('exit', () => child.kill('SIGKILL'));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => this.#keep(text));
    await until('the server is ready', async () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.tail().join('\n')}`);
      return (await fetch(`${this.origin}/readyz`)).ok;
    });
  }

  /** Ends at once, as a crash or a power cut would. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async stop() {
    await this.#end('SIGTERM');
  }

  /** Says a line to a program that listens. */
  tell(line) {
    this.#process.stdin.write(`${line}\n`);
  }

  /** The counters of `/metrics` by name. */
  async metrics() {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  }

  tail(lines = 15) {
    return this.#lines.slice(-lines);
  }

  async remove() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #keep(text) {
    this.#lines.push(...text.split('\n').filter((line) => line !== ''));
    this.#lines.splice(0, this.#lines.length - LOG_LINES_MAX);
  }
}

/** A TCP port that nothing listens on. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
