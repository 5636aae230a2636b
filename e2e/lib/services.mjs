// The music services, as a program of ours plays them: nobody real is asked.
import { startProgram } from './program.mjs';

/** Songs that the services list, with their ids. The first ones are invented songs by invented people. */
const SONGS = 60;

/** The one playlist that Deezer has there. */
export const PLAYLIST = 'https://www.deezer.com/playlist/9000000001';

export class Services {
  static async start(stage, options = []) {
    const { control, file } = await startProgram(stage, 'providers', ['--no-limits', ...options]);
    return new Services(control, file);
  }

  constructor(control, file) {
    this.control = control;
    this.file = file;
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
