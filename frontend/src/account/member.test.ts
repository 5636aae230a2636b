import { describe, expect, test } from 'vitest';
import { AccountServer, anAccount, CODE, FakePasskeys, PASSWORD, RECOVERY_CODES, refusal, TAKEN_NAME, TOTP } from '../../test/account-server';
import { isLastWayIn } from './last-way';
import { Member, PICTURE_BYTES_MAX } from './member.svelte';

async function member() {
  const server = new AccountServer();
  server.isSignedIn = true;
  const passkeys = new FakePasskeys();
  const page = new Member(server.ask, passkeys);
  await page.arrive();
  return { server, passkeys, page };
}

describe('the page of an account', () => {
  test('shows who is signed in, and the lists', async () => {
    const { page } = await member();
    expect(page.account?.email).toBe('ana@example.org');
    expect(page.sessions.state).toMatchObject({ is: 'here', list: [{ is_this: true }, { is_this: false }] });
  });

  test('of nobody leads to signing in', async () => {
    const page = new Member(new AccountServer().ask, new FakePasskeys());
    await page.arrive();
    expect(page.presence).toEqual({ is: 'signed-out', wasHere: false });
  });

  test('that did not come says why, and comes with the next try', async () => {
    const server = new AccountServer();
    server.isSignedIn = true;
    server.refusing.set('GET ', refusal('unanswered'));
    const page = new Member(server.ask, new FakePasskeys());
    await page.arrive();
    expect(page.presence).toMatchObject({ is: 'failed', refusal: { kind: 'unanswered' } });
    await page.arrive();
    expect(page.presence.is).toBe('here');
  });

  test('notices at its next question that the session was ended elsewhere', async () => {
    const { server, page } = await member();
    server.isSignedIn = false;
    await page.change('name', { user_name: 'Ana' });
    expect(page.presence).toEqual({ is: 'signed-out', wasHere: true });
  });

  test('shows one list that failed as failed, and the others all the same', async () => {
    const server = new AccountServer();
    server.isSignedIn = true;
    server.refusing.set('GET /events', refusal('failed', { reference: 'UNI-7F3K-92QD' }));
    const page = new Member(server.ask, new FakePasskeys());
    await page.arrive();
    expect(page.events.state).toMatchObject({ is: 'failed', refusal: { reference: 'UNI-7F3K-92QD' } });
    expect(page.sessions.state.is).toBe('here');
    await page.events.load();
    expect(page.events.state.is).toBe('here');
  });

  test('keeps what was changed, and says that it was', async () => {
    const { page } = await member();
    expect(await page.change('name', { user_name: 'Ana' })).toBe(true);
    expect(page.account?.user_name).toBe('Ana');
  });

  test('sends no picture that is larger than any that is taken', async () => {
    const { server, page } = await member();
    await page.choosePicture({ size: PICTURE_BYTES_MAX + 1 } as File);
    expect([page.isPictureTooLarge, server.asked.includes('PUT /avatar')]).toEqual([true, false]);
    await page.choosePicture({ size: PICTURE_BYTES_MAX } as File);
    expect([page.isPictureTooLarge, page.account?.avatar]).toEqual([false, 'av_1']);
  });

  test('ends one session, and all others', async () => {
    const { page } = await member();
    expect(await page.endSession('s_2')).toBe(true);
    expect(page.sessions.state).toMatchObject({ list: [{ id: 's_1' }] });
    expect(await page.endOtherSessions()).toBe(true);
  });

  test('is signed out also when the session was over already', async () => {
    const { server, page } = await member();
    server.isSignedIn = false;
    expect(await page.signOut()).toBe(true);
    expect(page.presence).toEqual({ is: 'signed-out', wasHere: false });
  });

  test('is not signed out while the server does not answer', async () => {
    const { server, page } = await member();
    server.refusing.set('POST /sign-out', refusal('unanswered'));
    expect(await page.signOut()).toBe(false);
    expect(page.presence.is).toBe('here');
  });

  const kept = { keys: ['one', 'two'], pages: [{ id: '7k2m9x4qtd', at: 5 }], name: 'Ana' };

  test('brings along what this browser keeps of a guest, and shows it at once', async () => {
    const { server, page } = await member();
    await page.bring(kept);
    expect(server.sent('POST /devices')).toEqual(kept);
    expect(page.brought).toEqual({ kept, rooms: 2, pages: 1, has_name: true });
    expect(page.account?.user_name).toBe('Ana');
    expect(page.history.state).toMatchObject({ is: 'here', list: [{ id: '7k2m9x4qtd', at: 5 }] });
  });

  test('leaves a name that is somebody else’s', async () => {
    const { page } = await member();
    await page.bring({ ...kept, name: TAKEN_NAME });
    expect([page.brought?.has_name, page.account?.user_name]).toEqual([false, undefined]);
  });

  test('says why nothing came along', async () => {
    const { server, page } = await member();
    server.refusing.set('POST /devices', refusal('too-many-kept'));
    await page.bring(kept);
    expect([page.brought, page.keeping.refusal?.kind]).toEqual([null, 'too-many-kept']);
  });
});

describe('proving it again', () => {
  test('is asked for by what is sensitive, which then goes on by itself', async () => {
    const { server, page } = await member();
    server.isProved = false;
    page.waysIn.newPassword = 'seven green kettles sing';
    const setting = page.waysIn.setPassword();
    await expect.poll(() => page.proving.isOpen).toBe(true);
    expect([page.proving.way, page.proving.ways]).toEqual(['password', ['password', 'mail']]);
    page.proving.text = 'a wrong one';
    await page.proving.prove();
    expect([page.proving.isOpen, page.proving.wish.refusal?.kind]).toEqual([true, 'wrong-credentials']);
    page.proving.text = PASSWORD;
    await page.proving.prove();
    expect(await setting).toBe(true);
    expect([page.proving.isOpen, page.proving.text, page.waysIn.newPassword]).toEqual([false, '', '']);
  });

  test('that is given up changes nothing, loses nothing and blames nobody', async () => {
    const { server, page } = await member();
    server.isProved = false;
    page.waysIn.newPassword = 'seven green kettles sing';
    const setting = page.waysIn.setPassword();
    await expect.poll(() => page.proving.isOpen).toBe(true);
    page.proving.giveUp();
    expect(await setting).toBe(false);
    expect([page.waysIn.newPassword, page.waysIn.wish.refusal]).toEqual(['seven green kettles sing', null]);
  });

  test('works by a mailed code, which is sent first', async () => {
    const { server, page } = await member();
    server.isProved = false;
    const beginning = page.waysIn.beginFactor();
    await expect.poll(() => page.proving.isOpen).toBe(true);
    page.proving.choose('mail');
    await page.proving.prove();
    expect([page.proving.isOpen, page.proving.ticket]).toEqual([true, 't_prove']);
    page.proving.text = CODE;
    await page.proving.prove();
    await beginning;
    expect(page.waysIn.factor.is).toBe('scan');
  });

  test('works by a passkey where there is one, and that is offered first', async () => {
    const { server, page } = await member();
    await page.waysIn.addPasskey('Laptop');
    server.isProved = false;
    const removing = page.waysIn.removePasskey('p_1');
    await expect.poll(() => page.proving.isOpen).toBe(true);
    expect(page.proving.way).toBe('passkey');
    await page.proving.prove();
    expect(await removing).toBe(true);
  });

  test('ends when the session was ended meanwhile', async () => {
    const { server, page } = await member();
    server.isProved = false;
    const removing = page.waysIn.removePassword();
    await expect.poll(() => page.proving.isOpen).toBe(true);
    server.isSignedIn = false;
    page.proving.text = PASSWORD;
    await page.proving.prove();
    expect(await removing).toBe(false);
    expect(page.presence).toEqual({ is: 'signed-out', wasHere: true });
  });
});

describe('the ways in', () => {
  test('grow by a passkey, which can be renamed and removed', async () => {
    const { page } = await member();
    expect(await page.waysIn.addPasskey('Passkey of today')).toBe(true);
    expect(page.account?.ways_in.passkeys).toBe(1);
    await page.waysIn.renamePasskey('p_1', 'Laptop');
    expect(page.waysIn.passkeys.state).toMatchObject({ list: [{ name: 'Laptop' }] });
    expect(await page.waysIn.removePasskey('p_1')).toBe(true);
    expect(page.waysIn.passkeys.state).toEqual({ is: 'here', list: [] });
  });

  test('do not grow when the browser made no passkey, and that is said calmly', async () => {
    const { passkeys, page } = await member();
    passkeys.isGiven = false;
    expect(await page.waysIn.addPasskey('Passkey of today')).toBe(false);
    expect([page.waysIn.noPasskey, page.waysIn.wish.refusal]).toEqual([true, null]);
  });

  test('get a second factor by its first code, and show the recovery codes once', async () => {
    const { page } = await member();
    await page.waysIn.beginFactor();
    page.waysIn.factorCode = '000000';
    await page.waysIn.confirmFactor();
    expect([page.waysIn.factor.is, page.waysIn.wish.refusal?.kind]).toEqual(['scan', 'wrong-code']);
    page.waysIn.factorCode = TOTP;
    await page.waysIn.confirmFactor();
    expect(page.waysIn.factor).toEqual({ is: 'codes', codes: RECOVERY_CODES });
    expect(page.account?.ways_in.has_totp).toBe(true);
    page.waysIn.endFactor();
    expect(page.waysIn.factor).toEqual({ is: 'none' });
  });

  test('change the address by the code that went to the new one', async () => {
    const { page } = await member();
    page.waysIn.newEmail = 'new@example.org';
    await page.waysIn.sendToNewEmail();
    page.waysIn.emailCode = CODE;
    expect(await page.waysIn.confirmEmail()).toBe(true);
    expect([page.account?.email, page.waysIn.emailTicket]).toEqual(['new@example.org', null]);
  });

  test('name a refusal beside what it is about', async () => {
    const { page } = await member();
    expect(await page.waysIn.removePassword()).toBe(false);
    expect([page.waysIn.about, page.waysIn.wish.refusal?.kind]).toEqual(['password', 'last-way-in']);
  });

  test('lead to a service that is to be linked', async () => {
    const { page } = await member();
    expect(await page.waysIn.connect('google')).toBe('https://upstream.example/go');
  });

  test('warn when only one is left', () => {
    const only = { has_password: false, passkeys: 0, has_totp: false, recovery_codes_left: 0, identities: 0 };
    expect(isLastWayIn(anAccount({ ways_in: only }))).toBe(true);
    expect(isLastWayIn(anAccount({ ways_in: { ...only, passkeys: 1 } }))).toBe(false);
    expect(isLastWayIn(anAccount({ email: null, ways_in: { ...only, identities: 1 } }))).toBe(true);
  });
});
