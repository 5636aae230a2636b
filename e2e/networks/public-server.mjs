// A Unisono server with its relay in the public place, by https when asked, and all that it wrote.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../lib/waits.mjs';
import { temporaryFolder } from './clearing.mjs';
import { SERVER } from './internet.mjs';
import { run } from './namespaces.mjs';

const BINARY = process.env.XTASK_BINARY ?? fileURLToPath(new URL('../../target/debug/unisono', import.meta.url));
/** The namespace is ours alone, so the ports are free. */
const PORT = 8080;
const RELAY_PORT = 3478;

const execute = promisify(execFile);
const FETCH = 'fetch(process.argv[1]).then((r) => r.ok ? r.text() : Promise.reject(r.status)).then(console.log)';

export class PublicServer {
  /** Starts in the public place of `internet`. `settings` are `UNISONO_...` variables without that beginning. */
  static async start(stage, internet, { tls = false, settings = {} } = {}) {
    const server = new PublicServer(internet.place, tls);
    stage.later(() => server.remove());
    await server.#start(settings);
    return server;
  }

  constructor(place, tls) {
    this.place = place;
    this.tls = tls;
    this.temporary = temporaryFolder('server');
    this.folder = this.temporary.folder;
    this.data = join(this.folder, 'data');
    this.log = join(this.folder, 'log');
  }

  get origin() {
    return `${this.tls ? 'https' : 'http'}://${SERVER}:${PORT}`;
  }

  /** The counters of `/metrics` by name, which only this machine may read. */
  async metrics() {
    const lines = (await this.#read('/metrics')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  }

  /** Every file that the server wrote, its log among them: name and bytes. */
  written() {
    const files = readdirSync(this.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    return [this.log, ...files].map((file) => ({ file, bytes: readFileSync(file) }));
  }

  /** Ends as an operator would end it, so that everything is on the disk. */
  async stop() {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  async remove() {
    if (this.process?.exitCode === null) this.process.kill('SIGKILL');
    this.temporary.remove();
  }

  async #start(settings) {
    const given = { ...settings, ...(this.tls ? this.#certificate() : {}) };
    const variables = Object.entries(given).map(([name, value]) => [`UNISONO_${name}`, value]);
    // `ip netns exec` becomes the server, so signals reach it.
    this.process = spawn('ip', [...this.place.enter, BINARY, 'serve'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        UNISONO_LISTEN: `0.0.0.0:${PORT}`,
        UNISONO_DATA_DIR: this.data,
        UNISONO_RELAY__PORT: String(RELAY_PORT),
        UNISONO_ROOMS__PASSWORD_COST: '4',
        ...Object.fromEntries(variables),
      },
    });
    const log = createWriteStream(this.log);
    for (const stream of [this.process.stdout, this.process.stderr]) stream.pipe(log, { end: false });
    await until('the server is ready', async () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${readFileSync(this.log, 'utf8')}`);
      return (await this.#read('/readyz')) !== '';
    });
  }

  async #read(path) {
    const words = [...this.place.enter, process.execPath, '-e', FETCH, this.origin.replace(SERVER, '127.0.0.1') + path];
    // The certificate is our own, made for this run.
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    const { stdout } = await execute('ip', words, { env });
    return stdout;
  }

  #certificate() {
    const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(this.folder, name));
    run(
      ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=unisono-test', '-addext', `subjectAltName=IP:${SERVER}`, '-out', certificate, '-keyout', key],
    );
    return { TLS__CERTIFICATE: certificate, TLS__KEY: key };
  }
}
