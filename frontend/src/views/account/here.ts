// What the pages of accounts need of this browser, and of the address.
import { asking } from '../../account/api';
import { pathOf } from '../../account/to';
import { chooseLocale } from '../../i18n/choice';
import { i18n } from '../../i18n/i18n.svelte';
import { LANGUAGES } from '../../i18n/negotiate';
import { router } from '../../router/page';
import type { Route } from '../../router/route';
import { theme } from '../../state/page';
import { THEMES } from '../../state/theme.svelte';
import type { Account } from '../../account/wire';

/** Asks the server, in the language of the page. */
export const ask = asking(() => i18n.locale);

/** A word of the address of a page of accounts, such as `to`. */
export function asked(route: Route, name: string): string | null {
  return route.name === 'account' ? new URL(route.address, location.origin).searchParams.get(name) : null;
}

/** What stands behind `#`: a secret that no server log sees. */
export function secretOf(route: Route): string | null {
  return route.name === 'account' ? new URL(route.address, location.origin).hash.slice(1) || null : null;
}

/** Goes where the person wanted to, as the account is set. */
export function goOn(account: Account, to: string | null): void {
  settle(account);
  const path = pathOf(to, location.origin, '/account');
  if (!router.follow(new URL(path, location.origin))) location.assign(path);
}

/** The look and the language that the account keeps hold here too. */
export function settle({ theme: look, language }: Account): void {
  const known = THEMES.find((one) => one === look);
  if (known && known !== theme.choice) theme.choose(known);
  const tongue = LANGUAGES.find((one) => one === language);
  if (tongue && tongue !== i18n.locale) void chooseLocale(tongue);
}

/** A word of what stands behind `#`. */
export function hidden(route: Route, name: string): string | null {
  return new URLSearchParams(secretOf(route) ?? '').get(name);
}

export function dayOf(ms: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' }).format(ms);
}

export function momentOf(ms: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}
