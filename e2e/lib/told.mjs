// What a page says: what went wrong, what to do next, and what is announced.
import assert from 'node:assert/strict';

/**
 * Waits for the notice of the page and returns its two sentences. Both must be there. `kind` is `alert`, or `note` for
 * what is no fault; `old` is the title of a notice that is still there from before.
 */
export async function told(page, kind = 'alert', old = null) {
  const notices = page.locator(kind === 'alert' ? '[role=alert]' : '.notice').filter({ visible: true });
  const notice = (old === null ? notices : notices.filter({ hasNotText: old })).first();
  await notice.waitFor();
  const [title, next] = await notice.locator('.text > p').allInnerTexts();
  assert.ok(title?.trim() && next?.trim(), `what happened and what to do: "${title}", "${next}"`);
  return { title, next };
}

/** Notes what the page's one status region says from now on; what is returned tells it. */
export async function noteAnnouncements(page) {
  await page.evaluate(() => {
    const region = document.querySelector('p[role=status]');
    window.announced = [];
    new MutationObserver(() => {
      const text = region.textContent.trim();
      if (text) window.announced.push(text);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.announced);
}
