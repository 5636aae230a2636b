//! Traces of players that drift, stall and obey more or less. Rows: `[now, wanted, actual, what, number]`, where
//! `what` is `hold`, `rate` or `seek`, or `restart` for a player that starts anew.

use serde_json::{Value, json};
use sync::{Correction, Ladder, LocalTime, PlayerClass, Playing};

use super::around;
use crate::simulation::Chance;

const STEPS: i64 = 160;
const STEP_US: i64 = 250_000;
/// For each class: by what the position jitters and jumps, and by what a seek lands late.
const PLAYERS: [(PlayerClass, i64, i64, i64); 4] = [
    (PlayerClass::OwnAudio, 1_000, 90_000, 0),
    (PlayerClass::MediaElement, 6_000, 450_000, 60_000),
    (PlayerClass::Youtube, 40_000, 2_000_000, 700_000),
    (PlayerClass::Remote, 150_000, 3_000_000, 1_200_000),
];

pub(crate) fn traces() -> Vec<Value> {
    let mut traces = Vec::new();
    for (seed, nudge_ms) in [(1, 0), (2, 180), (3, -60)] {
        for (class, jitter_us, jump_us, late_us) in PLAYERS {
            let rows = trace(class, nudge_ms, seed, (jitter_us, jump_us, late_us));
            traces.push(json!({"class": class.name(), "nudge_ms": nudge_ms, "rows": rows}));
        }
    }
    traces
}

fn trace(class: PlayerClass, nudge_ms: i64, seed: u64, player: (i64, i64, i64)) -> Vec<Value> {
    let (jitter_us, jump_us, late_us) = player;
    let mut chance = Chance::new(seed);
    let mut ladder = Ladder::new(class, LocalTime::from_us(0));
    ladder.nudge(nudge_ms);
    let mut rows = Vec::new();
    let mut position_us = 0;
    for step in 0..STEPS {
        if chance.happens(0.04) {
            position_us += around(&mut chance, jump_us);
        }
        let now = LocalTime::from_us(step * STEP_US);
        if step == STEPS / 2 {
            ladder.restart(now);
            rows.push(json!([now.us(), 0, 0, "restart", 0]));
        }
        let playing = Playing {
            now,
            wanted_us: step * STEP_US,
            actual_us: position_us + around(&mut chance, jitter_us),
        };
        let (what, number) = match ladder.step(&playing) {
            Correction::Hold => ("hold", 0),
            Correction::Rate(permille) => ("rate", permille),
            Correction::Seek(to_us) => ("seek", to_us),
        };
        rows.push(json!([
            now.us(),
            playing.wanted_us,
            playing.actual_us,
            what,
            number
        ]));
        position_us = match what {
            "rate" => position_us + STEP_US * number / 1_000,
            "seek" => number - late_us + STEP_US,
            _ => position_us + STEP_US,
        };
    }
    rows
}
