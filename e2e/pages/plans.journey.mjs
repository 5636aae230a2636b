// J11: somebody gets Pro by a stand-in of the payment service, sees the receipt, and ends it again; and what the pages of
// plans look like on the way. Nothing here needs a script.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { hasAccount, member, PASSWORD } from '../lib/account-people.mjs';
import { journey } from '../lib/journey.mjs';
import { EVERY_PICTURE, faultsOf, OTHER_LANGUAGE, TWO_PICTURES } from '../lib/look.mjs';
import { shop } from '../lib/payments.mjs';
import { OUT } from '../lib/stage.mjs';

const PICTURES = join(OUT, 'pictures');
const ANA = 'ana@example.org';
const UPGRADE_PRESSES_MAX = 4;
const CANCEL_PRESSES_MAX = 2;

/** A member of a server that sells, at its price list. */
async function buyer(stage, options = {}) {
  const { server, service } = await shop(stage);
  const device = await member(stage, 'laptop', options);
  device.allowHost(new URL(service).host);
  const page = await hasAccount(device, server, ANA, { password: PASSWORD });
  await page.goto(`${server.origin}/pricing`);
  return { device, page, server, service };
}

/** Counts what is pressed. */
function presses(device) {
  let count = 0;
  const press = async (place) => {
    count += 1;
    await device.press(place);
  };
  return { press, count: () => count };
}

// Promise S6: the card is asked for on the payment service's own pages, and no page of ours asks it for anything.
journey('Pro is bought in four presses, kept after a reload, and ended in two', async (stage) => {
  const { device, page, server } = await buyer(stage);
  const buying = presses(device);
  await buying.press(page.locator('input[value=year]'));
  await buying.press(page.getByRole('button', { name: 'Get Pro' }));
  await page.getByRole('heading', { name: 'Pay' }).waitFor();
  await buying.press(page.getByRole('button', { name: 'Pay', exact: true }));
  // The stand-in tells of it twice; the page waits for the word by itself.
  await page.getByRole('heading', { name: 'You have Pro' }).waitFor();
  assert.ok(buying.count() <= UPGRADE_PRESSES_MAX, `${buying.count()} presses`);

  await page.getByRole('link', { name: 'Your plan' }).click();
  await page.locator('[data-plan=pro]').waitFor();
  await page.getByText('You pay every year.').waitFor();
  await page.reload();
  await page.locator('[data-plan=pro]').waitFor();
  await device.press(page.locator('[data-does=receipts] button'));
  await page.getByRole('heading', { name: /^Receipts of/ }).waitFor();
  await page.getByRole('link', { name: 'Back' }).click();

  const ending = presses(device);
  await ending.press(page.locator('[data-does=cancel]'));
  await page.getByText(/Nothing is paid after that/).waitFor();
  await ending.press(page.locator('[data-does=cancel] button'));
  await page.getByText(/^It ends on/).waitFor();
  assert.ok(ending.count() <= CANCEL_PRESSES_MAX);
  assert.equal(await page.locator('[data-plan]').getAttribute('data-plan'), 'pro', 'what is paid stays');
  await page.goto(`${server.origin}/pricing`);
  await page.getByText('You have Pro.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Get Pro' }).count(), 0, 'nobody buys twice');
});

journey('a card that is declined, and a page that is left, cost nothing', async (stage) => {
  const { device, page, server } = await buyer(stage);
  await device.press(page.getByRole('button', { name: 'Get Pro' }));
  await page.getByRole('button', { name: 'Pay with a declined card' }).click();
  await page.getByText('Your card was declined.').waitFor();
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Free and Pro' }).waitFor();
  await page.goto(`${server.origin}/account/plan`);
  await page.locator('[data-plan=free]').waitFor();
  await page.getByText('A purchase is under way.').waitFor();
});

journey('Pro is bought without any script', async (stage) => {
  const { server, page, service } = await buyer(stage);
  const plain = await stage.device('plain', { context: { javaScriptEnabled: false } });
  plain.allowCookie('__Host-unisono');
  plain.allowHost(new URL(service).host);
  await plain.context.addCookies(await page.context().cookies());
  const bare = await plain.page();
  await bare.goto(`${server.origin}/pricing`);
  await bare.getByRole('button', { name: 'Get Pro' }).click();
  await bare.getByRole('button', { name: 'Pay', exact: true }).click();
  await bare.getByRole('heading', { name: 'You have Pro' }).waitFor();
});

journey('the pages of plans look right everywhere and in every language', async (stage) => {
  const { page, server } = await buyer(stage, { context: { serviceWorkers: 'block' } });
  const faults = [];
  const look = async (name, path, pictures) => {
    await page.goto(`${server.origin}${path}`);
    await page.locator('.plans h1').waitFor();
    faults.push(...(await faultsOf(page, name, PICTURES, pictures)));
  };
  await look('pricing', '/pricing', EVERY_PICTURE);
  await look('plan-free', '/account/plan', TWO_PICTURES);
  await look('plan-none', '/account/plan/done', TWO_PICTURES);
  await page.goto(`${server.origin}/pricing`);
  await page.getByRole('button', { name: 'Get Pro' }).click();
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByRole('heading', { name: 'You have Pro' }).waitFor();
  faults.push(...(await faultsOf(page, 'plan-paid', PICTURES, TWO_PICTURES)));
  await look('plan-pro', '/account/plan', EVERY_PICTURE);
  await look('plan-cancel', '/account/plan/cancel', TWO_PICTURES);
  for (const language of ['ar', 'ru', 'en-XA']) {
    await look(`pricing-${language}`, `/pricing?lang=${language}`, OTHER_LANGUAGE);
    await look(`plan-${language}`, `/account/plan?lang=${language}`, OTHER_LANGUAGE);
  }
  assert.deepEqual(faults, []);
});

// A self-hoster never meets the question of money.
journey('where nothing is sold, the price list says that everything is yours', async (stage) => {
  const server = await stage.server();
  const device = await stage.device('laptop');
  const page = await device.visit(`${server.origin}/pricing`);
  await page.getByRole('heading', { name: 'All of this is yours' }).waitFor();
  assert.deepEqual(await faultsOf(page, 'pricing-all', PICTURES, TWO_PICTURES), []);
  await page.goto(`${server.origin}/account/plan`);
  await page.getByRole('heading', { name: 'All of this is yours' }).waitFor();
});
