// Joining by a code that somebody says, and what the page answers when that does not work.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';
import { castsAFile, entersCode, reaches, sourceCard, choosesFile, spoken, tapsListen, tones, typesCode } from '../lib/people.mjs';
import { hearsBothTones } from '../lib/sound.mjs';
import { told } from '../lib/told.mjs';

// Promise T9
journey('a code typed in small letters with a hyphen leads to sound in two presses', async (stage) => {
  const server = await stage.server();
  const { code } = await castsAFile(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(code));
  await tapsListen(phone, page);
  await hearsBothTones(page);
  assert.ok(phone.presses <= 2, `${phone.presses} presses`);
});

journey('a wrong code says that no such room is open and takes another one at once', async (stage) => {
  const server = await stage.server();
  const { code } = await castsAFile(await stage.device('laptop'), server);
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, code.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z')));
  const notice = await told(page);
  assert.match(notice.title, /code/i);
  await page.getByRole('textbox', { name: 'Room code' }).fill(code);
  await page.getByRole('textbox', { name: 'Room code' }).press('Enter');
  await tapsListen(phone, page);
  await hearsBothTones(page);
});

journey('a text that is no code says how it differs from one', async (stage) => {
  const server = await stage.server();
  const phone = await stage.device('phone');
  const page = await phone.visit(server.origin);
  const answers = new Set();
  for (const [text, words] of [['K7M', /at least six/], ['K7M 4QU', /never contain/], ['K7M4QXK7M4QXK7', /at most twelve/], ['the blue danube waltz', /look like words/]]) {
    await entersCode(phone, page, text);
    const error = page.getByText(words);
    await error.waitFor();
    answers.add(await error.innerText());
    assert.equal(new URL(page.url()).pathname, '/', 'the text stays to be mended');
  }
  assert.equal(answers.size, 4);
});

journey('a room that was ended says so and leads back to Home', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server);
  await cast.page.getByRole('button', { name: 'Stop casting' }).click();
  await reaches(cast.page, 'ended');
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(cast.code));
  const notice = await told(page);
  assert.match(notice.title, /ended|over|closed/i);
  await page.getByRole('link', { name: /another|home/i }).first().click();
  await page.getByRole('link', { name: 'Start casting' }).waitFor();
});

// Promise S8
journey('a wrong password is answered like a wrong code, the right one opens the room', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server, {
    before: async (page) => {
      await page.getByText('Password, approval, hidden address').click();
      await page.getByLabel('Password').fill('silver spoon');
    },
  });
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(cast.code));
  const without = await told(page);
  const password = page.getByLabel(/^Password/);
  await password.fill('golden fork');
  await password.press('Enter');
  const wrong = await told(page);
  assert.deepEqual(wrong, without, 'nobody learns which of the two was wrong');
  await password.fill('silver spoon');
  await password.press('Enter');
  await tapsListen(phone, page);
  await hearsBothTones(page);
});

journey('a full room says so and lets the next one in when there is a place', async (stage) => {
  const server = await stage.server({ ROOMS__LIMITS__LISTENERS_PER_ROOM: 1 });
  const cast = await castsAFile(await stage.device('laptop'), server);
  const first = await stage.device('first');
  const inside = await typesCode(first, server, spoken(cast.code));
  await reaches(inside, 'ready');
  const second = await stage.device('second');
  const page = await typesCode(second, server, spoken(cast.code));
  const notice = await told(page);
  assert.match(notice.title, /full/i);
  await cast.page.getByRole('button', { name: /^Remove/ }).click();
  await reaches(inside, 'left');
  await page.getByRole('button', { name: /again/i }).click();
  await tapsListen(second, page);
  await hearsBothTones(page);
});

// Promise S46
journey('too many wrong codes are slowed down for that network, with the time to wait', async (stage) => {
  const server = await stage.server({ ROOMS__LIMITS__WRONG_JOINS_PER_CLIENT_MINUTE: 2 });
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, 'zzz-zzz');
  const notices = [await told(page)];
  for (const code of ['YYYYYY', 'XXXXXX']) {
    await page.getByRole('textbox', { name: 'Room code' }).fill(code);
    await page.getByRole('textbox', { name: 'Room code' }).press('Enter');
    notices.push(await told(page));
  }
  assert.match(notices.at(-1).title, /many/i);
  await page.getByRole('button', { name: /again in|\d+ s/i }).waitFor();
});

journey('a second caster in the same room hears that another device casts there', async (stage) => {
  const server = await stage.server();
  const laptop = await stage.device('laptop');
  await castsAFile(laptop, server);
  const page = await laptop.visit(`${server.origin}/cast`);
  await page.getByRole('radio', { name: /Go on casting/ }).check();
  await choosesFile(page, [tones()]);
  const notice = await told(page);
  assert.match(notice.title, /Another device is casting/);
  await sourceCard(page, 'file').waitFor({ state: 'detached' });
});

journey('who asks first is let in by the caster, or is not', async (stage) => {
  const server = await stage.server();
  const cast = await castsAFile(await stage.device('laptop'), server, {
    before: async (page) => {
      await page.getByText('Password, approval, hidden address').click();
      await page.getByLabel('Ask me before someone joins').check();
    },
  });
  const phone = await stage.device('phone');
  const page = await typesCode(phone, server, spoken(cast.code));
  await reaches(page, 'waiting-approval');
  await cast.page.getByRole('button', { name: 'Let in' }).click();
  await tapsListen(phone, page);
  await hearsBothTones(page);
  const stranger = await stage.device('stranger');
  const outside = await typesCode(stranger, server, spoken(cast.code));
  await cast.page.getByRole('button', { name: 'Refuse' }).click();
  await reaches(outside, 'left');
});
