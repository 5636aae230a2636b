// Weighs what Home costs: HTML, scripts, styles and texts as brotli, and its fonts. Fails above the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
const CODE_MAX_BYTES = 60_000;
const FONTS_MAX_BYTES = 100_000;

const read = (file) => readFileSync(new URL(file, DIST));
const built = readdirSync(new URL('assets/', DIST)).map((file) => `assets/${file}`);
const imports = (file) => [...read(file).toString().matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g)].map((found) => `assets/${found[1]}`);

const html = read('index.html').toString();
const files = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1]));
for (const file of built) {
  // The lazy parts that Home opens, with their styles. English stands for the language: only one is fetched.
  if (/\/(Home|JoinForm|Field|Dialog|QrScanner)-.*\.(js|css)$/.test(file)) files.add(file);
  if (/\/(common|home)-.*\.js$/.test(file) && /^var \w+=`### (Words|Home)/.test(read(file).toString())) files.add(file);
}
for (const file of files) if (file.endsWith('.js')) for (const imported of imports(file)) files.add(imported);

const weigh = (file) => brotliCompressSync(read(file)).length;
const code = ['index.html', ...files].map((file) => ({ file, bytes: weigh(file) }));
const fonts = built
  .filter((file) => /(?:bricolage-grotesque-latin|instrument-sans-latin)-wght.*\.woff2$|martian-mono.*\.woff2$/.test(file))
  .map((file) => ({ file, bytes: read(file).length }));
const sum = (parts) => parts.reduce((total, { bytes }) => total + bytes, 0);

for (const { file, bytes } of [...code, ...fonts]) console.log(String(bytes).padStart(7), file);
console.log(`code ${sum(code)} of ${CODE_MAX_BYTES} bytes, fonts ${sum(fonts)} of ${FONTS_MAX_BYTES} bytes`);
const complete = fonts.length === 3 && [/\/Home-.*js$/, /\/JoinForm-.*js$/, /\/common-/, /\/home-/].every((part) => code.some(({ file }) => part.test(file)));
if (!complete) console.log('a part of Home was not found: name it in this script');
if (!complete || sum(code) > CODE_MAX_BYTES || sum(fonts) > FONTS_MAX_BYTES) process.exitCode = 1;
