// Home as a phone gets it: what Lighthouse says of it, and what it weighs on the wire.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Device, PHONE } from '../../e2e/lib/device.mjs';
import { startUnisono } from './servers.mjs';
import { row } from './table.mjs';

const LIGHTHOUSE = fileURLToPath(new URL('../node_modules/lighthouse/cli/index.js', import.meta.url));
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CATEGORIES = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices', seo: 'SEO' };
const TRIES_MAX = 3;
const SCORE_MIN = 100;
const WEIGHT_MAX_KB = 60;
const FONTS_MAX_KB = 100;
const KB = 1000;

export async function figures() {
  const server = await startUnisono();
  try {
    const origin = `http://${server.address}`;
    return [...(await lighthouse(`${origin}/`)), ...(await weights(`${origin}/`))];
  } finally {
    await server.stop();
  }
}

/** Now and then the browser's trace lacks its beginning (NO_NAVSTART); then it is asked again. */
async function lighthouse(address) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await lighthouseOnce(address);
    } catch (error) {
      if (tries === TRIES_MAX) throw error;
    }
  }
}

async function lighthouseOnce(address) {
  const folder = mkdtempSync(join(tmpdir(), 'unisono-lighthouse-'));
  const output = join(folder, 'report.json');
  const { CHROME_PATH = '/usr/bin/chromium' } = process.env;
  const wishes = ['--quiet', `--chrome-flags=${FLAGS.join(' ')}`, '--output=json', `--output-path=${output}`, '--no-enable-error-reporting'];
  const child = spawn(process.execPath, [LIGHTHOUSE, address, ...wishes], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHROME_PATH },
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`lighthouse ended with ${code}`);
  const report = JSON.parse(readFileSync(output, 'utf8'));
  rmSync(folder, { recursive: true });
  return Object.entries(CATEGORIES).map(([id, name]) =>
    row(`Home, Lighthouse mobile, ${name}`, Math.round(report.categories[id].score * 100), '', {
      goal_min: SCORE_MIN,
      note: missing(report, id),
    }),
  );
}

/** What cost points, and for speed the times themselves. */
function missing({ categories, audits }, id) {
  const costly = categories[id].auditRefs
    .filter(({ id: audit, weight }) => weight > 0 && (audits[audit].score ?? 1) < 1)
    .map(({ id: audit }) => [audits[audit].title, audits[audit].displayValue].filter(Boolean).join(' '));
  const times = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'].map(
    (audit) => `${audits[audit].title} ${audits[audit].displayValue}`,
  );
  return (id === 'performance' ? times : costly).join(', ').replaceAll('\u00a0', ' ');
}

/** Bodies as they cross the wire, when Home is opened for the first time. */
async function weights(address) {
  const device = await Device.open('phone', { context: { viewport: PHONE, serviceWorkers: 'block' } });
  const page = await device.visit(address, { waitUntil: 'networkidle' });
  const bodies = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => ({
      name: new URL(entry.name).pathname,
      bytes: entry.encodedBodySize,
    })),
  );
  await device.close();
  const sum = (pattern) =>
    bodies.filter(({ name }) => pattern.test(name)).reduce((all, { bytes }) => all + bytes, 0) / KB;
  const code = row('Home, HTML + CSS + JS, brotli', sum(/(\/|\.html|\.css|\.js)$/), 'kB', { goal_max: WEIGHT_MAX_KB });
  return [code, row('Home, fonts', sum(/\.woff2$/), 'kB', { goal_max: FONTS_MAX_KB })];
}
