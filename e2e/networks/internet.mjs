// Two homes and a public place between them: laptop - router - public - router - phone. It has no way out.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './clearing.mjs';
import { cable, Namespace } from './namespaces.mjs';

/** Addresses for documentation (RFC 5737), so that they mean nobody: homes in the first network, the rest in the second. */
export const SERVER = '198.51.100.1';
const HOMES = {
  laptop: { device: '192.0.2.10', inside: '192.0.2.1', outside: '198.51.100.71' },
  phone: { device: '192.0.2.140', inside: '192.0.2.129', outside: '198.51.100.72' },
};

/** How a home's router translates (RFC 4787). */
export const Translation = {
  /** One port outside for one inside, whoever it talks to: both sides can be reached once they sent something. */
  ENDPOINT_INDEPENDENT: 'masquerade',
  /** Another port for each peer: nobody else can guess it, so two such homes have no direct path. */
  ENDPOINT_DEPENDENT: 'masquerade random',
};

export class Internet {
  /** Both homes translate the same way. It is taken down after the journey. */
  constructor(stage, translation) {
    this.temporary = temporaryFolder('browsers');
    stage.later(() => this.remove());
    this.place = Namespace.make('public');
    this.place.ip('link add net0 type bridge');
    this.place.ip('link set net0 up');
    this.place.ip(`address add ${SERVER}/24 dev net0`);
    this.homes = {};
    for (const name of Object.keys(HOMES)) this.homes[name] = this.#home(name, translation);
  }

  /** Every address of a home that may give away where its device is. */
  addressesOf(name) {
    return [HOMES[name].device, HOMES[name].outside];
  }

  /** From now on neither router passes a datagram. */
  dropUdp() {
    for (const { router } of Object.values(this.homes)) {
      router.nft('insert rule ip home forward meta l4proto udp drop');
    }
  }

  /** A command that is chromium in that home. */
  browserIn(name) {
    const file = join(this.temporary.folder, `${name}-browser`);
    const { device } = this.homes[name];
    const chromium = process.env.CHROME_PATH ?? '/usr/bin/chromium';
    writeFileSync(file, `#!/bin/sh\nexec ip ${device.enter.join(' ')} ${chromium} "$@"\n`);
    chmodSync(file, 0o700);
    return file;
  }

  remove() {
    for (const { router, device } of Object.values(this.homes)) {
      device.remove();
      router.remove();
    }
    this.place.remove();
    this.temporary.remove();
  }

  #home(name, translation) {
    const { device: address, inside, outside } = HOMES[name];
    const device = Namespace.make(name);
    const router = Namespace.make(`${name}-router`);
    cable({ namespace: device, name: 'lan0' }, { namespace: router, name: 'in0' });
    cable({ namespace: router, name: 'out0' }, { namespace: this.place, name: `${name}0` });
    this.place.ip(`link set ${name}0 master net0`);
    device.ip(`address add ${address}/25 dev lan0`);
    device.ip(`route add default via ${inside}`);
    router.ip(`address add ${inside}/25 dev in0`);
    router.ip(`address add ${outside}/24 dev out0`);
    router.set('net/ipv4/ip_forward', 1);
    router.nft(rules(translation));
    return { device, router };
  }
}

/**
 * The input chain matters: without it a peer's early packet gets an entry on the router itself, and the translation
 * of the packet that goes to that peer must then take another port.
 */
function rules(translation) {
  return `
    table ip home {
      chain translate {
        type nat hook postrouting priority srcnat
        oifname "out0" ${translation}
      }
      chain forward {
        type filter hook forward priority filter; policy drop
        ct state established,related accept
        iifname "in0" oifname "out0" accept
      }
      chain input {
        type filter hook input priority filter
        iifname "out0" ct state new drop
      }
    }
  `;
}
