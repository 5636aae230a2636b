// A program of ours that plays somebody else, for as long as a journey lasts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { BINARY } from './server.mjs';

/**
 * Starts the program called `name`, which lies beside the server's and says in its first line where it is. Returns that,
 * and in `file` the settings of a server that is to use it.
 */
export async function startProgram(stage, name, options = []) {
  const child = spawn(join(dirname(BINARY), name), options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => child.kill('SIGKILL');
  stage.later(kill);
  // Also when the run itself breaks off.
  process.once('exit', kill);
  const [line] = await once(createInterface(child.stdout), 'line');
  const told = JSON.parse(line);
  const folder = mkdtempSync(join(tmpdir(), `unisono-e2e-${name}-`));
  stage.later(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'unisono.toml');
  writeFileSync(file, told.settings);
  return { ...told, file };
}
