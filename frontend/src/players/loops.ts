/** The loops that come with every server; made by `build/loops`. */
import { LOOPS } from 'virtual:demo-loops';
import type { Playable } from './player';

export interface DemoLoop {
  /** Its name on the wire. */
  name: string;
  /** The message that holds its title. */
  title_key: 'loop-tide' | 'loop-clockwork' | 'loop-lantern' | 'loop-metronome';
  duration_ms: number;
  url: string;
}

export { LOOPS };

/** What to play the loop `name` from; `null` for one of another version of this server. */
export function loopNamed(name: string): Playable | null {
  const loop = LOOPS.find((one) => one.name === name);
  return loop ? { kind: 'loop', url: loop.url } : null;
}
