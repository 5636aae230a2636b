// Our signalling as others read it: a peer that was written from docs/signalling.md alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { journey } from '../lib/journey.mjs';
import { castsAFile, tones } from '../lib/people.mjs';
import { LEFT_HZ, RIGHT_HZ, RMS_MIN } from '../lib/sound.mjs';

const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const PYTHON = process.env.XTASK_PYTHON ?? join(CACHE, 'unisono/python/bin/python3');
const SCRIPT = fileURLToPath(new URL('./listener.py', import.meta.url));

const SECONDS = 3;
/** Three seconds of samples tell frequencies a third of a Hz apart. */
const HZ_TOLERANCE = 1;
/** Nearly all of a channel is its own tone: the rest is the codec's noise. */
const SHARE_MIN = 0.95;

// Promises T3, T9
journey('an independent peer joins by the documented signalling, proves the link and records both tones', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  const { page, link } = await castsAFile(laptop, server, { files: [tones('Two tones.wav', 60)] });
  const peer = new Peer(stage, link);
  const heard = await peer.report();

  assertTone(heard.left, LEFT_HZ);
  assertTone(heard.right, RIGHT_HZ);
  assert.equal(heard.caster_proof, true, 'the caster has the secret of its own link');
  assert.equal(heard.caster_nonce, true, 'the caster opens the nonce that it committed to');
  assert.deepEqual(heard.now, { t: 'now', title: 'Two tones', paused: false, kind: 'file' });

  const row = page.locator('[data-member]');
  await row.filter({ hasText: 'aiortc' }).waitFor();
  assert.equal(await row.getAttribute('data-tier'), 'link', 'the caster holds it for verified');
  await peer.leave();
  await row.waitFor({ state: 'detached' });
});

function assertTone({ hz, share, rms }, wanted) {
  assert.ok(Math.abs(hz - wanted) <= HZ_TOLERANCE, `${hz} Hz in place of ${wanted}`);
  assert.ok(share >= SHARE_MIN, `${wanted} Hz is ${share} of what is heard`);
  assert.ok(rms >= RMS_MIN, `${wanted} Hz comes at ${rms}`);
}

class Peer {
  constructor(stage, link) {
    this.process = spawn(PYTHON, [SCRIPT, link, String(SECONDS)], { stdio: ['pipe', 'pipe', 'pipe'] });
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
