// What a page says went wrong, and what to do next.
import assert from 'node:assert/strict';

/** Waits for the notice of the page and returns its two sentences. Both must be there. */
export async function told(page) {
  const notice = page.locator('[role=alert]').first();
  await notice.waitFor();
  const [title, next] = await notice.locator('.text > p').allInnerTexts();
  assert.ok(title?.trim() && next?.trim(), `what happened and what to do: "${title}", "${next}"`);
  return { title, next };
}
