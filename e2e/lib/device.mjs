// One person's device: a browser process with one profile, watched for what no page of ours may do.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { isDeclared, keptBy, watchKeeping } from './kept.mjs';
import { PATIENCE_MS } from './waits.mjs';

const CHROME = process.env.CHROME_PATH ?? '/usr/bin/chromium';

const ALWAYS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages in the background keep their timers: all devices share one machine here.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  // The namespace has nothing but loopback.
  '--allow-loopback-in-peer-connection',
];

const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export class Device {
  /** Addresses asked for, policy violations and script errors, each with the page it came from. */
  requests = [];
  #violations = [];
  #errors = [];
  #allowedHosts = new Set();
  #allowedErrors = [];
  #allowedCookies = new Set();
  /** What a page began to keep and the inventory does not know. */
  #undeclared = new Set();
  #presses = 0;

  /**
   * `autoplay`: sound may start without a tap. `args`: more flags. `permissions`: Chromium opens loopback candidates
   * only to pages that may use the microphone. `context`: more options of the browser context. `program`: what to start
   * in place of Chromium.
   */
  static async open(name, { autoplay = false, args = [], permissions = ['microphone'], context = {}, program = CHROME } = {}) {
    const browser = await chromium.launch({
      executablePath: program,
      headless: true,
      // Muted, a captured tab is silent.
      ignoreDefaultArgs: ['--mute-audio'],
      args: [...ALWAYS, ...(autoplay ? ['--autoplay-policy=no-user-gesture-required'] : []), ...args],
    });
    const device = new Device();
    device.name = name;
    device.browser = browser;
    device.context = await browser.newContext({ viewport: DESKTOP, permissions, reducedMotion: 'reduce', ...context });
    device.context.setDefaultTimeout(PATIENCE_MS);
    await device.#watch();
    return device;
  }

  async page() {
    return this.context.newPage();
  }

  /** Opens a page of the server under test; only its origin may be asked from then on. */
  async visit(address, options = {}) {
    const page = await this.page();
    await page.goto(address, { waitUntil: 'domcontentloaded', ...options });
    // Home is drawn before it answers.
    await page.locator('#app[data-live], body:not(:has(#app))').waitFor({ state: 'attached' });
    return page;
  }

  /** A press, tap or key submission, counted as one interaction. */
  async press(locator) {
    this.#presses += 1;
    await locator.click();
  }

  get presses() {
    return this.#presses;
  }

  /** This journey lets a person's own choice reach another host. */
  allowHost(host) {
    this.#allowedHosts.add(host);
  }

  /** This person signs in, so that this cookie is theirs. Guests get none. */
  allowCookie(name) {
    this.#allowedCookies.add(name);
  }

  /** This journey provokes an error of the browser itself that says `words`. */
  allowError(words) {
    this.#allowedErrors.push(words);
  }

  async checkPromises() {
    const foreign = this.requests.filter(({ url, page }) => !this.#isOwn(url, page));
    for (const page of this.context.pages()) {
      for (const [kind, name] of await keptBy(page)) this.#noteKept(kind, name, page.url());
    }
    const undeclared = [...this.#allowedCookies].filter((name) => !isDeclared('cookie', name));
    const faults = [
      ...foreign.map(({ url, page }) => `${page} asked ${url}`),
      ...this.#undeclared,
      ...undeclared.map((name) => `the inventory has no cookie named ${name}`),
      ...(await this.context.cookies()).filter(({ name }) => !this.#allowedCookies.has(name)).map(({ name }) => `a cookie named ${name}`),
      ...this.#violations.map((violation) => `content policy: ${violation}`),
      ...this.#errors.filter((error) => !this.#allowedErrors.some((words) => error.includes(words))),
    ];
    if (faults.length > 0) throw new Error(`${this.name}: ${faults.join('\n')}`);
  }

  async evidence(folder) {
    const lines = [];
    for (const [at, page] of this.context.pages().entries()) {
      const file = `failed-${this.name}-${at}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true, timeout: 5000 }).catch(() => undefined);
      const text = await page.locator('body').innerText({ timeout: 2000 }).catch(() => '');
      lines.push(`${this.name} at ${page.url()} (out/${file}): ${text.replace(/\s+/g, ' ').slice(0, 600)}`);
    }
    return [...lines, ...this.#errors.map((error) => `${this.name}: ${error}`)];
  }

  async close() {
    await this.browser.close();
  }

  /** Whoever is allowed to be asked may keep what they like in their own frames. */
  #noteKept(kind, name, address) {
    if (isDeclared(kind, name) || this.#allowedHosts.has(hostOf(address))) return;
    this.#undeclared.add(`${address} keeps what the inventory does not have: ${kind} ${name}`);
  }

  /** A page may ask only where it came from, by itself and by every frame in it. */
  #isOwn(url, page) {
    const asked = new URL(url);
    if (asked.protocol === 'blob:' || asked.protocol === 'data:') return true;
    if (page === '' || page === 'about:blank') return true;
    return asked.host === new URL(page).host || this.#allowedHosts.has(asked.host);
  }

  async #watch() {
    const { context } = this;
    context.on('request', (request) => this.requests.push({ url: request.url(), page: pageOf(request) }));
    context.on('page', (page) => {
      page.on('websocket', (socket) => this.requests.push({ url: socket.url(), page: page.url() }));
      page.on('pageerror', (error) => this.#errors.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) this.#violations.push(`${page.url()}: ${message.text()}`);
        else if (message.type() === 'error') this.#errors.push(`${page.url()}: ${message.text()}`);
      });
    });
    await context.exposeBinding('toldViolation', ({ page }, text) => this.#violations.push(`${page.url()}: ${text}`));
    await watchKeeping(context, (kind, name, frame) => this.#noteKept(kind, name, frame.url()));
    await context.addInitScript(watchPage);
  }
}

/** The address of the page that asks, whichever of its frames does. None for where a person goes: that is no page's wish. */
function pageOf(request) {
  try {
    const frame = request.frame();
    const page = frame.page();
    return request.isNavigationRequest() && frame === page.mainFrame() ? '' : page.url();
  } catch {
    // A request of a service worker has no frame; its referrer is its own script. Nor has the first one of a new window.
    return request.serviceWorker()?.url() ?? '';
  }
}

function hostOf(address) {
  return URL.canParse(address) ? new URL(address).host : '';
}

/** Runs in every page before its own scripts. */
function watchPage() {
  addEventListener('securitypolicyviolation', (event) => {
    void window.toldViolation(`${event.violatedDirective} stopped ${event.blockedURI}`);
  });
  // Elements that play need not be in the document: the ear (sound.mjs) looks for them here.
  const played = new Set();
  Object.defineProperty(window, 'playedElements', { value: played });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    played.add(this);
    return play.call(this);
  };
}
