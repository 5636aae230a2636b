// Builds `src/sw.ts` to `/sw.js` and tells it which files make up the shell.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const FILE = 'sw.js';
const PLACEHOLDER = '__PRECACHE__';
/** Fetched only by those who need them. */
const LEFT_OUT = [/Gallery/, /link-page/, /embed-(youtube|spotify)/, /back-spotify/, /jsQR/, /pseudo/, /-latin-/, /vazirmatn/, /onest/, /loop-/, /\/(SignIn|Register|Reset|Account|Setup)Page/, /\/(account|PasswordField|proof-worker)-/];

export function serviceWorker(): Plugin {
  return {
    name: 'unisono-service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/sw.ts', fileName: FILE });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[FILE];
        if (worker?.type !== 'chunk') throw new Error(`${FILE} is not in the bundle`);
        if (worker.imports.length > 0) throw new Error(`${FILE} must stand alone`);
        const addresses = Object.keys(bundle)
          .filter((file) => file.startsWith('assets/') && !LEFT_OUT.some((pattern) => pattern.test(file)))
          .map((file) => `/${file}`)
          .sort();
        const version = createHash('sha256').update(addresses.join()).digest('hex').slice(0, 12);
        if (!worker.code.includes(PLACEHOLDER)) throw new Error(`${FILE} has no place for its list`);
        worker.code = worker.code.replace(PLACEHOLDER, JSON.stringify({ version, addresses }));
      },
    },
  };
}
