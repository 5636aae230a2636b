// What the page needs before it is painted: the chosen theme and language, and the two faces of its first words. All as
// files, since the content security policy allows nothing inline.
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

export const FIRST_PAINT = 'first-paint';
export const FIRST_PAINT_SOURCE = 'src/first-paint.ts';
const FACES = ['bricolage-grotesque-ascii', 'instrument-sans-ascii'];

export function firstPaint(): Plugin {
  return {
    name: 'unisono-first-paint-tags',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }): HtmlTagDescriptor[] {
        if (!bundle) return [script({ type: 'module', src: `/${FIRST_PAINT_SOURCE}` })];
        const faces = FACES.map((face) => preload(fileOf(face, bundle)));
        return [script({ src: fileOf(FIRST_PAINT, bundle) }), ...faces];
      },
    },
  };
}

function fileOf(name: string, bundle: Rolldown.OutputBundle): string {
  const file = Object.keys(bundle).find((one) => one.startsWith(`assets/${name}-`));
  if (!file) throw new Error(`${name} is not in the bundle`);
  return `/${file}`;
}

function script(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: 'script', attrs, injectTo: 'head-prepend' };
}

function preload(href: string): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href }, injectTo: 'head' };
}
