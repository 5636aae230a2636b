// Hands on room-client.ts to journeys and measurements. Node.js 20 runs no TypeScript, so the compiler of the pages takes
// the types off, once for each version of the client.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = new URL('./room-client.ts', import.meta.url);
const PAGES = new URL('../../frontend/package.json', import.meta.url);
/** Below e2e/, so that the client finds the package `ws`. */
const OUT = new URL('../out/', import.meta.url);

export const { newKey, Refused, RoomClient } = await import(withoutTypes());

/** Where the client is that Node.js runs. */
function withoutTypes() {
  const source = readFileSync(SOURCE, 'utf8');
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const plain = new URL(`room-client-${digest}.mjs`, OUT);
  if (existsSync(plain)) return plain;
  const { ModuleKind, ScriptTarget, transpileModule } = createRequire(PAGES)('typescript');
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  mkdirSync(OUT, { recursive: true });
  // Several processes may do this at once: each writes a file of its own, and none sees half a file.
  const written = new URL(`room-client-${digest}.${process.pid}`, OUT);
  writeFileSync(written, transpileModule(source, { compilerOptions }).outputText);
  renameSync(written, plain);
  return plain;
}
