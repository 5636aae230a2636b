// Cloudflare's check, as a service and a script of ours play it: nobody real is asked.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountServer } from './account-people.mjs';

const HOST = 'challenges.cloudflare.com';
const SITE_KEY = '0x4AAA-of-this-test';

/** A server whose people may be checked, and what it told the service. */
export async function checkingServer(stage, settings) {
  const told = [];
  const service = createServer(async (request, answer) => {
    let body = '';
    for await (const part of request) body += part;
    const fields = Object.fromEntries(new URLSearchParams(body));
    told.push(fields);
    const [, action] = fields.response.split('.');
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify({ success: true, hostname: 'localhost', action, 'error-codes': [] }));
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  stage.later(() => service.close());
  const folder = mkdtempSync(join(tmpdir(), 'unisono-e2e-turnstile-'));
  stage.later(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'unisono.toml');
  const lines = [
    '[outbound.mirrors]',
    `"${HOST}" = "http://127.0.0.1:${service.address().port}"`,
    '[outbound.turnstile]',
    `site_key = "${SITE_KEY}"`,
    'secret_key = "0x4BBB-of-this-test"',
  ];
  writeFileSync(file, lines.join('\n'));
  return { server: await accountServer(stage, { ...settings, CONFIG: file }), told };
}

/** Answers in place of Cloudflare for the pages of `device`; `comes` says whether its script does. */
export async function standsInForCloudflare(device, { comes = true } = {}) {
  device.allowHost(HOST);
  await device.context.route(`https://${HOST}/**`, (route) => {
    if (!comes) return route.abort();
    if (route.request().url().includes('/api.js')) return route.fulfill({ contentType: 'text/javascript', body: `(${script})(${JSON.stringify([HOST, SITE_KEY])});` });
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Check</title><button onclick="parent.postMessage(\'passed\', \'*\')">I am human</button></html>' });
  });
}

/** Everything that `device` asked of Cloudflare, frames as well. */
export function askedOfCloudflare(device) {
  return device.requests.map(({ url }) => url).filter((url) => new URL(url).host === HOST);
}

/** In the frame of ours, as Cloudflare's own script would be. */
function script([host, siteKey]) {
  globalThis.turnstile = {
    render(element, { sitekey, action, callback, 'error-callback': fault }) {
      if (sitekey !== siteKey) return fault('110100');
      const frame = document.createElement('iframe');
      frame.src = `https://${host}/frame`;
      document.querySelector(element).append(frame);
      addEventListener('message', ({ source, data }) => {
        if (source === frame.contentWindow && data === 'passed') callback(`0.${action}.${Math.random()}`);
      });
    },
  };
}
