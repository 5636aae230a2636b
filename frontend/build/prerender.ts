// Draws Home at build time, in every language, so that its first paint waits for no script.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, type ResolvedConfig, type Rolldown, type UserConfig } from 'vite';
import type { Drawn } from '../src/prerender.ts';

const SOURCE = 'src/prerender.ts';
const PAGE = 'index.html';
const PLACE = '<div id="app"></div>';
const TITLE = /<title>[^<]*<\/title>/;
/** What makes the page answer, and what that needs. */
const SCRIPTS = /\s*<(?:link rel="modulepreload"[^>]*>|script type="module"[^>]*><\/script>)/g;
const SCRIPTLESS = /(<noscript>\s*<p>)[^<]*/;

/** `shared` is what both builds need: how components and icons are read. It gives fresh plugins. */
export function prerender(shared: () => Pick<UserConfig, 'plugins' | 'define'>): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'unisono-prerender',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle[PAGE];
        if (page?.type !== 'asset') throw new Error(`${PAGE} is not in the bundle`);
        for (const drawn of await drawHome(config, shared())) {
          const source = fill(page.source.toString(), drawn, tagsOf(bundle, drawn.language));
          this.emitFile({ type: 'asset', fileName: `home.${drawn.language}.html`, source });
        }
      },
    },
  };
}

async function drawHome({ root }: ResolvedConfig, shared: UserConfig): Promise<Drawn[]> {
  const built = await build({
    ...shared,
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr: SOURCE, write: false, target: 'node20', copyPublicDir: false, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error(`${SOURCE} was not built`);
  const folder = join(root, 'node_modules/.prerender');
  const file = join(folder, `${Date.now()}.mjs`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, bundle.output[0].code);
  // What the shared state asks of a browser when it is made.
  Object.assign(globalThis, { location: new URL('https://unisono.invalid/'), isSecureContext: true });
  try {
    const module = (await import(pathToFileURL(file).href)) as typeof import('../src/prerender.ts');
    return await module.drawHome();
  } finally {
    await rm(folder, { recursive: true });
  }
}

function fill(html: string, { language, direction, head, body, scriptless }: Drawn, tags: string): string {
  if (!html.includes(PLACE) || !TITLE.test(html) || !SCRIPTLESS.test(html)) throw new Error(`${PAGE} has no place for Home`);
  const whole = html
    .replace('<html lang="en" dir="ltr"', `<html lang="${language}" dir="${direction}"`)
    .replace(TITLE, () => head)
    .replace(SCRIPTLESS, (_, start: string) => start + scriptless)
    .replace('</head>', () => `${tags}</head>`)
    .replace(PLACE, () => `<div id="app">${body}</div>`);
  // First what is seen: `src/first-paint.ts` takes the scripts out of here when it is.
  const scripts = whole.match(SCRIPTS)?.join('') ?? '';
  return whole.replace(SCRIPTS, '').replace('</head>', () => `<template id="scripts">${scripts}</template></head>`);
}

/** The styles of Home, which must not come late, and its scripts and texts, which need not be found one by the other. */
function tagsOf(bundle: Rolldown.OutputBundle, language: string): string {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const made = (pattern: RegExp) => {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => pattern.test(id)));
    if (!chunk) throw new Error(`no chunk for ${pattern}`);
    return chunk;
  };
  const entry = made(/\/index\.html$/);
  const wanted = [made(/\/views\/Home\.svelte$/), ...['common', 'home'].map((catalogue) => made(new RegExp(`/locales/${language}/${catalogue}\\.ftl`)))];
  const there = new Set(withImports(entry, bundle));
  const added = [...new Set(wanted.flatMap((chunk) => withImports(chunk, bundle)))].filter((chunk) => !there.has(chunk));
  const styles = added.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
  return [
    ...styles.map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
    ...added.map(({ fileName }) => `<link rel="modulepreload" crossorigin href="/${fileName}">`),
  ].join('');
}

function withImports(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const imported = chunk.imports.map((file) => bundle[file]).filter((file) => file?.type === 'chunk');
  return [chunk, ...imported.flatMap((one) => withImports(one, bundle))];
}
