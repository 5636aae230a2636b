// Who may be in a room, and who may do what there.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { journey } from '../lib/journey.mjs';
import { placeFaults } from '../lib/look.mjs';
import { newKey, RoomClient } from '../lib/room-client.mjs';
import { addsLoops, changes, comesIn, isCalled, isInside, opens, opensARoom, order, ownId, roomIs, runsTheRoom, votes, votesOf } from '../lib/rooms.mjs';
import { OUT } from '../lib/stage.mjs';
import { told } from '../lib/told.mjs';
import { until } from '../lib/waits.mjs';

const PASSWORD = 'silver spoon';
const PICTURES = join(OUT, 'pictures');
const MARKUP = '<img src=x onerror="window.isOwned=1"><b>bold</b>';
const TURNED = 'a\u202Egnp.exe\u200B\u200B\u200B\u2066z';
/** Signs that turn or hide what stands beside them. */
const SIGNS = /[\u202A-\u202E\u2066-\u2069\u200B]/;
/** As long as a title may be, and nothing to see. */
const HIDDEN = '\u200B'.repeat(200);
const FLOOD = '\u200B'.repeat(10_000);

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
  await isCalled(guest.page, MARKUP.slice(0, 40));
  await opens(host.page, 'people');
  await host.page.locator('[data-person] .name', { hasText: '<img src=x' }).waitFor();
  await isCalled(guest.page, TURNED);
  const name = await until('the name has come', async () => {
    const names = await host.page.locator('[data-person] .name').allInnerTexts();
    return names.find((one) => one.includes('exe'));
  });
  assert.doesNotMatch(name, SIGNS, 'signs that turn or hide text are gone');
  await saysInChat(guest.page, MARKUP);
  await opens(host.page, 'chat');
  await host.page.locator('[data-line] .said', { hasText: MARKUP }).waitFor();
  await isOnlyText([host.page, guest.page]);
});

journey('markup, turned and invisible signs in the titles of a room and of its songs are text, and fit a narrow page', async (stage) => {
  const { server, host, guest } = await twoPeople(stage);
  const pages = [host.page, guest.page];
  const friend = await RoomClient.join(server.origin, host.code, { key: newKey(), form: 'phone' });
  stage.later(() => friend.close());
  const title = `${MARKUP}${TURNED}`;
  const items = [title, HIDDEN].map((one, at) => ({ source: 'address', url: `https://music.invalid/${at}.mp3`, title: one, artist: one, duration_ms: 60_000 }));
  assert.equal((await friend.command({ do: 'add', items })).answer, 'ok');
  await namesTheRoom(host.page, title);
  for (const page of pages) {
    const shown = await until('both titles are shown', async () => {
      const all = [...(await page.locator('h1').allInnerTexts()), ...(await page.locator('[data-row] .title').allInnerTexts())];
      return all.filter((one) => one.includes(MARKUP)).length === 2 && all;
    });
    assert.equal(shown.length, 3, 'the one with nothing to see is there too');
    for (const one of shown) assert.doesNotMatch(one, SIGNS, 'signs that turn or hide text are gone');
    assert.ok(shown[0].includes('exe') && shown[1].includes('exe'), shown.join(' / '));
    assert.match(await page.title(), /<img src=x/);
  }
  await isOnlyText(pages);

  const floods = [{ do: 'add', items: [{ ...items[0], title: FLOOD }] }, { do: 'rename', name: FLOOD }, { do: 'chat', text: FLOOD }];
  for (const flood of floods) {
    const answer = await friend.command(flood);
    assert.equal(answer.code, 'invalid', `${flood.do}: ${JSON.stringify(answer)}`);
  }
  assert.deepEqual([friend.state.queue.length, friend.state.chat.length], [items.length, 0], 'and nothing happened');
  // Its own field cuts what is too long, and the room takes out the rest.
  await namesTheRoom(host.page, FLOOD);
  for (const page of pages) await page.getByRole('heading', { level: 1, name: 'Room', exact: true }).waitFor();
  await namesTheRoom(host.page, title);
  const faults = await Promise.all(pages.map((page, at) => placeFaults(page, `room-signs-${at}`, PICTURES, [])));
  assert.deepEqual(faults.flat(), []);
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

/** By the host's menu. */
async function namesTheRoom(page, title) {
  await runsTheRoom(page, async (menu) => {
    const field = menu.getByLabel('Name of the room');
    await field.fill(title);
    await field.press('Enter');
  });
}

/** Nothing that somebody wrote became a part of the pages. */
async function isOnlyText(pages) {
  for (const page of pages) {
    assert.equal(await page.locator('img[src=x], main b').count(), 0);
    assert.equal(await page.evaluate(() => window.isOwned), undefined);
  }
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
