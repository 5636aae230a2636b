// A server and the stand-ins of the music services that it asks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startUnisono, targetProgram } from './servers.mjs';

/** Real songs, where the shared data lies beside the clone. */
const SHARED = fileURLToPath(new URL('../../../shared/data/matching/crossplatform/linksets-dev.tsv', import.meta.url));

/** One client asks for everything here; people don't. */
const NO_LIMITS = { UNISONO_LINKS__CONVERSIONS_PER_CLIENT_MINUTE: '1000000' };

/** The platforms whose links a person may paste here, with the address of a track. */
const ADDRESSES = {
  spotify: (id) => `https://open.spotify.com/track/${id}`,
  apple_music: (id) => `https://music.apple.com/us/song/${id}`,
  deezer: (id) => `https://www.deezer.com/track/${id}`,
  tidal: (id) => `https://tidal.com/track/${id}`,
  youtube_music: (id) => `https://music.youtube.com/watch?v=${id}`,
};

/** The address of a song on a platform. */
export function addressOf(song, platform) {
  return ADDRESSES[platform](song.ids[platform][0]);
}

/** Whether a link is one of the song's own on a platform. Ids stand at the end of a path or of a parameter. */
export function isRight(song, platform, url) {
  const words = url.split(/[/=?&]/);
  return (song.ids[platform] ?? []).some((id) => words.includes(id));
}

export class LinkStage {
  /** `catalogue` is `shared` (real songs, the built-in ones where they are missing) or `built-in`. */
  static async open({ catalogue = 'built-in', latency_ms = 0, hasKeys = false, isFree = false, logs = false } = {}) {
    const name = catalogue === 'shared' && existsSync(SHARED) ? SHARED : 'built-in';
    const wishes = ['--no-limits', '--latency-ms', String(latency_ms), '--catalogue', name, ...(hasKeys ? ['--keys'] : [])];
    const providers = spawn(targetProgram('providers'), wishes, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(providers, 'spawn');
    const [line] = await once(createInterface(providers.stdout), 'line');
    const folder = mkdtempSync(join(tmpdir(), 'unisono-bench-links-'));
    const file = join(folder, 'unisono.toml');
    const { control, settings } = JSON.parse(line);
    writeFileSync(file, settings);
    const server = await startUnisono({ settings: { ...NO_LIMITS, UNISONO_CONFIG: file }, isFree, logs });
    const songs = await (await fetch(`${control}/songs`)).json();
    return new LinkStage({ providers, folder, control, server, songs, source: name === SHARED ? 'real' : 'built-in' });
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  async close() {
    await this.server.stop();
    this.providers.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** How a host (or `*`) answers from now on. */
  async behave(host, behaviour) {
    const body = JSON.stringify({ host, limits: false, ...behaviour });
    const { ok } = await fetch(`${this.control}/behaviour`, { method: 'POST', body });
    if (!ok) throw new Error(`${host} cannot behave as ${body}`);
  }

  /** What was asked since the last time, each with `at_us`. */
  async requests() {
    const requests = await (await fetch(`${this.control}/requests`)).json();
    await fetch(`${this.control}/requests`, { method: 'DELETE' });
    return requests;
  }

  /** The whole page of what `text` links to. */
  async convert(text) {
    const response = await this.#paste(text, 'application/json');
    if (!response.ok) throw new Error(`${text}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** Each step of a conversion with the time since it was asked for. */
  async steps(text) {
    const begun = performance.now();
    const response = await this.#paste(text, 'text/event-stream');
    if (!response.ok) throw new Error(`${text}: ${response.status} ${await response.text()}`);
    const steps = [];
    let open = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const at_ms = performance.now() - begun;
      open += piece;
      const whole = open.split('\n\n');
      open = whole.pop();
      for (const event of whole) {
        const data = event.split('\n').find((one) => one.startsWith('data:'));
        if (data) steps.push({ at_ms, ...JSON.parse(data.slice('data:'.length)) });
      }
    }
    return steps;
  }

  #paste(text, accept) {
    return fetch(`http://${this.server.address}/api/v1/links`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ text }),
    });
  }
}
