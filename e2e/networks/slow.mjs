// Devices that reach a server in a public place, each over a link of its own that is slow, unsteady and lossy.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atTheEnd, temporaryFolder } from './clearing.mjs';
import { SERVER } from './internet.mjs';
import { Namespace } from './namespaces.mjs';

const LINK = fileURLToPath(new URL('link.py', import.meta.url));
const PYTHON = process.env.XTASK_PYTHON ?? 'python3';
/** Documentation addresses (RFC 5737), so that they mean nobody. */
const addressOf = (number) => `192.0.2.${10 + number}`;

export class SlowNetwork {
  /** Each way a packet is `delay_ms` late, give or take `jitter_ms`, and `loss_percent` of them are lost. */
  static async make(stage, names, { delay_ms, jitter_ms, loss_percent }) {
    const network = new SlowNetwork();
    stage.later(() => network.remove());
    for (const [number, name] of names.entries()) {
      await network.#connect(number, name, [delay_ms, jitter_ms, loss_percent, number]);
    }
    return network;
  }

  constructor() {
    this.temporary = temporaryFolder('browsers');
    this.place = Namespace.make('public');
    this.devices = new Map();
    this.endings = [];
  }

  /** A command that is Chromium on that device. */
  browserIn(name) {
    const file = join(this.temporary.folder, `${name}-browser`);
    const chromium = process.env.CHROME_PATH ?? '/usr/bin/chromium';
    writeFileSync(file, `#!/bin/sh\nexec ip ${this.devices.get(name).enter.join(' ')} ${chromium} "$@"\n`);
    chmodSync(file, 0o700);
    return file;
  }

  remove() {
    for (const end of this.endings) end();
    for (const device of this.devices.values()) device.remove();
    this.place.remove();
    this.temporary.remove();
  }

  async #connect(number, name, figures) {
    const device = Namespace.make(name);
    this.devices.set(name, device);
    const [here, there] = ['up0', `down${number}`];
    const words = [device.name, here, this.place.name, there, ...figures].map(String);
    const link = spawn(PYTHON, [LINK, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.endings.push(atTheEnd(() => link.kill('SIGKILL')));
    await once(link.stdout, 'data');
    device.ip(`address add ${addressOf(number)} peer ${SERVER} dev ${here}`);
    device.ip(`link set ${here} up`);
    device.ip(`route add default dev ${here}`);
    this.place.ip(`address add ${SERVER} peer ${addressOf(number)} dev ${there}`);
    this.place.ip(`link set ${there} up`);
  }
}
