// A script that is one file and shares nothing with the views: for what runs before them, or on pages without them.
import { build, type Plugin } from 'vite';

/** Builds `entry` to `assets/<name>-<hash>.js`. */
export function standalone(name: string, entry: string): Plugin {
  let root = '';
  return {
    name: `unisono-${name}`,
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', name: `${name}.js`, source: await classicScript(root, entry) });
    },
  };
}

/** Not a module: that would wait for the page to be parsed, and be painted over. */
async function classicScript(root: string, entry: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', copyPublicDir: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error(`${entry} was not built`);
  return bundle.output[0].code;
}
