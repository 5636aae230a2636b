// Looking at a page as many people do: widths, themes, languages, and with the eyes of axe.
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const WIDTHS = [320, 390, 768, 1440];
const HEIGHT = 900;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a picture is taken of, and whether axe looks too: it judges colours and names, which widths change little. */
export const EVERY_PICTURE = WIDTHS.flatMap((width) => [
  { width, theme: 'light', axe: width === 390 || width === 1440 },
  { width, theme: 'dark', axe: width === 390 },
]);
/** Enough for a page that others resemble: a phone by day, a desk by night. */
export const TWO_PICTURES = [
  { width: 390, theme: 'light', axe: true },
  { width: 1440, theme: 'dark', axe: false },
];
/** Enough for one of many states. */
export const ONE_PICTURE = [{ width: 390, theme: 'light', axe: true }];
/** Other languages change lengths and direction, not names and colours. */
export const OTHER_LANGUAGE = [{ width: 390, theme: 'light', axe: false }];

const markup = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // Bundlers and browsers write markup; how they put spaces is not ours.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    // A name on a list is allowed and read out (WAI-ARIA 1.2, section 5.2.8.4).
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Browsers would offer to keep a room's password as if it were an account's.
    'autocomplete-password': 'off',
    // Numbers come without a unit to break a line at; codes are in `bdi` with a fixed direction.
    'tel-non-breaking': 'off',
    // The content policy has no hole for a hash, and the own origin serves every file.
    'require-sri': 'off',
  },
});

/** Takes the pictures and returns all that is wrong with the page, in words. Layout is judged at every width. */
export async function faultsOf(page, name, folder, pictures) {
  // Before pictures are taken: they leave empty `style` attributes behind.
  const faults = await markupFaults(name, await page.content());
  return [...faults, ...(await placeFaults(page, name, folder, pictures))];
}

/** The same without a look at the markup. */
export async function placeFaults(page, name, folder, pictures = OTHER_LANGUAGE) {
  mkdirSync(folder, { recursive: true });
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate(settled);
    faults.push(...(await page.evaluate(misplaced)).map((fault) => `${name} ${width}: ${fault}`));
    for (const { theme, axe } of pictures.filter((picture) => picture.width === width)) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.evaluate(settled);
      await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
      if (axe) faults.push(...(await axeFaults(page)).map((fault) => `${name} ${width} ${theme}: ${fault}`));
    }
  }
  return faults;
}

/** What html-validate says of markup. */
export async function markupFaults(name, html) {
  const { results } = await markup.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, selector }) => `${name}: ${ruleId}: ${message} (${selector})`));
}

/** The dark theme: a picture, and contrast, which is all that a theme can spoil. */
export async function nightFaults(page, name, folder) {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.evaluate(settled);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  const { violations } = await lookingAt(page).withRules(['color-contrast']).analyze();
  return inWords(violations).map((fault) => `${name}: ${fault}`);
}

async function axeFaults(page) {
  const { violations } = await lookingAt(page).withTags(AXE_TAGS).analyze();
  return inWords(violations);
}

/** In the page itself: nothing here lies in frames of others, for which a second page would be opened at each look. */
function lookingAt(page) {
  return new AxeBuilder({ page }).setLegacyMode(true);
}

function inWords(violations) {
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** In the page: typefaces are there and the layout has come to rest. */
async function settled() {
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  // A change of theme fades.
  const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(fading.map((one) => one.finished));
}

/** In the page: elements that leave their parent sideways, text that is cut, and a page that scrolls sideways. */
function misplaced() {
  const SLACK_PX = 1;
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`scrolls sideways to ${document.documentElement.scrollWidth} px`);
  const name = (element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${element.textContent.trim().slice(0, 40)}`;
  for (const element of document.querySelectorAll('body *')) {
    const parent = element.parentElement;
    const { position, display, overflowX, marginLeft, marginRight } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isOut = position === 'absolute' || position === 'fixed' || display === 'inline' || display === 'contents';
    if (isOut || box.width <= 1 || element.closest('svg, dialog:not([open]), .visually-hidden, .skip')) continue;
    if (overflowX === 'hidden' && element.scrollWidth > element.clientWidth + SLACK_PX) faults.push(`cut: ${name(element)}`);
    if (getComputedStyle(parent).display === 'contents') continue;
    const around = parent.getBoundingClientRect();
    // A negative margin is drawn on purpose: the edge of an icon stands under that of the text.
    const out = Math.max(around.left - box.left + Math.min(0, parseFloat(marginLeft)), box.right - around.right + Math.min(0, parseFloat(marginRight)));
    if (out > SLACK_PX) faults.push(`outside its parent by ${out.toFixed(1)} px: ${name(element)}`);
  }
  return faults;
}
