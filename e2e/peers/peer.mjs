// The Python peer as a process: told a link, it says what it heard, and leaves when asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LEFT_HZ, RIGHT_HZ, RMS_MIN } from '../lib/sound.mjs';

const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const PYTHON = process.env.XTASK_PYTHON ?? join(CACHE, 'unisono/python/bin/python3');
const SCRIPT = fileURLToPath(new URL('./listener.py', import.meta.url));

const SECONDS = 3;
/** Three seconds of samples tell frequencies a third of a Hz apart. */
const HZ_TOLERANCE = 1;
/** Nearly all of a channel is its own tone: the rest is the codec's noise. */
const SHARE_MIN = 0.95;

export class Peer {
  /** `namespace`: where it is; otherwise here. */
  constructor(stage, link, namespace = null) {
    const words = [PYTHON, SCRIPT, link, String(SECONDS)];
    const [program, ...rest] = namespace ? ['ip', ...namespace.enter, ...words] : words;
    this.process = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.faults = '';
    this.process.stderr.setEncoding('utf8').on('data', (text) => (this.faults += text));
    stage.later(() => this.process.kill('SIGKILL'));
  }

  /** The first line that it says. */
  async report() {
    for await (const line of createInterface({ input: this.process.stdout })) return JSON.parse(line);
    throw new Error(`the peer ended: ${this.faults}`);
  }

  async leave() {
    const ended = once(this.process, 'exit');
    this.process.stdin.end();
    const [code] = await ended;
    assert.equal(code, 0, this.faults);
  }
}

/** Both tones came, each on its own side. */
export function assertBothTones({ left, right }) {
  assertTone(left, LEFT_HZ);
  assertTone(right, RIGHT_HZ);
}

function assertTone({ hz, share, rms }, wanted) {
  assert.ok(Math.abs(hz - wanted) <= HZ_TOLERANCE, `${hz} Hz in place of ${wanted}`);
  assert.ok(share >= SHARE_MIN, `${wanted} Hz is ${share} of what is heard`);
  assert.ok(rms >= RMS_MIN, `${wanted} Hz comes at ${rms}`);
}
