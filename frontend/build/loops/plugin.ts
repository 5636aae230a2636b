// Makes the demo loops while the front end is built, so that every clone has them and no sound lies in the repository.
// `assets/loop-<name>-<hash>.flac` are the sounds, `virtual:demo-loops` their list for pages, `loops.json` for programs.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { encodeFlac } from './flac.ts';
import { type Piece, PIECES } from './pieces.ts';
import { Loop, RATE } from './synth.ts';

const LIST = 'virtual:demo-loops';
const HERE = new URL('./', import.meta.url);

export function demoLoops(): Plugin {
  const version = sourcesVersion();
  const fileOf = ({ name }: Piece) => `assets/loop-${name}-${version}.flac`;
  const list = PIECES.map((piece) => ({
    name: piece.name,
    title_key: piece.title_key,
    duration_ms: piece.seconds * 1000,
    url: `/${fileOf(piece)}`,
  }));
  return {
    name: 'unisono-demo-loops',
    resolveId: (id) => (id === LIST ? `\0${LIST}` : null),
    load: (id) => (id === `\0${LIST}` ? `export const LOOPS = ${JSON.stringify(list)};` : null),
    generateBundle() {
      // Where Home is drawn only their list is needed.
      if (this.environment.name === 'ssr') return;
      for (const piece of PIECES) this.emitFile({ type: 'asset', fileName: fileOf(piece), source: soundOf(piece) });
      this.emitFile({ type: 'asset', fileName: 'loops.json', source: JSON.stringify(list) });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const piece = PIECES.find((one) => request.url === `/${fileOf(one)}`);
        if (!piece) return next();
        response.setHeader('content-type', 'audio/flac');
        response.end(soundOf(piece));
      });
    },
  };
}

/** The sound of a piece, as a file. */
export function soundOf(piece: Piece): Uint8Array<ArrayBuffer> {
  return encodeFlac(piece.compose(new Loop(piece.seconds)).mastered(), RATE);
}

/** The same sources give the same sounds, so their hash can stand for the sounds' own. */
function sourcesVersion(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(HERE).sort()) hash.update(readFileSync(new URL(file, HERE)));
  return hash.digest('hex').slice(0, 8);
}
