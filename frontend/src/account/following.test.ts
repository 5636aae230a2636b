import { describe, expect, test } from 'vitest';
import { refusal } from '../../test/account-server';
import type { Answer, Ask, Method } from './api';
import { Following } from './following.svelte';
import { RoomHost } from './room-host.svelte';

/** A server that answers what it was told to, by question, and remembers what was asked. */
function server(answers: Record<string, unknown>): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = async <T>(method: Method, path: string): Promise<Answer<T>> => {
    const name = `${method} ${path}`;
    asked.push(name);
    return name in answers ? { is: 'yes', value: answers[name] as T } : { is: 'no', refusal: refusal('not-yours') };
  };
  return { ask, asked };
}

const NADIA = { id: 'e_1', name: 'Nadia', has_mails: false, followed_at: 1 };
const opened = (is_seen: boolean) => ({ id: 'e_2', kind: 'room-opened', host: 'Nadia', code: 'K7M4QX', made_at: 7, is_seen });

describe('whom a member follows', () => {
  const answers = { 'GET /follows': [NADIA], 'GET /hosting': { is_followable: false, followers: 0 }, 'POST /notices/seen': undefined };

  test('is shown with what is new, which counts as seen from then on', async () => {
    const { ask, asked } = server({ ...answers, 'GET /notices': [opened(false)] });
    const following = new Following(ask);
    await following.load();
    expect(following.follows.state).toEqual({ is: 'here', list: [NADIA] });
    expect(following.notices.state).toMatchObject({ list: [{ is_seen: false }] });
    expect(asked.at(-1)).toBe('POST /notices/seen');
  });

  test('asks for nothing more where nothing is new', async () => {
    const { ask, asked } = server({ ...answers, 'GET /notices': [opened(true)] });
    await new Following(ask).load();
    expect(asked).not.toContain('POST /notices/seen');
  });

  test('mails only after the link in a mail was pressed', async () => {
    const { ask } = server({ ...answers, 'GET /notices': [], 'POST /follows/e_1/mails': undefined });
    const following = new Following(ask);
    await following.load();
    expect(await following.wantMails('e_1', true)).toBe(true);
    expect(following.asked).toBe('e_1');
    expect(following.follows.state).toMatchObject({ list: [{ has_mails: false }] });
  });
});

describe('the host of a room', () => {
  test('is nobody for who is not signed in', async () => {
    const host = new RoomHost(server({ 'POST /follows/host': {} }).ask, () => 'token');
    await host.load();
    expect(host.host).toEqual({ is: 'nobody' });
  });

  test('is followed, and then no more', async () => {
    const { ask } = server({ 'POST /follows/host': { host: { name: 'Nadia' } }, 'POST /follows': NADIA, 'DELETE /follows/e_1': undefined });
    const host = new RoomHost(ask, () => 'token');
    await host.load();
    expect(await host.follow()).toBe(true);
    expect(host.host).toMatchObject({ follow: { id: 'e_1' } });
    expect(await host.end()).toBe(true);
    expect(host.host).toMatchObject({ is: 'here', follow: null });
  });
});
