// What people do with music links.
import { until } from './waits.mjs';

/** Browsers hand out what was copied only with this permission. */
export const CLIPBOARD = ['clipboard-read', 'clipboard-write', 'microphone'];

export function fieldOf(page) {
  return page.getByRole('textbox', { name: 'Room code or music link' });
}

/** Copies the text elsewhere and pastes it into Home's field: one interaction. */
export async function pastesOnHome(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await fieldOf(page).focus();
  await page.keyboard.press('Control+V');
}

/** Waits for the page of a link and returns its name. */
export async function linkPage(page) {
  await page.waitForURL(/\/l\/\w+/);
  await page.locator('#link h1').waitFor();
  return page.locator('#link').getAttribute('data-id');
}

export function row(page, platform) {
  return page.locator(`#on-${platform}`);
}

/** Waits until no service is being asked any more. */
export async function everyServiceAnswered(page) {
  await page.locator('#link').waitFor();
  await until('every service has answered', async () => (await page.locator('.service[data-state=pending]').count()) === 0);
}

/** Each service with a link: its name here, the address, and what is said about it. */
export function found(page) {
  return page.locator('.service[data-state=found]').evaluateAll((rows) =>
    rows.map((one) => ({
      platform: one.id.replace('on-', ''),
      address: one.querySelector('a.open').href,
      certainty: one.querySelector('.certainty').textContent.trim(),
      why: one.querySelector('.why').textContent.trim(),
    })),
  );
}
