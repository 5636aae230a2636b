import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RoomClock } from './clock';
import { answerBytes, readAnswer, readRequest, requestBytes } from './frame';
import { Ladder, type Correction } from './ladder';
import { positionUs, reaches } from './law';
import { CLAIM_MS, type PlayerClass } from './player-class';
import { Readout, type Shown } from './readout';
import type { Cause } from './schedule';

type Answer = [sent: number, got: number, answered: number, clock_epoch: number];
type ClockRow =
  | ['tick', now: number, sent: number | null, next: number]
  | ['hear', now: number, ...Answer]
  | ['restart', now: number, cause: Cause]
  | ['look', now: number, null]
  | ['look', now: number, room: number, likely: number, bound: number, drift: number, stale: boolean, found: number];
type LadderRow = [now: number, wanted: number, actual: number, what: Correction['do'] | 'restart', number: number];
type ClockErrors = [likely: number, bound: number, stale: boolean];

/** Written by the Rust side: `WRITE_GOLDEN=1 cargo nextest run -p sync golden`. */
const golden = JSON.parse(
  readFileSync(new URL('../../../crates/sync/tests/data/golden.json', import.meta.url), 'utf8'),
) as {
  frames: { bytes: string; request: number | null; answer: Answer | null }[];
  laws: [position_ms: number, start_at: number, duration_ms: number | null, now: number, at: number, reaches: number][];
  clocks: { name: string; begin: number; rows: ClockRow[] }[];
  ladders: { class: PlayerClass; nudge_ms: number; rows: LadderRow[] }[];
  readouts: {
    class: PlayerClass;
    errors: [now: number, error_us: number][];
    p95_us: number | null;
    shown: [ClockErrors | null, 'measuring' | 'stale' | [figure: number, bound: number]][];
  }[];
};

const answerOf = ([sent, got, answered, clock_epoch]: Answer) => ({ sent, got, answered, clock_epoch });

test('frames are read, written and refused alike', () => {
  expect(golden.frames.length).toBeGreaterThan(20);
  for (const { bytes, request, answer } of golden.frames) {
    const frame = new Uint8Array(Buffer.from(bytes, 'hex'));
    expect(readRequest(frame)?.sent ?? null, bytes).toBe(request);
    expect(readAnswer(frame), bytes).toEqual(answer && answerOf(answer));
    if (request !== null) expect(requestBytes({ sent: request })).toEqual(frame);
    if (answer) expect(answerBytes(answerOf(answer))).toEqual(frame);
  }
});

test('the law puts the room at the same position', () => {
  expect(golden.laws.length).toBeGreaterThan(40);
  for (const [position_ms, start_at, duration_ms, now, at, reached] of golden.laws) {
    const law = { position_ms, start_at, duration_ms };
    expect([positionUs(law, now), reaches(law, at)]).toEqual([at, reached]);
  }
});

describe('the clock says the same to the microsecond', () => {
  test.each(golden.clocks)('$name', ({ begin, rows }) => {
    const clock = new RoomClock(begin);
    for (const row of rows) expect(after(clock, row)).toEqual(row);
  });
});

/** What the twin makes of a row: the row again, if both agree. */
function after(clock: RoomClock, row: ClockRow): unknown[] {
  const now = row[1];
  switch (row[0]) {
    case 'tick':
      return ['tick', now, clock.tick(now)?.sent ?? null, clock.next_deadline];
    case 'hear':
      clock.hear(answerOf(row.slice(2) as Answer), now);
      return row;
    case 'restart':
      clock.restart(row[2], now);
      return row;
    case 'look': {
      const seen = clock.at(now);
      if (!seen) return ['look', now, null];
      const { room, likely_error_us, error_bound_us, drift_ppb, is_stale } = seen;
      return ['look', now, room, likely_error_us, error_bound_us, drift_ppb, is_stale, clock.localAt(room)];
    }
  }
}

describe('the ladder does the same', () => {
  test.each(golden.ladders)('$class, nudged by $nudge_ms ms', ({ class: player, nudge_ms, rows }) => {
    const ladder = new Ladder(player, 0);
    ladder.nudge(nudge_ms);
    for (const [now, wanted_us, actual_us, what, number] of rows) {
      if (what === 'restart') ladder.restart(now);
      else expect(said(ladder.step({ now, wanted_us, actual_us })), `at ${now}`).toEqual([what, number]);
    }
  });
});

function said(correction: Correction): [string, number] {
  switch (correction.do) {
    case 'hold':
      return ['hold', 0];
    case 'rate':
      return ['rate', correction.permille];
    case 'seek':
      return ['seek', correction.position_us];
  }
}

test('the readout says the same', () => {
  expect(new Set(golden.readouts.map((row) => row.class))).toEqual(new Set(Object.keys(CLAIM_MS)));
  for (const row of golden.readouts) {
    const readout = new Readout(row.class);
    for (const [now, error_us] of row.errors) readout.add(now, error_us);
    expect(readout.p95_us).toBe(row.p95_us);
    for (const [clock, expected] of row.shown) expect(shortly(readout.shown(clock && reading(clock)))).toEqual(expected);
  }
});

const reading = ([likely_error_us, error_bound_us, is_stale]: ClockErrors) => ({ likely_error_us, error_bound_us, is_stale });

const shortly = (shown: Shown): unknown => (shown.is === 'within' ? [shown.figure_ms, shown.bound_ms] : shown.is);
