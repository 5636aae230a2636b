import { describe, expect, test } from 'vitest';
import { ANNOUNCEMENT_GAP_MS } from './announcement';
import { Announcer } from './announcer.svelte';
import { Shortcuts } from './shortcuts.svelte';
import { STORED } from './storage';
import { Theme } from './theme.svelte';
import { Memory } from '../../test/memory';

describe('the theme', () => {
  test('is the system’s until a person chooses', () => {
    expect(new Theme(new Memory()).choice).toBe('system');
  });

  test('is kept, and forgotten when the system decides again', () => {
    const keep = new Memory();
    const theme = new Theme(keep);
    theme.choose('dark');
    expect(new Theme(keep).choice).toBe('dark');
    theme.choose('system');
    expect(keep.kept.size).toBe(0);
  });

  test('does not trust what it finds', () => {
    expect(new Theme(new Memory([STORED.theme, 'neon'])).choice).toBe('system');
  });
});

describe('announcements', () => {
  /** A clock that is moved by hand. */
  function announcing() {
    const due: (() => void)[] = [];
    const delays: number[] = [];
    const announcer = new Announcer((run, delayMs) => {
      due.push(run);
      delays.push(delayMs);
    });
    return { announcer, delays, pass: () => due.shift()?.() };
  }

  test('come one at a time, two seconds apart', () => {
    const { announcer, delays, pass } = announcing();
    announcer.announce('Ana joined');
    announcer.announce('Ben joined');
    expect(announcer.text).toBe('Ana joined');
    pass();
    expect(announcer.text).toBe('Ben joined');
    expect(delays).toEqual([ANNOUNCEMENT_GAP_MS, ANNOUNCEMENT_GAP_MS]);
  });

  test('drop the oldest of too many', () => {
    const { announcer, pass } = announcing();
    for (const text of ['now', 'old', '1', '2', '3', '4']) announcer.announce(text);
    const heard = [announcer.text];
    for (let turn = 0; turn < 4; turn += 1) {
      pass();
      heard.push(announcer.text);
    }
    expect(heard).toEqual(['now', '1', '2', '3', '4']);
  });

  test('are made anew when the words are the same', () => {
    const { announcer, pass } = announcing();
    announcer.announce('Copied');
    const first = announcer.text;
    announcer.announce('Copied');
    pass();
    expect(announcer.text).not.toBe(first);
    expect(announcer.text.trim()).toBe('Copied');
  });
});

describe('single keys', () => {
  const offer = (shortcuts: Shortcuts, run: () => void) => shortcuts.offer({ key: 'm', label: 'common-keys-list', run });

  test('do what the view offers, until it goes', () => {
    let pressed = 0;
    const shortcuts = new Shortcuts(new Memory());
    const withdraw = offer(shortcuts, () => (pressed += 1));
    expect(shortcuts.press('M')).toBe(true);
    withdraw();
    expect(shortcuts.press('m')).toBe(false);
    expect(pressed).toBe(1);
  });

  test('can be turned off, and stay off', () => {
    const keep = new Memory();
    new Shortcuts(keep).enable(false);
    const shortcuts = new Shortcuts(keep);
    offer(shortcuts, () => expect.unreachable('keys are off'));
    expect(shortcuts.press('m')).toBe(false);
    shortcuts.enable(true);
    expect(keep.kept.size).toBe(0);
  });
});
