// What the page needs before it is painted: the chosen theme, and the display face. Both as files, since the
// content security policy allows nothing inline.
import { readFile } from 'node:fs/promises';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const THEME_SOURCE = new URL('../src/first-paint.js', import.meta.url);
const DISPLAY_FACE = 'bricolage-grotesque-latin-wght-normal';

export function firstPaint(): Plugin {
  let themeFile = '';
  return {
    name: 'unisono-first-paint',
    async generateBundle() {
      const source = await readFile(THEME_SOURCE, 'utf8');
      const reference = this.emitFile({ type: 'asset', name: 'first-paint.js', source });
      themeFile = this.getFileName(reference);
    },
    configureServer(server) {
      server.middlewares.use('/first-paint.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        void readFile(THEME_SOURCE, 'utf8').then((source) => response.end(source));
      });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }): HtmlTagDescriptor[] {
        if (!bundle) return [script('/first-paint.js')];
        const face = Object.keys(bundle).find((file) => file.includes(DISPLAY_FACE));
        if (!face) throw new Error(`the display face ${DISPLAY_FACE} is not in the bundle`);
        return [script(`/${themeFile}`), preload(`/${face}`)];
      },
    },
  };
}

function script(src: string): HtmlTagDescriptor {
  return { tag: 'script', attrs: { src }, injectTo: 'head-prepend' };
}

function preload(href: string): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href }, injectTo: 'head' };
}
