// Which language a person gets.

export const LANGUAGES = ['en', 'ru', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** English with longer, accented words: shows what breaks when a translation is long. */
export const PSEUDO = 'en-XA';
export type Locale = Language | typeof PSEUDO;

export const NATIVE_NAMES: Record<Language, string> = { en: 'English', ru: 'Русский', ar: 'العربية' };

const RIGHT_TO_LEFT: ReadonlySet<Locale> = new Set(['ar']);

/** The first wish that can be met, by its exact tag or its primary language (RFC 4647, lookup); else English. */
export function negotiate(wishes: Iterable<string | null>): Locale {
  for (const wish of wishes) {
    const locale = wish && meet(wish);
    if (locale) return locale;
  }
  return 'en';
}

function meet(wish: string): Locale | undefined {
  if (wish.toLowerCase() === PSEUDO.toLowerCase()) return PSEUDO;
  const primary = wish.toLowerCase().split('-', 1)[0];
  return LANGUAGES.find((language) => language === primary);
}

export function direction(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}
