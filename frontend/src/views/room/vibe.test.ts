import { describe, expect, test } from 'vitest';
import type { PlayerClass } from '../../players/player';
import { followed, moodOf, STILL } from './vibe';

const playing = { is_calm: false, is_playing: true, player: 'own-audio' } as const;

describe('the picture of the sound', () => {
  test('moves with sound that this page makes', () => {
    expect(moodOf(playing)).toBe('moving');
  });

  test('is still where the device asks for less motion, whatever plays', () => {
    for (const player of ['own-audio', 'remote'] as const) expect(moodOf({ ...playing, is_calm: true, player })).toBe('calm');
  });

  test('is still with Spotify and every other player that is not ours', () => {
    const others: PlayerClass[] = ['media-element', 'youtube', 'remote'];
    for (const player of others) expect(moodOf({ ...playing, player })).toBe('still');
  });

  test('is still while nothing plays', () => {
    expect(moodOf({ ...playing, is_playing: false })).toBe('still');
  });

  test('a ring follows the one inside it, and all come to rest in silence', () => {
    const first = followed(STILL, 1);
    expect(first[0]).toBeGreaterThan(0);
    expect(first[1]).toBe(0);
    const second = followed(first, 1);
    expect(second[1]).toBeGreaterThan(0);
    let later = second;
    for (let look = 0; look < 40; look += 1) later = followed(later, 0);
    expect(Math.max(...later)).toBeLessThan(0.01);
  });
});
