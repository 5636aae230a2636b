import type { t } from '../i18n/i18n.svelte';

const ARROWS: Record<string, string> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→' };

/** How a key is written on its cap. */
export function keyName(key: string, translate: typeof t): string {
  if (key === ' ') return translate('common-key-space');
  return ARROWS[key] ?? key.toUpperCase();
}

const KEYS_FOR_ITSELF = 'input, textarea, select, [contenteditable], dialog[open] *';
/** Space presses a focused button or link's neighbour: it is not ours there. */
const PRESSED_BY_SPACE = 'button, summary, a';

/** Whether the focused element wants the keys for itself. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(KEYS_FOR_ITSELF);
}

/** Whether space on the focused element already means something. */
export function takesSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(PRESSED_BY_SPACE);
}
