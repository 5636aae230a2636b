import { describe, expect, test } from 'vitest';
import { AccountServer, CODE, EMAIL, FakePasskeys, PASSWORD, RECOVERY_CODES, refusal, TOTP } from '../../test/account-server';
import { SignIn } from './sign-in.svelte';

function signingIn() {
  const server = new AccountServer();
  const passkeys = new FakePasskeys();
  const signIn = new SignIn({ ask: server.ask, passkeys, solve: async () => 'solved' });
  signIn.email = EMAIL;
  signIn.password = PASSWORD;
  return { server, passkeys, signIn };
}

describe('signing in', () => {
  test('by password leads in, and the password is forgotten', async () => {
    const { signIn } = signingIn();
    await signIn.withPassword();
    expect([signIn.step.is, signIn.password]).toEqual(['in', '']);
  });

  test('by a wrong password says why and keeps what was typed', async () => {
    const { signIn } = signingIn();
    signIn.password = 'a wrong one';
    await signIn.withPassword();
    expect([signIn.step.is, signIn.email, signIn.password, signIn.wish.refusal?.kind]).toEqual(['start', EMAIL, 'a wrong one', 'wrong-credentials']);
  });

  test('does the sum by itself when the server wants it', async () => {
    const { server, signIn } = signingIn();
    server.wantsWork = true;
    await signIn.withPassword();
    expect(signIn.step.is).toBe('in');
    expect(server.asked).toEqual(['POST /sign-in', 'GET /terms', 'GET /proof-of-work?for=sign-in', 'POST /sign-in']);
    expect(server.sent('POST /sign-in')?.proof_of_work).toBe('solved');
  });

  test('with a second factor takes a code of the app, or a recovery code', async () => {
    for (const code of [TOTP, RECOVERY_CODES[0] ?? '']) {
      const { server, signIn } = signingIn();
      server.account.ways_in.has_totp = true;
      await signIn.withPassword();
      expect(signIn.step).toMatchObject({ is: 'factor', kinds: ['totp', 'recovery'] });
      signIn.code = code;
      await signIn.enterFactor();
      expect(signIn.step.is).toBe('in');
    }
  });

  test('goes on with the second factor of who comes back from another service', async () => {
    const { server, signIn } = signingIn();
    signIn.goOnWith('t_factor', 'totp');
    expect(signIn.step).toEqual({ is: 'factor', ticket: 't_factor', kinds: ['totp'] });
    signIn.code = TOTP;
    await signIn.enterFactor();
    expect([signIn.step.is, server.sent('POST /sign-in/factor')?.ticket]).toEqual(['in', 't_factor']);
  });

  test('by a mailed code keeps the step when the code is wrong', async () => {
    const { signIn } = signingIn();
    await signIn.sendCode();
    signIn.code = '00000000';
    await signIn.enterCode();
    expect([signIn.step.is, signIn.code, signIn.wish.refusal?.kind]).toEqual(['code', '00000000', 'wrong-code']);
    signIn.code = CODE;
    await signIn.enterCode();
    expect(signIn.step.is).toBe('in');
  });

  test('goes back to the form as it was filled in', async () => {
    const { signIn } = signingIn();
    await signIn.sendCode();
    signIn.back();
    expect([signIn.step.is, signIn.email, signIn.password]).toEqual(['start', EMAIL, PASSWORD]);
  });

  test('without an answer says so, and can be tried again', async () => {
    const { server, signIn } = signingIn();
    server.refusing.set('POST /sign-in', refusal('unanswered'));
    await signIn.withPassword();
    expect(signIn.wish.isRefusedFor('unanswered')).toBe(true);
    await signIn.withPassword();
    expect(signIn.step.is).toBe('in');
  });

  test('names the upstreams that the server names, and none without an answer', async () => {
    const { server, signIn } = signingIn();
    server.refusing.set('GET /upstreams', refusal('unanswered'));
    await signIn.arrive();
    expect(signIn.upstreams).toEqual([]);
    await signIn.arrive();
    expect(signIn.upstreams.map(({ title }) => title)).toEqual(['Google']);
  });
});

describe('a passkey', () => {
  test('signs in by one press', async () => {
    const { signIn } = signingIn();
    await signIn.withPasskey();
    expect(signIn.step.is).toBe('in');
  });

  test('that was not given is said calmly, and is no refusal', async () => {
    const { passkeys, signIn } = signingIn();
    passkeys.isGiven = false;
    await signIn.withPasskey();
    expect([signIn.step.is, signIn.noPasskey, signIn.wish.refusal]).toEqual(['start', true, null]);
  });

  test('can be chosen in the list under the field', async () => {
    const { passkeys, signIn } = signingIn();
    passkeys.fills = true;
    const filling = signIn.fill();
    await expect.poll(() => passkeys.choose).not.toBeNull();
    passkeys.choose?.({ id: 'known' });
    await filling;
    expect(signIn.step.is).toBe('in');
  });

  test('is no longer offered under the field once the button was pressed', async () => {
    const { passkeys, signIn } = signingIn();
    passkeys.fills = true;
    passkeys.isGiven = false;
    const filling = signIn.fill();
    await expect.poll(() => passkeys.choose).not.toBeNull();
    await signIn.withPasskey();
    await filling;
    expect(signIn.step.is).toBe('start');
  });

  test('is not asked for where the browser knows none', async () => {
    const { server, passkeys, signIn } = signingIn();
    passkeys.isSupported = false;
    await signIn.fill();
    expect(server.asked).toEqual([]);
  });
});
