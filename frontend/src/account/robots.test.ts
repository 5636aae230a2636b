import { describe, expect, test } from 'vitest';
import { AccountServer, EMAIL, PASSWORD, FakePasskeys, refusal } from '../../test/account-server';
import { SignIn } from './sign-in.svelte';
import { envelope, readNews } from './turnstile/protocol';

const TOKEN = '0.a-token_of.the-check';

/** Somebody who is asked for something against robots, where a check may be chosen. */
async function asked(check: string | null = 'turnstile') {
  const server = new AccountServer();
  server.wantsWork = true;
  server.check = check;
  const signIn = new SignIn({ ask: server.ask, passkeys: new FakePasskeys(), solve: async () => 'solved' });
  signIn.email = EMAIL;
  signIn.password = PASSWORD;
  const done = signIn.withPassword();
  // Everything that needs no word of the person is over in one turn of the loop.
  await new Promise((resolve) => setTimeout(resolve));
  return { server, signIn, robots: signIn.robots, done };
}

describe('against robots', () => {
  test('nobody chooses where there is nothing to choose', async () => {
    const { server, signIn, done } = await asked(null);
    await done;
    expect([signIn.step.is, server.sent('POST /sign-in')?.proof_of_work]).toEqual(['in', 'solved']);
  });

  test('the other service is loaded by its own button only, and what it gave is sent', async () => {
    const { server, signIn, robots, done } = await asked();
    expect([robots.step.is, server.asked.at(-1)]).toEqual(['choice', 'GET /terms']);
    robots.load();
    expect(robots.step).toEqual({ is: 'check', purpose: 'sign-in' });
    robots.passed(TOKEN);
    await done;
    expect([signIn.step.is, robots.step.is]).toEqual(['in', 'none']);
    expect(server.sent('POST /sign-in')).toEqual({ email: EMAIL, password: PASSWORD, turnstile: TOKEN });
  });

  test('who refuses does the sum, and so does who has loaded it and waits in vain', async () => {
    for (const isLoaded of [false, true]) {
      const { server, signIn, robots, done } = await asked();
      if (isLoaded) robots.load();
      robots.sum();
      await done;
      expect([signIn.step.is, server.sent('POST /sign-in')?.proof_of_work]).toEqual(['in', 'solved']);
    }
  });

  test('what the server does not take is followed by the sum', async () => {
    const { server, signIn, robots, done } = await asked();
    robots.load();
    server.refusing.set('POST /sign-in', refusal('proof-of-work-needed'));
    robots.passed(TOKEN);
    await done;
    expect([signIn.step.is, server.sent('POST /sign-in')?.proof_of_work]).toEqual(['in', 'solved']);
  });

  test('who gives up is back where they were, and nothing is said', async () => {
    const { server, signIn, robots, done } = await asked();
    const before = server.asked.length;
    robots.giveUp();
    await done;
    expect([signIn.step.is, signIn.wish.doing, signIn.wish.refusal, robots.step.is, server.asked.length]).toEqual(['start', null, null, 'none', before]);
    robots.passed(TOKEN);
    expect(robots.step.is).toBe('none');
  });

  test('only what the frame of this release says is heard', () => {
    expect(readNews(envelope({ say: 'passed', token: TOKEN }))).toEqual({ say: 'passed', token: TOKEN });
    expect(readNews(envelope({ say: 'fault' }))).toEqual({ say: 'fault' });
    for (const data of [null, 'x', {}, { say: 'fault' }, { ...envelope({ say: 'fault' }), say: 'else' }, envelope({ say: 'passed', token: '' }), envelope({ say: 'passed', token: 'a b' }), envelope({ say: 'passed', token: 'x'.repeat(2049) })]) {
      expect(readNews(data)).toBeNull();
    }
  });
});
