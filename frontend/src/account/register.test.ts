import { describe, expect, test } from 'vitest';
import { AccountServer, CODE, EMAIL, refusal, RESET_TOKEN } from '../../test/account-server';
import { Agree } from './agree.svelte';
import { Register } from './register.svelte';
import { Reset } from './reset.svelte';
import { Setup } from './setup.svelte';

async function registering() {
  const server = new AccountServer();
  const register = new Register({ ask: server.ask, solve: async () => 'solved' }, () => 'ar');
  await register.arrive();
  register.email = EMAIL;
  register.isOfAge = register.agrees = true;
  return { server, register };
}

describe('making an account', () => {
  test('sends what was typed and agreed to, and no password where none was typed', async () => {
    const { server, register } = await registering();
    await register.send();
    expect(server.sent('POST /register')).toEqual({
      email: EMAIL,
      language: 'ar',
      agreed_version: 'v1',
      is_of_age: true,
      proof_of_work: 'solved',
    });
    expect(register.step.is).toBe('code');
  });

  test('asks for what is missing before anything is sent', async () => {
    const { server, register } = await registering();
    register.email = 'ana';
    register.isOfAge = register.agrees = false;
    await register.send();
    expect(register.missing).toEqual(['email', 'age', 'policy']);
    expect(server.asked).toEqual(['GET /terms']);
  });

  test('loses nothing that was typed when it is refused', async () => {
    const { server, register } = await registering();
    register.password = 'password';
    server.refusing.set('POST /register', refusal('weak-password', { why: 'common' }));
    await register.send();
    expect([register.step.is, register.email, register.password, register.isOfAge]).toEqual(['form', EMAIL, 'password', true]);
    expect(register.wish.refusal?.why).toBe('common');
  });

  test('ends with the mailed code, and a wrong one can be mended', async () => {
    const { register } = await registering();
    register.password = 'seven green kettles hum';
    await register.send();
    register.code = '1';
    await register.enterCode();
    expect([register.step.is, register.code]).toEqual(['code', '1']);
    register.code = CODE;
    await register.enterCode();
    expect([register.step.is, register.password]).toEqual(['in', '']);
  });

  test('can have another code sent, for another step', async () => {
    const { server, register } = await registering();
    await register.send();
    await register.send();
    expect(server.asked.filter((name) => name === 'POST /register')).toHaveLength(2);
  });

  test('goes back to the form as it was filled in', async () => {
    const { register } = await registering();
    await register.send();
    register.back();
    expect([register.step.is, register.email, register.agrees]).toEqual(['form', EMAIL, true]);
  });

  test('says so when the terms did not come, and asks again', async () => {
    const server = new AccountServer();
    server.refusing.set('GET /terms', refusal('unanswered'));
    const register = new Register({ ask: server.ask, solve: async () => 'solved' }, () => 'en');
    await register.arrive();
    expect([register.terms, register.wish.refusal?.kind]).toEqual([null, 'unanswered']);
    await register.arrive();
    expect([register.terms?.age_min, register.wish.refusal]).toEqual([16, null]);
  });

  test('is for the invited where the server says so, and the invitation goes along', async () => {
    const server = new AccountServer();
    server.registration = 'invited';
    const world = { ask: server.ask, solve: async () => 'solved' };
    const stranger = new Register(world, () => 'en');
    await stranger.arrive();
    expect(stranger.closed).toBe('invited-only');
    const invited = new Register(world, () => 'en', 'from-the-link');
    await invited.arrive();
    expect(invited.closed).toBe(null);
    invited.email = EMAIL;
    invited.isOfAge = invited.agrees = true;
    await invited.send();
    expect(server.sent('POST /register')?.invitation).toBe('from-the-link');
    server.registration = 'closed';
    await invited.arrive();
    expect(invited.closed).toBe('closed');
  });

  test('says so when the sum could not be done', async () => {
    const server = new AccountServer();
    const register = new Register({ ask: server.ask, solve: async () => null }, () => 'en');
    await register.arrive();
    register.email = EMAIL;
    register.isOfAge = register.agrees = true;
    await register.send();
    expect([register.step.is, register.wish.refusal?.kind]).toEqual(['form', 'unanswered']);
  });
});

describe('a forgotten password', () => {
  const resetting = (token: string | null) => {
    const server = new AccountServer();
    return { server, reset: new Reset({ ask: server.ask, solve: async () => 'solved' }, token) };
  };

  test('is asked for in the same way for every address, with the sum where it is wanted', async () => {
    const { server, reset } = resetting(null);
    server.wantsWork = true;
    reset.email = 'nobody@example.org';
    await reset.send();
    expect([reset.step.is, server.sent('POST /reset')?.proof_of_work]).toEqual(['sent', 'solved']);
  });

  test('is set anew by the link', async () => {
    const { reset } = resetting(RESET_TOKEN);
    reset.password = 'seven green kettles hum';
    await reset.complete();
    expect([reset.step.is, reset.password]).toEqual(['done', '']);
  });

  test('is kept in the field when the link is over, and another link can be asked for', async () => {
    const { reset } = resetting('an older one');
    reset.password = 'seven green kettles hum';
    await reset.complete();
    expect([reset.step.is, reset.password, reset.wish.refusal?.kind]).toEqual(['new', 'seven green kettles hum', 'ticket-over']);
    reset.again();
    expect([reset.step.is, reset.wish.refusal]).toEqual(['ask', null]);
  });
});

describe('coming by another service without an account', () => {
  test('makes one once the person has agreed to what was shown', async () => {
    const server = new AccountServer();
    const agree = new Agree(server.ask);
    await agree.arrive();
    expect(agree.step).toMatchObject({ is: 'form', asked: { title: 'Google' } });
    await agree.send();
    expect([agree.missing, server.asked.includes('POST /upstreams/agree')]).toEqual([['age', 'policy'], false]);
    agree.isOfAge = agree.agrees = true;
    await agree.send();
    expect([agree.step.is, server.sent('POST /upstreams/agree')]).toEqual(['in', { agreed_version: 'v1', is_of_age: true }]);
  });

  test('says so when the step is over', async () => {
    const server = new AccountServer();
    server.refusing.set('GET /upstreams/agree', refusal('ticket-over'));
    const agree = new Agree(server.ask);
    await agree.arrive();
    expect([agree.step.is, agree.wish.refusal?.kind]).toEqual(['waiting', 'ticket-over']);
  });
});

describe('the first operator', () => {
  test('is made by the link, and only by the whole of it', async () => {
    const server = new AccountServer();
    expect(new Setup(server.ask, null).step.is).toBe('no-link');
    const over = new Setup(server.ask, 'setup-tok');
    await over.send();
    expect([over.step.is, over.wish.refusal?.kind]).toEqual(['form', 'ticket-over']);
    const setup = new Setup(server.ask, 'setup-token');
    await setup.send();
    expect(setup.step.is).toBe('in');
  });
});
