// The payment service, as a program of ours plays it: no money moves, and nobody real is asked.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { accountServer } from './account-people.mjs';
import { BINARY, freePort } from './server.mjs';

const PROGRAM = join(dirname(BINARY), 'payments');

/** A server that sells by such a service, which tells it everything twice. */
export async function shop(stage) {
  const port = await freePort();
  const webhook = `http://127.0.0.1:${port}/api/v1/payments/webhook`;
  const child = spawn(PROGRAM, ['--webhook', webhook], { stdio: ['ignore', 'pipe', 'inherit'] });
  stage.later(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface(child.stdout), 'line');
  const { address, settings } = JSON.parse(line);
  const folder = mkdtempSync(join(tmpdir(), 'unisono-e2e-payments-'));
  stage.later(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'unisono.toml');
  writeFileSync(file, settings);
  const server = await accountServer(stage, { CONFIG: file }, port);
  return { server, service: address };
}
