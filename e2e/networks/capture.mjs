// What really went over a wire: tcpdump's file, read as far as these tests need it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './clearing.mjs';

/** The file's header, and that of each record (draft-ietf-opsawg-pcap); tcpdump writes this machine's byte order. */
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET_HEADER = 14;
const IPV4 = 0x0800;
const TRANSPORTS = { 6: 'tcp', 17: 'udp' };

export class Capture {
  /** Records every packet at `link` in `namespace` from now on. */
  static async begin(stage, namespace, link) {
    const { folder, remove } = temporaryFolder('capture');
    const file = join(folder, 'packets');
    // -U writes each packet at once; -Z keeps the rights that the private folder asks for.
    const words = [...namespace.enter, 'tcpdump', '-i', link, '-s', '0', '-B', '8192', '-U', '-Z', 'root', '-w', file];
    const tool = spawn('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
    const capture = new Capture(tool, file);
    stage.later(async () => {
      await capture.#end('SIGKILL');
      remove();
    });
    await capture.#listening();
    return capture;
  }

  constructor(tool, file) {
    this.tool = tool;
    this.file = file;
  }

  /** Ends the recording and returns its packets. */
  async end() {
    await this.#end('SIGINT');
    return packetsOf(readFileSync(this.file));
  }

  async #listening() {
    let said = '';
    for await (const text of this.tool.stderr.iterator({ destroyOnReturn: false })) {
      said += text;
      if (said.includes('listening on')) break;
    }
    if (!said.includes('listening on')) throw new Error(`tcpdump: ${said}`);
    this.tool.stderr.resume();
  }

  async #end(signal) {
    if (this.tool.exitCode !== null || this.tool.signalCode !== null) return;
    const ended = once(this.tool, 'exit');
    this.tool.kill(signal);
    await ended;
  }
}

function packetsOf(bytes) {
  const packets = [];
  for (let at = FILE_HEADER; at + RECORD_HEADER <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    at += RECORD_HEADER;
    packets.push(packetOf(bytes.subarray(at, at + length)));
    at += length;
  }
  return packets;
}

/** `frame` is everything; the rest is there for TCP and UDP over IPv4, which is all that these networks have. */
function packetOf(frame) {
  const ip = frame.subarray(ETHERNET_HEADER);
  if (frame.readUInt16BE(12) !== IPV4) return { frame, transport: null };
  const transport = TRANSPORTS[ip[9]] ?? null;
  const ends = { source: dotted(ip.subarray(12, 16)), target: dotted(ip.subarray(16, 20)) };
  const segment = ip.subarray((ip[0] & 15) * 4, ip.readUInt16BE(2));
  if (transport === null || segment.length < 8) return { frame, transport, ...ends, payload: segment };
  const header = transport === 'udp' ? 8 : (segment[12] >> 4) * 4;
  const ports = { source_port: segment.readUInt16BE(0), target_port: segment.readUInt16BE(2) };
  return { frame, transport, ...ends, ...ports, payload: segment.subarray(header) };
}

export function dotted(bytes) {
  return [...bytes].join('.');
}
