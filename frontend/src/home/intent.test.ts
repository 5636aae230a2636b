import { describe, expect, test } from 'vitest';
import { readIntent } from './intent';

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

  test.each([
    'https://music.example/track/1',
    'music.example/track/1',
    'HTTP://music.example',
    'Listen to this: https://music.example/track/1 by somebody',
    'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
  ])('reads %j as a link, and leaves its grammar to the server', (text) => {
    expect(read(text)).toEqual({ kind: 'link' });
  });

  test('knows the page of a link on this server', () => {
    expect(read(`${HERE}/l/7k2m9x4qtd`)).toEqual({ kind: 'link-page', address: `${HERE}/l/7k2m9x4qtd` });
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
