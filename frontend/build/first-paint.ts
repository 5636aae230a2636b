// What the page needs before it is painted: the chosen theme and language, and the two faces of its first words. All as
// files, since the content security policy allows nothing inline.
import { build, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';

const SOURCE = 'src/first-paint.ts';
const FACES = ['bricolage-grotesque-ascii', 'instrument-sans-ascii'];

export function firstPaint(): Plugin {
  let scriptFile = '';
  let root = '';
  return {
    name: 'unisono-first-paint',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle() {
      const reference = this.emitFile({ type: 'asset', name: 'first-paint.js', source: await classicScript(root) });
      scriptFile = this.getFileName(reference);
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }): HtmlTagDescriptor[] {
        if (!bundle) return [{ tag: 'script', attrs: { type: 'module', src: `/${SOURCE}` }, injectTo: 'head-prepend' }];
        return [{ tag: 'script', attrs: { src: `/${scriptFile}` }, injectTo: 'head-prepend' }, ...FACES.map((face) => preload(face, bundle))];
      },
    },
  };
}

/** A module would wait for the page to be parsed, and be painted over. */
async function classicScript(root: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', copyPublicDir: false, lib: { entry: SOURCE, formats: ['iife'], name: 'firstPaint' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error(`${SOURCE} was not built`);
  return bundle.output[0].code;
}

function preload(face: string, bundle: Rolldown.OutputBundle): HtmlTagDescriptor {
  const file = Object.keys(bundle).find((name) => name.includes(face));
  if (!file) throw new Error(`the face ${face} is not in the bundle`);
  return { tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` }, injectTo: 'head' };
}
