import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import type { UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { brotli } from './build/brotli.ts';
import { FIRST_PAINT, FIRST_PAINT_SOURCE, firstPaint } from './build/first-paint.ts';
import { icons } from './build/icons.ts';
import { demoLoops } from './build/loops/plugin.ts';
import { prerender } from './build/prerender.ts';
import { serviceWorker } from './build/service-worker.ts';
import { standalone } from './build/standalone.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** How components, icons and the version are read, in the page and where Home is drawn for it. */
const shared = (): Pick<UserConfig, 'plugins' | 'define'> => ({
  plugins: [
    icons(),
    demoLoops(),
    svelte({
      onwarn(warning) {
        throw new Error(`${warning.filename ?? ''}:${warning.start?.line ?? 0} ${warning.code}: ${warning.message}`);
      },
    }),
  ],
  define: { __VERSION__: JSON.stringify(version) },
});

export default defineConfig({
  ...shared(),
  plugins: [
    ...(shared().plugins ?? []),
    standalone(FIRST_PAINT, FIRST_PAINT_SOURCE),
    // The server names it in the pages of links that it draws.
    standalone('link-page', 'src/links/page/main.ts'),
    // And this in the privacy centre.
    standalone('privacy-page', 'src/privacy/main.ts'),
    // And this in the frame of YouTube's player.
    standalone('embed-youtube', 'src/players/embeds/frame/youtube.ts'),
    // And these in the frame of Spotify's, and in the window that comes back from signing in there.
    standalone('embed-spotify', 'src/players/embeds/frame/spotify.ts'),
    standalone('back-spotify', 'src/players/embeds/frame/spotify-back.ts'),
    // And this in the frame of the check against robots.
    standalone('embed-turnstile', 'src/account/turnstile/frame.ts'),
    firstPaint(),
    prerender(shared),
    serviceWorker(),
    brotli(),
  ],
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
