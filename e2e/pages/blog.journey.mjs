// The blog: files in a folder become pages that read well on every screen, in every language, without script.
// Promise Y56
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, TWO_PICTURES } from '../lib/look.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const LONG = 'aVeryLongWordWithoutAnyPlaceToBreakIt'.repeat(4);
const POSTS = {
  hello: `---
title: Hello, ${LONG}
date: 2026-11-20
updated: 2026-11-22
summary: The first post, with everything that a post may hold.
language: en
---
# A heading

Words with *weight*, **more weight** and [a link](/rooms), ${LONG}.

> A quotation.

1. One
2. Two

\`\`\`
a line of code that is far too long for a narrow screen: ${LONG}
\`\`\`
`,
  salam: `---
title: مرحبًا بكم
date: 2026-11-22
summary: أول تدوينة بالعربية.
language: ar
---
## عنوان

كلام عربي وفيه *تشديد* و[رابط](/rooms).
`,
};

/** Longer than the server takes until it looks at the folder again. */
const PATIENCE_MS = 20_000;

/** A server whose pages lead to a blog of two posts, which came while it ran. Nobody has opened the blog. */
async function withBlog(stage) {
  const server = await stage.server();
  const folder = join(server.folder, 'blog');
  await mkdir(folder);
  for (const [name, text] of Object.entries(POSTS)) await writeFile(join(folder, `${name}.md`), text);
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const contact = await fetch(`${server.origin}/contact`);
    if ((await contact.text()).includes('href="/blog"')) return server;
    assert.ok(Date.now() < end, 'no page leads to the blog');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

journey('a reader finds the blog in the footer, reads a post and comes back, without script', async (stage) => {
  const server = await withBlog(stage);
  const device = await stage.device('phone', { context: { javaScriptEnabled: false } });
  const page = await device.page();
  await page.goto(`${server.origin}/contact`);
  await page.getByRole('link', { name: 'Blog' }).click();
  await page.getByRole('link', { name: /^Hello/ }).click();
  await page.getByRole('heading', { name: 'A heading', level: 2 }).waitFor();
  await page.getByRole('link', { name: 'All posts' }).click();
  await page.getByRole('heading', { name: 'Blog', level: 1 }).waitFor();
  const feed = await page.request.get(`${server.origin}/blog/feed.xml`);
  assert.match(await feed.text(), /<entry xml:lang="ar">/);
});

journey('a page that is drawn by script leads to the blog, too', async (stage) => {
  const server = await withBlog(stage);
  const page = await (await stage.device('laptop')).page();
  await page.goto(`${server.origin}/cast`);
  await page.getByRole('link', { name: 'Blog' }).click();
  await page.getByRole('heading', { name: 'Blog', level: 1 }).waitFor();
});

journey('the blog looks right everywhere and in every language', async (stage) => {
  const server = await withBlog(stage);
  const page = await (await stage.device('laptop')).page();
  const faults = [];
  for (const [name, path, pictures] of [
    ['blog', '/blog', EVERY_PICTURE],
    ['blog-ar', '/blog?lang=ar', TWO_PICTURES],
    ['blog-post', '/blog/hello', EVERY_PICTURE],
    ['blog-post-ru', '/blog/hello?lang=ru', TWO_PICTURES],
    ['blog-post-ar', '/blog/salam?lang=ar', TWO_PICTURES],
  ]) {
    await page.goto(`${server.origin}${path}`);
    await page.locator('.blog h1').waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  }
  assert.deepEqual(faults, []);
});
