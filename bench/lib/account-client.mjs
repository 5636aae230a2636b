// A client that keeps one connection and times each answer.
import { Agent, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Set to see that a bench works, with little of everything. */
export const IS_SMALL = process.env.BENCH_SMALL === '1';

/** Where a server that was started with `logs` says who may become its operator. */
const SETUP = /\/setup#([\w-]+)/;
const TRY_EVERY_MS = 50;
const TRIES_MAX = 100;

export class Client {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(server, { cookie = null, address = null } = {}) {
    this.origin = server.origin;
    this.headers = {
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
      ...(address ? { 'x-forwarded-for': address } : {}),
    };
  }

  /** The status, the headers, the text and the milliseconds until the answer was whole. */
  ask(method, path, body = null, headers = {}) {
    const text = body === null ? null : JSON.stringify(body);
    const kind = text === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const begun = performance.now();
    return new Promise((answered, failed) => {
      const asked = request(`${this.origin}${path}`, { method, agent: this.#agent, headers: { ...this.headers, ...kind, ...headers } });
      asked.on('error', failed);
      asked.on('response', (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const took_ms = performance.now() - begun;
          answered({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString(), took_ms });
        });
      });
      asked.end(text ?? undefined);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

/** The link is printed once the server answers, so maybe a moment later. */
async function printedToken(server) {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const [, token] = SETUP.exec(readFileSync(server.log, 'utf8')) ?? [];
    if (token) return token;
    await pause(TRY_EVERY_MS);
  }
  throw new Error('the server printed no link for its first operator');
}

/** The cookie of the first operator, made by the link that the server printed. */
export async function operator(server) {
  const token = await printedToken(server);
  const client = new Client(server);
  const made = await client.ask('POST', '/api/v1/account/setup', { token, email: 'ana@example.org', password: 'seven quiet otters hum' });
  client.close();
  if (made.status !== 200) throw new Error(`no operator was made: ${made.status}`);
  return made.headers['set-cookie'][0].split(';')[0];
}
