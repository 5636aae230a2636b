//! Recent errors and what may be said of them: `within` with figure and bound, `measuring` or `stale`.

use serde_json::{Value, json};
use sync::{LocalTime, PlayerClass, Reading, Readout, RoomTime, Shown};

use super::around;
use crate::simulation::Chance;

pub(crate) fn rows() -> Vec<Value> {
    let mut rows = Vec::new();
    let mut chance = Chance::new(5);
    for class in PlayerClass::ALL {
        for (count, every_us) in [
            (0, 1),
            (11, 250_000),
            (12, 250_000),
            (90, 400_000),
            (300, 20_000),
        ] {
            let mut readout = Readout::new(class);
            let mut errors = Vec::new();
            for number in 0..count {
                let now = LocalTime::from_us(number * every_us);
                let error_us = around(&mut chance, class.claim_ms() * 1_200);
                readout.add(now, error_us);
                errors.push(json!([now.us(), error_us]));
            }
            let shown: Vec<Value> = [
                None,
                Some((3_999, 20_001, false)),
                Some((0, 0, false)),
                Some((3, 9, true)),
            ]
            .into_iter()
            .map(|clock| shown(&readout, clock))
            .collect();
            let p95_us = readout.p95_us();
            rows.push(
                json!({"class": class.name(), "errors": errors, "p95_us": p95_us, "shown": shown}),
            );
        }
    }
    rows
}

/// The clock's likely error, bound and staleness, and what is shown beside them.
fn shown(readout: &Readout, clock: Option<(i64, i64, bool)>) -> Value {
    let reading = clock.map(|(likely_error_us, error_bound_us, is_stale)| Reading {
        room: RoomTime::from_us(0),
        likely_error_us,
        error_bound_us,
        drift_ppb: 0,
        is_stale,
    });
    let shown = match readout.shown(reading.as_ref()) {
        Shown::Measuring => json!("measuring"),
        Shown::Stale => json!("stale"),
        Shown::Within {
            figure_ms,
            bound_ms,
        } => json!([figure_ms, bound_ms]),
    };
    json!([clock, shown])
}
