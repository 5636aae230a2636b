// The twelve hues of a room: colour, name and glyph, so that nobody depends on the colour alone.
import azure from 'icon:bird';
import rose from 'icon:cherry';
import lime from 'icon:citrus';
import sky from 'icon:cloud';
import lagoon from 'icon:fish';
import amber from 'icon:flame';
import orchid from 'icon:flower-2';
import violet from 'icon:grape';
import fern from 'icon:leaf';
import indigo from 'icon:moon';
import coral from 'icon:shell';
import gold from 'icon:wheat';
import type { MessageId } from '../i18n/i18n.svelte';

export const HUES_COUNT = 12;
const DEGREES_APART = 360 / HUES_COUNT;

interface Hue {
  name: MessageId & `common-hue-${string}`;
  glyph: string;
}

export const HUES: readonly Hue[] = [
  { name: 'common-hue-rose', glyph: rose },
  { name: 'common-hue-coral', glyph: coral },
  { name: 'common-hue-amber', glyph: amber },
  { name: 'common-hue-gold', glyph: gold },
  { name: 'common-hue-lime', glyph: lime },
  { name: 'common-hue-fern', glyph: fern },
  { name: 'common-hue-lagoon', glyph: lagoon },
  { name: 'common-hue-sky', glyph: sky },
  { name: 'common-hue-azure', glyph: azure },
  { name: 'common-hue-indigo', glyph: indigo },
  { name: 'common-hue-violet', glyph: violet },
  { name: 'common-hue-orchid', glyph: orchid },
];

/** The value of `--h` for a room's hue. */
export function degrees(hue: number): number {
  return hue * DEGREES_APART;
}
