// The loops that come with every server. Composed for it, and given to everybody: CC0-1.0.
import { bass, drum, kalimba, Loop, type Note, pad, piano, tick } from './synth.ts';

export interface Piece {
  /** Its name on the wire. */
  name: string;
  /** The message that holds its title. */
  title_key: 'loop-tide' | 'loop-clockwork' | 'loop-lantern' | 'loop-metronome';
  seconds: number;
  compose(loop: Loop): Loop;
}

type Step = number | null;

/** One note each `step_s`, from `at`; `null` is a rest. */
function line(steps: readonly Step[], at: number, step_s: number, level: number): Note[] {
  return steps.flatMap((note, i) => (note === null ? [] : [{ at: at + i * step_s, note, level }]));
}

const chord = (notes: readonly number[], at: number, level: number): Note[] => notes.map((note) => ({ at, note, level }));

/** Four slow chords, like water that rises and falls. */
function tide(loop: Loop): Loop {
  const chords = [
    [45, 57, 60, 64, 71],
    [41, 57, 60, 65, 69],
    [48, 55, 60, 64, 67],
    [43, 55, 59, 62, 66],
  ];
  const bells: Step[] = [76, null, null, 71, null, 72, null, null];
  chords.forEach((notes, i) => {
    loop.play(pad, chord(notes, i * 8, 0.5));
    loop.play(kalimba, line(bells.map((note) => (note === null ? null : note - (i % 2) * 2)), i * 8 + 2, 0.75, 0.16));
  });
  return loop;
}

/** A music box that winds itself: plucked arpeggios at 120 beats a minute. */
function clockwork(loop: Loop): Loop {
  const bars = [
    [62, 69, 74, 77, 81, 77, 74, 69],
    [58, 65, 70, 74, 77, 74, 70, 65],
    [60, 67, 72, 76, 79, 76, 72, 67],
    [57, 64, 69, 73, 76, 73, 69, 64],
  ];
  const melody: Step[][] = [
    [86, null, null, 84, null, 81, null, null],
    [82, null, 81, null, 77, null, null, null],
    [84, null, null, 83, null, 79, null, null],
    [81, null, 76, null, 81, null, 85, null],
  ];
  for (let bar = 0; bar < 16; bar += 1) {
    const at = bar * 2;
    loop.play(kalimba, line(bars[bar % 4] ?? [], at, 0.25, 0.4));
    loop.play(bass, [{ at, note: (bars[bar % 4]?.[0] ?? 62) - 24, level: 0.5 }]);
    if (bar >= 4) loop.play(kalimba, line(melody[bar % 4] ?? [], at, 0.25, 0.34));
  }
  return loop.echo(0.375, 0.28, 3);
}

/** An evening walk: electric piano, bass, a soft drum and wood, at 90 beats a minute. */
function lantern(loop: Loop): Loop {
  const beat = 60 / 90;
  const changes = [
    { chord: [60, 64, 67, 71], root: 36 },
    { chord: [57, 60, 64, 67], root: 33 },
    { chord: [62, 65, 69, 72], root: 38 },
    { chord: [59, 62, 65, 69], root: 31 },
  ];
  const tune: Step[] = [79, null, 76, null, null, 74, 76, null, 72, null, null, 74, null, 76, null, null];
  for (let bar = 0; bar < 12; bar += 1) {
    const at = bar * 4 * beat;
    const change = changes[bar % 4];
    if (!change) continue;
    loop.play(piano, [...chord(change.chord, at, 0.2), ...chord(change.chord, at + 2.5 * beat, 0.14)]);
    loop.play(bass, line([change.root, null, null, change.root + 7, null, change.root + 12, null, null], at, beat / 2, 0.55));
    loop.play(drum, line([0, null, null, null, null, 0, null, null], at, beat / 2, 0.6));
    loop.play(tick, line([null, 88, null, 90, null, 88, null, 91], at, beat / 2, 0.07));
    if (bar >= 4 && bar % 2 === 0) loop.play(piano, line(tune, at, beat / 2, 0.26));
  }
  return loop;
}

/** A sharp click each second, another one each fourth: for the ear, and for measuring how well devices are in time. */
function metronome(loop: Loop): Loop {
  const clicks = Array.from({ length: 40 }, (_, second) => ({ at: second, note: second % 4 === 0 ? 95 : 89, level: 1 }));
  return loop.play(tick, clicks);
}

export const PIECES: readonly Piece[] = [
  { name: 'tide', title_key: 'loop-tide', seconds: 32, compose: tide },
  { name: 'clockwork', title_key: 'loop-clockwork', seconds: 32, compose: clockwork },
  { name: 'lantern', title_key: 'loop-lantern', seconds: 32, compose: lantern },
  { name: 'metronome', title_key: 'loop-metronome', seconds: 40, compose: metronome },
];
