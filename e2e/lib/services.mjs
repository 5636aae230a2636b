// The music services, as a program of ours plays them: nobody real is asked.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { BINARY } from './server.mjs';

const PROGRAM = join(dirname(BINARY), 'providers');

/** Songs that the services list, with their ids. The first ones are invented songs by invented people. */
const SONGS = 60;

/** The one playlist that Deezer has there. */
export const PLAYLIST = 'https://www.deezer.com/playlist/9000000001';

export class Services {
  static async start(stage, options = []) {
    const child = spawn(PROGRAM, ['--no-limits', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    stage.later(() => child.kill('SIGKILL'));
    const [line] = await once(createInterface(child.stdout), 'line');
    const { control, settings } = JSON.parse(line);
    const folder = mkdtempSync(join(tmpdir(), 'unisono-e2e-services-'));
    stage.later(() => rmSync(folder, { recursive: true, force: true }));
    return new Services(control, settings, join(folder, 'unisono.toml'));
  }

  constructor(control, settings, file) {
    this.control = control;
    this.file = file;
    writeFileSync(file, settings);
  }

  /** A server that reaches these services in place of the real ones. */
  async server(stage, settings = {}) {
    return stage.server({ CONFIG: this.file, ...settings });
  }

  /** How a host (or `*`) answers from now on: `latency_ms`, `fault`. */
  async behave(host, behaviour) {
    const body = JSON.stringify({ host, limits: false, ...behaviour });
    const { ok } = await fetch(`${this.control}/behaviour`, { method: 'POST', body });
    if (!ok) throw new Error(`${host} cannot behave as ${body}`);
  }

  /** What truly is where: `{artist, title, ids: {spotify: [...], deezer: [...]}}`. */
  async songs() {
    return (await fetch(`${this.control}/songs?count=${SONGS}`)).json();
  }

  /** Everything that was asked so far, each with its `host`. */
  async requests() {
    return (await fetch(`${this.control}/requests`)).json();
  }

  /** The first song that all these platforms list. */
  async songOn(...platforms) {
    const song = (await this.songs()).find(({ ids }) => platforms.every((platform) => ids[platform]?.length > 0));
    if (!song) throw new Error(`no song is on ${platforms.join(' and ')}`);
    return song;
  }
}

export function spotifyLink({ ids }) {
  return `https://open.spotify.com/track/${ids.spotify[0]}`;
}

export function deezerLink({ ids }) {
  return `https://www.deezer.com/track/${ids.deezer[0]}`;
}
