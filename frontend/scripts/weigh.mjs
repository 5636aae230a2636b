// Weighs what Home costs (HTML, scripts, styles and texts as brotli, and its fonts), and the scripts of the page to sign in.
// Fails above the limits.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
/** It names everything that it needs; English stands for the language. */
const PAGE = 'home.en.html';
const CODE_MAX_BYTES = 60_000;
const FONTS_MAX_BYTES = 100_000;
const SIGN_IN_MAX_BYTES = 60_000;
const FACES = 3;

const read = (file) => readFileSync(new URL(file, DIST));
const packed = (file) => ({ file, bytes: brotliCompressSync(read(file)).length });
const sum = (parts) => parts.reduce((total, { bytes }) => total + bytes, 0);
const assets = readdirSync(new URL('assets/', DIST)).map((file) => `assets/${file}`);

process.exitCode = [weighHome(), weighSignIn()].every(Boolean) ? 0 : 1;

function weighHome() {
  const named = [...read(PAGE).toString().matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1]);
  const code = [PAGE, ...new Set(named)].map(packed);
  const fonts = assets.filter((file) => /-ascii-.*\.woff2$/.test(file)).map((file) => ({ file, bytes: read(file).length }));
  tell([...code, ...fonts]);
  console.log(`Home: code ${sum(code)} of ${CODE_MAX_BYTES} bytes, fonts ${sum(fonts)} of ${FONTS_MAX_BYTES} bytes`);
  const parts = [/\/index-.*js$/, /\/Home-.*js$/, /\/Home-.*css$/, /\/common-.*js$/, /\/home-.*js$/, /\/first-paint-.*js$/];
  const isComplete = fonts.length === FACES && parts.every((part) => named.some((file) => part.test(file)));
  if (!isComplete) console.log(`${PAGE} does not name all that Home needs`);
  return isComplete && sum(code) <= CODE_MAX_BYTES && sum(fonts) <= FONTS_MAX_BYTES;
}

/** What runs until somebody can sign in. The texts of one language: the longest ones stand for all. */
function weighSignIn() {
  const start = [...read('index.html').toString().matchAll(/src="\/(assets\/[^"]+\.js)"/g)].map((found) => found[1]);
  const files = new Set([...start, one('Account'), one('SignInPage'), one('proof-worker')].flatMap(withImports));
  const texts = ['common', 'account'].map((name) => all(name).map(packed).reduce((longest, file) => (file.bytes > longest.bytes ? file : longest)));
  const parts = [...[...files].map(packed), ...texts];
  tell(parts);
  console.log(`the page to sign in: scripts ${sum(parts)} of ${SIGN_IN_MAX_BYTES} bytes`);
  return sum(parts) <= SIGN_IN_MAX_BYTES;
}

function tell(parts) {
  for (const { file, bytes } of parts) console.log(String(bytes).padStart(7), file);
}

function all(name) {
  const found = assets.filter((file) => new RegExp(`/${name}-[\\w-]{8}\\.js$`).test(file));
  if (found.length === 0) throw new Error(`${name} was not built`);
  return found;
}

function one(name) {
  const found = all(name);
  if (found.length > 1) throw new Error(`${found.join(' and ')} are both called ${name}`);
  return found[0];
}

/** With all that these files import at once. */
function withImports(file) {
  const imported = [...read(file).toString().matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((found) => `assets/${found[1]}`);
  return [file, ...imported.flatMap(withImports)];
}
