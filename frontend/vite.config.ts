import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { brotli } from './build/brotli.ts';
import { firstPaint } from './build/first-paint.ts';
import { icons } from './build/icons.ts';
import { serviceWorker } from './build/service-worker.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  plugins: [
    icons(),
    svelte({
      onwarn(warning) {
        throw new Error(`${warning.filename ?? ''}:${warning.start?.line ?? 0} ${warning.code}: ${warning.message}`);
      },
    }),
    firstPaint(),
    serviceWorker(),
    brotli(),
  ],
  define: { __VERSION__: JSON.stringify(version) },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } },
  },
  build: {
    target: 'es2022',
    // Nothing inline: the content security policy has no `data:` and no `unsafe-inline`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: { include: ['src/**/*.test.ts'] },
});
