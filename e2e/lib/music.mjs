// Somebody else's web server: a tab that makes sound, and addresses that are sound, or are not.
import { createServer } from 'node:http';
import { listening } from './listening.mjs';
import { LEFT_HZ, RIGHT_HZ } from './sound.mjs';

export const TAB_TITLE = 'Two tones';
const RATE_HZ = 48_000;
const AMPLITUDE = 0.5;
const HEADER_BYTES = 44;
/** Of 32,767. */
const CLICK = 25_000;
/** 4 ms. */
const CLICK_FRAMES = 192;

/** A page whose button starts both tones; captured tabs are chosen by their title. */
const TAB = `<!doctype html><html lang="en"><title>${TAB_TITLE}</title><button>Play</button><script>
document.querySelector('button').onclick = async () => {
  const context = new AudioContext();
  await context.resume();
  const both = context.createChannelMerger(2);
  [${LEFT_HZ}, ${RIGHT_HZ}].forEach((hz, side) => {
    const tone = new OscillatorNode(context, { frequency: hz });
    const half = new GainNode(context, { gain: ${AMPLITUDE} });
    tone.connect(half).connect(both, 0, side);
    tone.start();
  });
  both.connect(context.destination);
  document.body.dataset.playing = context.state;
};
</script></html>`;

const EMPTY = `<!doctype html><html lang="en"><title>Nothing here</title></html>`;
const ANYBODY = { 'access-control-allow-origin': '*' };

/** Starts the server. Its origin differs from that of any page of ours. */
export async function musicServer(stage) {
  const wave = toneFile(20);
  const answers = {
    '/': ['text/html', TAB, {}],
    '/favicon.ico': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', {}],
    '/empty': ['text/html', EMPTY, {}],
    '/open.wav': ['audio/wav', wave, ANYBODY],
    '/closed.wav': ['audio/wav', wave, {}],
    '/page.html': ['text/html', EMPTY, ANYBODY],
  };
  const server = createServer((request, response) => {
    const [type, body, headers] = answers[request.url] ?? [];
    if (type === undefined) return response.writeHead(404, ANYBODY).end();
    response.writeHead(200, { 'content-type': type, 'content-length': body.length, ...headers }).end(body);
  });
  return listening(stage, server);
}

/** A mono WAV file (PCM, 16 bits) with a click each second, the first one at its very beginning. */
export function clickFile(seconds) {
  const frames = Math.round(seconds * RATE_HZ);
  const file = waveHeader(frames, 1);
  for (let second = 0; second < seconds; second += 1) {
    for (let at = 0; at < CLICK_FRAMES; at += 1) {
      file.writeInt16LE(Math.round(CLICK * (1 - at / CLICK_FRAMES) * (at % 2 === 0 ? 1 : -1)), HEADER_BYTES + (second * RATE_HZ + at) * 2);
    }
  }
  return file;
}

/** A stereo WAV file (PCM, 16 bits) with one tone on each side. */
export function toneFile(seconds) {
  const frames = Math.round(seconds * RATE_HZ);
  const file = waveHeader(frames, 2);
  for (let frame = 0; frame < frames; frame += 1) {
    [LEFT_HZ, RIGHT_HZ].forEach((hz, side) => {
      const sample = AMPLITUDE * Math.sin((2 * Math.PI * hz * frame) / RATE_HZ);
      file.writeInt16LE(Math.round(sample * 32_767), HEADER_BYTES + frame * 4 + side * 2);
    });
  }
  return file;
}

/** The header of a WAV file of 16 bits, and room for its frames. */
function waveHeader(frames, channels) {
  const bytes = frames * channels * 2;
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + bytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(RATE_HZ * channels * 2, 28);
  file.writeUInt16LE(channels * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(bytes, 40);
  return file;
}
