// Weighs what Home costs: HTML, scripts, styles and texts as brotli, and its fonts. Fails above the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
/** It names everything that it needs; English stands for the language. */
const PAGE = 'home.en.html';
const CODE_MAX_BYTES = 60_000;
const FONTS_MAX_BYTES = 100_000;
const FACES = 3;

const read = (file) => readFileSync(new URL(file, DIST));
const named = [...read(PAGE).toString().matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1]);

const code = [PAGE, ...new Set(named)].map((file) => ({ file, bytes: brotliCompressSync(read(file)).length }));
const fonts = readdirSync(new URL('assets/', DIST))
  .filter((file) => /-ascii-.*\.woff2$/.test(file))
  .map((file) => ({ file: `assets/${file}`, bytes: read(`assets/${file}`).length }));
const sum = (parts) => parts.reduce((total, { bytes }) => total + bytes, 0);

for (const { file, bytes } of [...code, ...fonts]) console.log(String(bytes).padStart(7), file);
console.log(`code ${sum(code)} of ${CODE_MAX_BYTES} bytes, fonts ${sum(fonts)} of ${FONTS_MAX_BYTES} bytes`);
const parts = [/\/index-.*js$/, /\/Home-.*js$/, /\/Home-.*css$/, /\/common-.*js$/, /\/home-.*js$/, /\/first-paint-.*js$/];
const isComplete = fonts.length === FACES && parts.every((part) => named.some((file) => part.test(file)));
if (!isComplete) console.log(`${PAGE} does not name all that Home needs`);
if (!isComplete || sum(code) > CODE_MAX_BYTES || sum(fonts) > FONTS_MAX_BYTES) process.exitCode = 1;
