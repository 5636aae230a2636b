import { describe, expect, test } from 'vitest';
import { Join } from './join.svelte';
import { readIntent } from './intent';
import type { Route } from '../router/route';

const HERE = 'http://192.168.1.20:8080';
const read = (text: string) => readIntent(text, HERE);

describe('the field of Home', () => {
  test.each(['K7M4QX', 'k7m-4qx', ' K7M 4QX ', 'k7m–4qx'])('reads %j as a room, whatever its case and separators', (text) => {
    expect(read(text)).toEqual({ kind: 'room', code: 'K7M4QX', fragment: null });
  });

  test('reads O as 0, and I and L as 1', () => {
    expect(read('OIL4QX')).toEqual({ kind: 'room', code: '0114QX', fragment: null });
  });

  test('takes codes of six to twelve characters', () => {
    expect(read('K7M4Q').kind).toBe('code-too-short');
    expect(read('K7M4QXK7M4QX').kind).toBe('room');
    expect(read('K7M4QXK7M4QX2')).toEqual({ kind: 'code-too-long', length: 13 });
  });

  test('names a character that no code contains', () => {
    expect(read('K7M4QU')).toEqual({ kind: 'code-with-stranger', letter: 'U' });
    expect(read('K7M4Q!')).toEqual({ kind: 'code-with-stranger', letter: '!' });
  });

  test('keeps the fragment of a link to a room here', () => {
    expect(read(`${HERE}/r/k7m4qx#c2VjcmV0`)).toEqual({ kind: 'room', code: 'K7M4QX', fragment: 'c2VjcmV0' });
  });

  test('knows a room of another server, and does not go there by itself', () => {
    const address = 'https://unisono.example/r/K7M4QX#c2VjcmV0';
    expect(read(address)).toEqual({ kind: 'room-elsewhere', address, host: 'unisono.example' });
  });

  test.each(['https://music.example/track/1', 'music.example/track/1', 'HTTP://music.example'])('reads %j as a link', (text) => {
    expect(read(text)).toEqual({ kind: 'link', host: 'music.example' });
  });

  test('tells a page of this server from a room', () => {
    expect(read(`${HERE}/cast`).kind).toBe('page-here');
  });

  test('says when it looks like words, or like nothing', () => {
    expect(read('never gonna give you up').kind).toBe('words');
    expect(read('   ').kind).toBe('nothing');
  });

  test('takes no script for an address', () => {
    expect(read('javascript:alert(1)//unisono.example').kind).toBe('words');
  });
});

describe('what Home does with it', () => {
  function joining(text: string): { join: Join; went: Route[] } {
    const went: Route[] = [];
    return { join: new Join(HERE, (route) => went.push(route), text), went };
  }

  test('goes to the room', () => {
    const { join, went } = joining('k7m 4qx');
    join.submit();
    expect(went).toEqual([{ name: 'listen', code: 'K7M4QX', fragment: null }]);
  });

  test('submits a pasted link, but lets pasted words be edited', () => {
    const { join, went } = joining('');
    expect(join.paste('K7M 4QX')).toBe(false);
    expect(went).toEqual([]);
    expect(join.paste(` ${HERE}/r/K7M4QX#c2VjcmV0\n`)).toBe(true);
    expect(went).toEqual([{ name: 'listen', code: 'K7M4QX', fragment: 'c2VjcmV0' }]);
  });

  test('says honestly that music links come later', () => {
    const { join, went } = joining('https://music.example/track/1');
    join.submit();
    expect(join.answer).toEqual({ kind: 'later', host: 'music.example' });
    expect(went).toEqual([]);
  });

  test('forgets its complaint once the wish is clear', () => {
    const { join } = joining('K7M');
    join.submit();
    expect(join.answer).toEqual({ kind: 'unclear', message: { id: 'home-unclear-short', args: [{ length: 3 }] } });
    join.submit('K7M4QX');
    expect(join.answer).toEqual({ kind: 'none' });
  });
});
