// A server that sells by a stand-in of the payment service, and one member who has bought a month.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { operator } from './account-client.mjs';
import { startUnisono, targetProgram } from './servers.mjs';

export const WEBHOOK = '/api/v1/payments/webhook';
const LOOK_EVERY_MS = 20;
/** What an event brings about, it brings about within this time, or not. */
const WAIT_MAX_MS = 5000;
const SOCKETS_MAX = 32;

export class Shop {
  static async open() {
    const shop = new Shop();
    try {
      await shop.#start();
      await shop.#buy();
    } catch (error) {
      await shop.close();
      throw error;
    }
    return shop;
  }

  #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  #count = 0;

  async #start() {
    this.folder = mkdtempSync(join(tmpdir(), 'unisono-bench-payments-'));
    this.service = spawn(targetProgram('payments'), { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(this.service.stdout), 'line');
    const { address, settings } = JSON.parse(line);
    const setting = (name) => new RegExp(`^${name} = "(.+)"$`, 'm').exec(settings)[1];
    this.address = address;
    this.key = setting('secret_key');
    this.secret = setting('webhook_secret');
    const file = join(this.folder, 'unisono.toml');
    writeFileSync(file, settings);
    this.server = await startUnisono({ settings: { UNISONO_CONFIG: file }, isFree: true, logs: true });
  }

  async #buy() {
    this.cookie = await operator(this.server);
    const forward = await this.ask('POST', '/account/plan/buy', 'period=month', { 'content-type': 'application/x-www-form-urlencoded' });
    const page = /0; url=([^"]+)"/.exec(forward.text)?.[1];
    if (!page) throw new Error(`nothing could be bought: ${forward.status}`);
    const paid = await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual' });
    if (paid.status !== 303) throw new Error(`not paid: ${paid.status}`);
    this.customer = (await this.#told(`/v1/checkout/sessions/${page.split('/').at(-1)}`)).customer;
    await this.tell(this.event('customer.subscription.created'));
    await this.until(async () => (await this.plan()) === 'pro');
    this.subscription = (await this.#told(`/v1/subscriptions?customer=${this.customer}`)).data[0].id;
  }

  async #told(path, fields = null) {
    const headers = { authorization: `Bearer ${this.key}`, 'stripe-version': 'any' };
    const wish = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
    const answer = await fetch(`${this.address}${path}`, { ...wish, headers });
    if (!answer.ok) throw new Error(`the stand-in said ${answer.status} to ${path}`);
    return answer.json();
  }

  /** Whether the subscription ends with its period, as the payment service has it from now on. */
  async setEnds(ends) {
    await this.#told(`/v1/subscriptions/${this.subscription}`, { cancel_at_period_end: String(ends) });
  }

  /** An event about the member that was not there before. */
  event(type) {
    this.#count += 1;
    const object = { id: `obj_${this.#count}`, customer: this.customer };
    return JSON.stringify({ id: `evt_of_the_bench_${this.#count}`, object: 'event', type, livemode: false, data: { object } });
  }

  /** Hands an event to the server, signed now. */
  tell(body) {
    const unix_s = Math.floor(Date.now() / 1000);
    const signed = createHmac('sha256', this.secret).update(`${unix_s}.${body}`).digest('hex');
    return this.ask('POST', WEBHOOK, body, { 'content-type': 'application/json', 'stripe-signature': `t=${unix_s},v1=${signed}` });
  }

  /** `free`, `pro`, or `ends` for what is paid and not paid again. */
  async plan() {
    const { text } = await this.ask('GET', '/account/plan');
    if (text.includes('data-does="keep"')) return 'ends';
    return /data-plan="(\w+)"/.exec(text)?.[1] ?? null;
  }

  ask(method, path, body = null, headers = {}) {
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    const all = { cookie: this.cookie, 'sec-fetch-site': 'same-origin', ...length, ...headers };
    return new Promise((answered, failed) => {
      const asked = request(`${this.server.origin}${path}`, { method, agent: this.#agent, headers: all });
      asked.on('error', failed);
      asked.on('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => (text += part));
        answer.on('end', () => answered({ status: answer.statusCode, text }));
      });
      asked.end(body ?? undefined);
    });
  }

  /** Whether it is so before the wait is over. */
  async until(isSo) {
    const last = performance.now() + WAIT_MAX_MS;
    while (performance.now() < last) {
      if (await isSo()) return true;
      await new Promise((on) => setTimeout(on, LOOK_EVERY_MS));
    }
    return false;
  }

  async close() {
    this.#agent.destroy();
    await this.server?.stop();
    this.service?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
