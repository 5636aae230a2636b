// Turns `icon:play` into the inner markup of Lucide's `play.svg`, so that only the icons in use are shipped.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const PREFIX = 'icon:';
const require = createRequire(import.meta.url);

export function icons(): Plugin {
  return {
    name: 'unisono-icons',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const name = id.slice(PREFIX.length + 1);
      const svg = await readFile(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8');
      return `export default ${JSON.stringify(innerMarkup(svg))};`;
    },
  };
}

function innerMarkup(svg: string): string {
  const start = svg.indexOf('>', svg.indexOf('<svg')) + 1;
  return svg.slice(start, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
}
