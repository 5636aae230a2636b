// Draws the icons in `public/icons` from `mark.svg` with Debian's Chromium, and shrinks the maskable one into its safe zone.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ICONS = fileURLToPath(new URL('../public/icons/', import.meta.url));
const INK = '#242331';
/** The part of a maskable icon that is always shown is a circle of 80 %. */
const SAFE = 0.8;

const mark = readFileSync(join(ICONS, 'mark.svg'), 'utf8');
const pictures = [
  { name: 'mark-192.png', size: 192, scale: 1, ground: 'transparent' },
  { name: 'mark-512.png', size: 512, scale: 1, ground: 'transparent' },
  { name: 'mark-180.png', size: 180, scale: 1, ground: INK },
  { name: 'maskable-512.png', size: 512, scale: SAFE, ground: INK },
];

const folder = mkdtempSync(join(tmpdir(), 'unisono-icons-'));
for (const { name, size, scale, ground } of pictures) {
  const page = join(folder, 'icon.html');
  const side = Math.round(size * scale);
  writeFileSync(
    page,
    `<style>body{margin:0;width:${size}px;height:${size}px;display:grid;place-items:center;background:${ground}}svg{width:${side}px}</style>${mark}`,
  );
  execFileSync(process.env.CHROME_PATH ?? 'chromium', [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--default-background-color=00000000',
    `--window-size=${size},${size}`, `--screenshot=${join(ICONS, name)}`, `file://${page}`,
  ], { stdio: 'ignore' });
}
rmSync(folder, { recursive: true });
