import { describe, expect, test } from 'vitest';
import { STORED, type Keep } from '../state/storage';
import { History } from './history.svelte';
import { LINKS_MAX, readLookedAt, withLooked, writeLookedAt, type LookedAt } from './looked-at';

const link = (at: number) => ({ id: `${at}`, title: `Track ${at}`, by: 'Various', at });

function kept(value: string | null): Keep & { value: string | null } {
  return {
    value,
    read(key) {
      return key === STORED.links ? this.value : null;
    },
    write(_key, text) {
      this.value = text;
    },
  };
}

describe('the links that a browser looked at', () => {
  test('are kept newest first, each once, and at most a hundred', () => {
    let list: LookedAt = { kind: 'on', links: [] };
    for (let at = 0; at <= LINKS_MAX; at += 1) list = withLooked(list, link(at));
    list = withLooked(list, link(50));
    const read = readLookedAt(writeLookedAt(list));
    expect(read.kind === 'on' && read.links.map(({ id }) => id)).toEqual(['50', ...Array.from({ length: 100 }, (_, at) => `${100 - at}`).filter((id) => id !== '50')]);
  });

  test('are nothing when the list cannot be read', () => {
    for (const text of ['', '{', '{"a":1}', '[1,{"id":"../x","title":"","by":""}]', '[{"id":"x","title":"","by":"","at":"now"}]']) {
      expect(readLookedAt(text)).toEqual({ kind: 'on', links: [] });
    }
  });

  test('are forgotten one by one or all at once', () => {
    const keep = kept(writeLookedAt({ kind: 'on', links: [link(1), link(2)] }));
    const history = new History(keep);
    history.refresh();
    history.forget('1');
    expect(readLookedAt(keep.value)).toEqual({ kind: 'on', links: [link(2)] });
    history.forgetAll();
    expect(keep.value).toBeNull();
  });

  test('are deleted when the list is switched off, and no link is kept from then on', () => {
    const keep = kept(writeLookedAt({ kind: 'on', links: [link(1)] }));
    const history = new History(keep);
    history.refresh();
    history.switch(false);
    expect(keep.value).toBe('off');
    expect(withLooked(readLookedAt(keep.value), link(2))).toEqual({ kind: 'off' });
    history.switch(true);
    expect(keep.value).toBeNull();
  });
});
