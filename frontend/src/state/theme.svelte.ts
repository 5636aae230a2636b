import { STORED, type Keep } from './storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** Light, dark, or what the system says. `src/first-paint.ts` reads the same value before the first paint. */
export class Theme {
  choice = $state<ThemeChoice>('system');

  constructor(private readonly keep: Keep) {
    const kept = keep.read(STORED.theme);
    this.choice = THEMES.find((theme) => theme === kept) ?? 'system';
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.keep.write(STORED.theme, choice === 'system' ? null : choice);
  }
}
