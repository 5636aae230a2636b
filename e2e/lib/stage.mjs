// What a journey stands on: a server, the devices of people, and what is cleared away afterwards.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Device } from './device.mjs';
import { Server } from './server.mjs';

export const OUT = fileURLToPath(new URL('../out/', import.meta.url));

export class Stage {
  devices = [];
  /** Lines told beside the journey's name. */
  notes = [];
  /** Lines told when the journey failed. */
  evidence = [];
  #endings = [];
  #servers = [];

  /** Starts a server with an empty data folder. `settings` are `UNISONO_...` variables without that beginning; `port` is
   * for whoever must know it before; `program` is what to start in place of Unisono itself. */
  async server(settings = {}, port = undefined, program = undefined) {
    const server = new Server(settings, program);
    server.port = port;
    this.#servers.push(server);
    this.later(() => server.remove());
    await server.start();
    return server;
  }

  /** A device of its own: a browser process with one profile. See `Device.open` for `options`. */
  async device(name, options = {}) {
    const device = await Device.open(name, options);
    this.devices.push(device);
    this.later(() => device.close());
    return device;
  }

  /** Runs `ending` after the journey, the last one first. */
  later(ending) {
    this.#endings.push(ending);
  }

  note(text) {
    this.notes.push(text);
  }

  /** Own origin only, no cookie, nothing that the content policy had to stop, no script error. */
  async checkPromisesOfEveryPage() {
    for (const device of this.devices) await device.checkPromises();
  }

  async keepEvidence() {
    mkdirSync(OUT, { recursive: true });
    for (const device of this.devices) this.evidence.push(...(await device.evidence(OUT)));
    for (const server of this.#servers) this.evidence.push('server:', ...server.tail());
  }

  async close() {
    for (const ending of this.#endings.reverse()) {
      try {
        await ending();
      } catch (error) {
        console.error(`clearing away: ${error.message}`);
      }
    }
  }
}
