// Who may be in a room, and who may do what there.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { addsLoops, changes, comesIn, isCalled, isInside, opens, opensARoom, order, ownId, roomIs, runsTheRoom, votes, votesOf } from '../lib/rooms.mjs';
import { told } from '../lib/told.mjs';
import { until } from '../lib/waits.mjs';

const PASSWORD = 'silver spoon';

journey('who is sent away or banned stays out, in a new tab as well, until the host lets all come again', async (stage) => {
  const { host, guest } = await twoPeople(stage);
  const person = await ownId(guest.page);
  await (await changes(host.page, person)).getByRole('button', { name: 'Send away' }).click();
  await roomIs(guest.page, 'gone');
  await guest.page.getByRole('heading', { name: 'You were sent away.' }).waitFor();
  await staysOut(guest.device, host.link);
  await runsTheRoom(host.page, letsAllIn);
  await comesIn(guest.device, host.link);

  const other = await stage.device('other');
  const page = await comesIn(other, host.link);
  await (await changes(host.page, await ownId(page))).getByRole('button', { name: 'Ban', exact: true }).click();
  await page.getByRole('heading', { name: 'You are banned from this room.' }).waitFor();
  await staysOut(other, host.link);
  await runsTheRoom(host.page, async (menu) => {
    await menu.getByText('One person is banned.').waitFor();
    await letsAllIn(menu);
    await menu.getByText('Nobody is banned.').waitFor();
  });
  await comesIn(other, host.link);
});

journey('a locked room says so, and an invite lets in by its link and brings a rank', async (stage) => {
  const { host } = await twoPeople(stage);
  const invite = await runsTheRoom(host.page, async (menu) => {
    await menu.getByText('Lock the room', { exact: true }).click();
    await menu.getByLabel('They become').selectOption('dj');
    await host.page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void (window.copied = text);
    });
    await menu.getByRole('button', { name: 'Make an invite' }).click();
    await menu.getByRole('button', { name: 'Copy link' }).click();
    return until('the link is copied', () => host.page.evaluate(() => window.copied));
  });
  const late = await stage.device('late');
  const page = await late.visit(host.link);
  const { title, next } = await told(page);
  stage.note(`a locked room: ${title} ${next}`);
  assert.match(`${title} ${next}`, /locked/i);
  // Another fragment alone loads no page.
  await page.close();
  const invited = await comesIn(late, invite);
  await opens(invited, 'people');
  await invited.locator('[data-person][data-rank=dj]', { hasText: '(you)' }).waitFor();
  const again = await (await stage.device('greedy')).visit(invite);
  await told(again);
});

journey('a room that is opened with a password asks for it, lets in whoever knows it, and knows who opened it', async (stage) => {
  const server = await stage.server();
  const [host, guest] = await Promise.all(['host', 'guest'].map((name) => stage.device(name)));
  const opening = await host.visit(server.origin);
  await opening.getByRole('link', { name: 'A room with a password' }).first().click();
  await opening.getByLabel(/^Password/).fill(PASSWORD);
  await opening.getByRole('button', { name: 'Open the room' }).click();
  await isInside(opening);
  await opening.reload();
  await isInside(opening);
  const page = await guest.visit(opening.url());
  const field = page.getByLabel(/^Password/);
  await field.fill('golden fork');
  await field.press('Enter');
  await told(page);
  await field.fill(PASSWORD);
  await field.press('Enter');
  await isInside(page);
});

journey('two tabs of one browser are one person with one vote', async (stage) => {
  const { host, guest } = await twoPeople(stage);
  await addsLoops(host.page, 'tide');
  const second = await comesIn(guest.device, host.link);
  assert.equal(await ownId(second), await ownId(guest.page));
  await opens(host.page, 'people');
  await host.page.locator('[data-person]').nth(1).waitFor();
  assert.equal(await host.page.locator('[data-person]').count(), 2);
  const [item] = await order(host.page);
  await votes(guest.page, item);
  await until('the vote counts', async () => (await votesOf(host.page, item)) === 1);
  await second.locator(`[data-row="${item}"] [data-does=vote][aria-pressed=true]`).waitFor();
  await votes(second, item);
  await until('the other tab takes it back', async () => (await votesOf(host.page, item)) === 0);
});

journey('who may do nothing sees no control that would be refused', async (stage) => {
  const { host, guest } = await twoPeople(stage);
  await addsLoops(host.page, 'tide', 'lantern');
  await guest.page.locator('[data-row]').nth(1).waitFor();
  await runsTheRoom(host.page, async (menu) => {
    const grants = menu.getByRole('group', { name: 'Guests may' });
    for (const name of ['Add songs', 'Vote for songs', 'Vote to skip', 'Write in the chat', 'React']) await grants.getByText(name, { exact: true }).click();
  });
  await guest.page.getByText('You can read here.').waitFor();
  const left = await until('no control is left that the room would refuse', async () => {
    const names = await enabledControls(guest.page);
    const refused = names.filter((name) => /vote|add songs|skip|play|pause|previous|position|move|more for|shuffle|empty|heart|send|cast this/i.test(name));
    assert.deepEqual(refused, []);
    return names;
  });
  stage.note(`left to a guest without grants: ${left.join(', ')}`);
  await guest.page.locator('[data-does=demos]').click();
  await guest.page.locator('[data-does=demo-clockwork]').click();
  await host.page.getByRole('button', { name: /^Accept/ }).click();
  await guest.page.locator('[data-row]').nth(2).waitFor();
  assert.equal(await guest.page.locator('[data-told=bad]').count(), 0, 'nothing was refused');
});

journey('markup, turned and invisible signs in names, titles and lines are text and nothing else', async (stage) => {
  const { host, guest } = await twoPeople(stage);
  const markup = '<img src=x onerror="window.isOwned=1"><b>bold</b>';
  const turned = 'a\u202Egnp.exe\u200B\u200B\u200B\u2066z';
  await isCalled(guest.page, markup.slice(0, 40));
  await opens(host.page, 'people');
  await host.page.locator('[data-person] .name', { hasText: '<img src=x' }).waitFor();
  await isCalled(guest.page, turned);
  const name = await until('the name has come', async () => {
    const names = await host.page.locator('[data-person] .name').allInnerTexts();
    return names.find((one) => one.includes('exe'));
  });
  assert.doesNotMatch(name, /[\u202A-\u202E\u2066-\u2069\u200B]/, 'signs that turn or hide text are gone');
  await saysInChat(guest.page, markup);
  await opens(host.page, 'chat');
  await host.page.locator('[data-line] .said', { hasText: markup }).waitFor();
  for (const page of [host.page, guest.page]) {
    assert.equal(await page.locator('[data-line] img, [data-person] img, [data-line] b').count(), 0);
    assert.equal(await page.evaluate(() => window.isOwned), undefined);
  }
});

/** By the button of the open menu, which says when it is done. */
async function letsAllIn(menu) {
  await menu.getByRole('button', { name: 'Let them all come again' }).click();
  await menu.getByText('Everybody may come in again.').waitFor();
}

/** This browser is refused, in words, also in a tab that knows nothing yet. */
async function staysOut(device, link) {
  const page = await device.visit(link);
  const notice = await told(page);
  assert.ok(notice.title);
  assert.equal(await page.locator('[data-state=inside]').count(), 0);
  await page.close();
}

async function saysInChat(page, text) {
  await opens(page, 'chat');
  await page.getByLabel('Your message').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Names of everything in the page's main part that can be pressed or changed. */
function enabledControls(page) {
  return page.locator('main :is(button, a[href], input, select):enabled:visible').evaluateAll((controls) =>
    controls.map((one) => (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim().replace(/\s+/g, ' ')),
  );
}

async function twoPeople(stage) {
  const server = await stage.server();
  const [hosting, visiting] = await Promise.all(['host', 'guest'].map((name) => stage.device(name)));
  const host = { device: hosting, ...(await opensARoom(hosting, server)) };
  const guest = { device: visiting, page: await comesIn(visiting, host.link) };
  return { server, host, guest };
}
