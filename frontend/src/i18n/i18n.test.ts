import { describe, expect, test } from 'vitest';
import { I18n } from './i18n.svelte';
import { direction, negotiate } from './negotiate';
import { pseudo } from './pseudo';

describe('the language', () => {
  test('is the first wish that can be met', () => {
    expect(negotiate([null, 'de-DE', 'ru-RU', 'en'])).toBe('ru');
    expect(negotiate(['ar-EG', 'en'])).toBe('ar');
    expect(negotiate(['EN-xa'])).toBe('en-XA');
  });

  test('is English when no wish can be met', () => {
    expect(negotiate(['de', 'tlh', ''])).toBe('en');
    expect(negotiate([])).toBe('en');
  });

  test('decides the direction', () => {
    expect(direction('ar')).toBe('rtl');
    expect(direction('ru')).toBe('ltr');
  });
});

describe('texts', () => {
  const hello: Record<string, string> = { en: 'common-close = Close', ru: 'common-close = Закрыть', 'en-XA': 'common-close = Close' };
  /** Catalogues that arrive when the test says so. */
  function speaking() {
    const arrivals: (() => void)[] = [];
    const i18n = new I18n(
      (locale, catalogue) =>
        new Promise((resolve) => arrivals.push(() => resolve(catalogue === 'common' ? (hello[locale] ?? '') : 'home-go = Go'))),
    );
    return { i18n, arrive: (which: number) => arrivals[which]?.() };
  }

  test('end in the language asked for last, in whatever order they arrive', async () => {
    const { i18n, arrive } = speaking();
    const needed = i18n.need('common');
    const spoken = i18n.speak('ru');
    arrive(1);
    await spoken;
    arrive(0);
    await needed;
    expect(i18n.t('common-close')).toBe('Закрыть');
    expect(i18n.locale).toBe('ru');
  });

  test('change only once the new language is there', async () => {
    const { i18n, arrive } = speaking();
    const needed = i18n.need('common');
    arrive(0);
    await needed;
    const spoken = i18n.speak('ru');
    expect(i18n.t('common-close')).toBe('Close');
    arrive(1);
    await spoken;
    expect(i18n.t('common-close')).toBe('Закрыть');
  });

  test('are 40 % longer in the pseudo-locale, and visibly so', async () => {
    const { i18n, arrive } = speaking();
    const spoken = Promise.all([i18n.need('common'), i18n.speak('en-XA')]);
    await new Promise((resolve) => setTimeout(resolve));
    arrive(0);
    arrive(1);
    await spoken;
    expect(i18n.t('common-close')).toBe(pseudo('Close'));
    const long = 'If you choose a language or a look, this browser remembers it, and nobody else.';
    expect(pseudo(long).length / long.length).toBeCloseTo(1.4, 1);
  });
});
