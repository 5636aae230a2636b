//! How wrong the room's clock is on simulated networks, beside two plain ways to follow it, in the same run.
//!
//! `cargo run -p sync --example accuracy` prints a table in milliseconds (`1st min` and `later` are 95th
//! percentiles too), `-- --json` the same as JSON. All three
//! hear the same answers to the same questions. The first second of a run is left out: nothing plays yet.

#![expect(clippy::print_stdout, reason = "figures are for reading")]

mod baselines;
#[path = "../../tests/sync/simulation/mod.rs"]
mod simulation;

use serde_json::{Value, json};
use simulation::networks::{ALL, Network};
use simulation::{Event, Run};

use baselines::{LastSample, MedianOfEight};

/// Runs of each network, how long each is, and how often the clocks are looked at.
const SEEDS: u64 = 12;
const SECONDS: i64 = 600;
const LOOK_EVERY_MS: i64 = 100;
/// Where the beginning of a run ends, in looks.
const FIRST_LOOKS: usize = 10;
const FIRST_MINUTE_LOOKS: usize = 600;

fn main() {
    let figures: Vec<Value> = ALL.iter().map(figures).collect();
    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", json!({"unit": "ms", "networks": figures}));
        return;
    }
    println!(
        "{:22} {:>5}  {:15} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "network", "floor", "way", "median", "p95", "max", "1st min", "later"
    );
    for network in &figures {
        for way in ["ours", "last-sample", "median-of-8"] {
            let figure = &network[way];
            println!(
                "{:22} {:5.1}  {:15} {:8.3} {:8.3} {:8.3} {:8.3} {:8.3}",
                text(&network["network"]),
                number(&network["floor"]),
                way,
                number(&figure["median"]),
                number(&figure["p95"]),
                number(&figure["max"]),
                number(&figure["first_minute_p95"]),
                number(&figure["steady_p95"])
            );
        }
        println!(
            "{:22}        likely error {:.3}, bound {:.3}; {} % and {} % of errors within them",
            "",
            number(&network["likely_error"]),
            number(&network["error_bound"]),
            number(&network["within_likely_percent"]),
            number(&network["within_bound_percent"])
        );
    }
}

/// Errors of one way over all runs, in microseconds.
#[derive(Default)]
struct Errors {
    all: Vec<i64>,
    first_minute: Vec<i64>,
    steady: Vec<i64>,
}

impl Errors {
    fn add(&mut self, look: usize, error_us: Option<i64>) {
        let Some(error_us) = error_us.filter(|_| look >= FIRST_LOOKS) else {
            return;
        };
        self.all.push(error_us.abs());
        if look < FIRST_MINUTE_LOOKS {
            self.first_minute.push(error_us.abs());
        } else {
            self.steady.push(error_us.abs());
        }
    }

    fn figures(&mut self) -> Value {
        self.all.sort_unstable();
        self.first_minute.sort_unstable();
        self.steady.sort_unstable();
        json!({
            "median": rank(&self.all, 50),
            "p95": rank(&self.all, 95),
            "max": rank(&self.all, 100),
            "steady_p95": rank(&self.steady, 95),
            "first_minute_p95": rank(&self.first_minute, 95),
        })
    }
}

fn figures(network: &Network) -> Value {
    let (mut ours, mut last, mut median) =
        (Errors::default(), Errors::default(), Errors::default());
    let (mut likely, mut bound) = (Vec::new(), Vec::new());
    let mut questions = 0;
    let (mut within_likely, mut within_bound) = (0_usize, 0_usize);
    for seed in 0..SEEDS {
        let (mut last_sample, mut median_of_eight) =
            (LastSample::default(), MedianOfEight::default());
        let mut look = 0;
        Run::new(*network, seed).play(SECONDS, LOOK_EVERY_MS, |event| match event {
            Event::Ticked { now, request, next } => {
                assert!(next > now, "a clock that is due for ever");
                questions += usize::from(request.is_some());
            }
            Event::Heard { now, answer } => {
                last_sample.hear(&answer, now);
                median_of_eight.hear(&answer, now);
            }
            Event::Moment { now, room, clock } => {
                let reading = clock.at(now);
                let error = |room_us: i64| room_us - room.us();
                ours.add(look, reading.map(|reading| error(reading.room.us())));
                last.add(look, last_sample.at(now).map(error));
                median.add(look, median_of_eight.at(now).map(error));
                if let Some(reading) = reading.filter(|_| look >= FIRST_LOOKS) {
                    let error_us = error(reading.room.us()).abs();
                    likely.push(reading.likely_error_us);
                    bound.push(reading.error_bound_us);
                    within_likely += usize::from(error_us <= reading.likely_error_us);
                    within_bound += usize::from(error_us <= reading.error_bound_us);
                }
                look += 1;
            }
        });
    }
    likely.sort_unstable();
    bound.sort_unstable();
    json!({
        "network": network.name,
        "questions_a_minute": questions as f64 / (SEEDS as f64 * SECONDS as f64 / 60.0),
        "floor": network.floor_us() / 1_000.0,
        "ours": ours.figures(),
        "last-sample": last.figures(),
        "median-of-8": median.figures(),
        "likely_error": rank(&likely, 50),
        "error_bound": rank(&bound, 50),
        "within_likely_percent": percent(within_likely, likely.len()),
        "within_bound_percent": percent(within_bound, bound.len()),
    })
}

/// The nearest rank of sorted microseconds, in milliseconds.
fn rank(sorted: &[i64], percentile: usize) -> f64 {
    let index = (sorted.len() * percentile).div_ceil(100).saturating_sub(1);
    sorted.get(index).map_or(0.0, |us| *us as f64 / 1_000.0)
}

fn percent(part: usize, whole: usize) -> f64 {
    (part as f64 / whole.max(1) as f64 * 10_000.0).floor() / 100.0
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
