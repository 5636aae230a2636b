//! Learning the weights: logistic regression by Newton's method, deterministic.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use music::{FEATURES, SAME, features};

use crate::data::Set;
use crate::tally::Tally;

const SIZE: usize = FEATURES.len();

/// Pull of each weight towards zero, in pairs: keeps weights of rare features small.
const PULL: f64 = 1.0;

/// Every set counts as this many pairs, so that large sets do not drown small ones.
const SET_WEIGHT: f64 = 500.0;

/// Newton's method is at rest long before this.
const STEPS_MAX: usize = 60;

struct Example {
    values: [f64; SIZE],
    same: bool,
    weight: f64,
}

fn examples<'a>(sets: impl Iterator<Item = &'a Set>) -> Vec<Example> {
    let mut examples = Vec::new();
    for set in sets {
        let weight = SET_WEIGHT / set.pairs.len().max(1) as f64;
        examples.extend(set.pairs.iter().map(|pair| Example {
            values: features(&pair.left, &pair.right),
            same: pair.same,
            weight,
        }));
    }
    examples
}

/// Learns from all sets and writes the table.
pub(crate) fn train(sets: &[Set]) -> ExitCode {
    let weights = fit(&examples(sets.iter()));
    let mut table = String::from(
        "//! Learned by `cargo run --release -p music --example matching -- --train` from the sets named there; not edited by hand.\n\n/// One weight for each of [`crate::FEATURES`].\npub(crate) const WEIGHTS: [f64; crate::FEATURES.len()] = [\n",
    );
    for (name, weight) in FEATURES.iter().zip(weights) {
        println!("{name:<20} {weight:>8.3}");
        table += &format!("    {weight:.3}, // {name}\n");
    }
    table += "];\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/weights.rs");
    match fs::write(&path, table) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// Prints F1 with weights that never saw what they are judged by.
pub(crate) fn cross_validate(sets: &[Set]) {
    println!("\nwith weights of the training sets alone");
    let weights = fit(&examples(sets.iter().filter(|set| set.is_for_training)));
    for set in sets.iter().filter(|set| !set.is_for_training) {
        let tally = decide(examples(std::iter::once(set)).iter(), &weights);
        println!("{:<32} F1 {:>6.2}", set.name, 100.0 * tally.f1());
    }
    println!(
        "\nfive times, each with another fifth held out, training and validation sets together"
    );
    for name in ["structured", "dirty", "hard", "noisy"] {
        // Of sets in halves the other one stays unseen.
        let seen = sets.iter().filter(|set| !set.name.ends_with("other half"));
        let (own, others): (Vec<&Set>, Vec<&Set>) = seen.partition(|set| set.name.contains(name));
        let (own, others) = (examples(own.into_iter()), examples(others.into_iter()));
        let mut tally = Tally::default();
        for fold in 0..FOLDS {
            let is_held_out = |index: usize| index % FOLDS == fold;
            let kept = own
                .iter()
                .enumerate()
                .filter(|(index, _)| !is_held_out(*index))
                .map(|(_, one)| one);
            let weights = fit_on(&kept.chain(&others).collect::<Vec<_>>());
            let held_out = own
                .iter()
                .enumerate()
                .filter(|(index, _)| is_held_out(*index))
                .map(|(_, one)| one);
            tally = tally.add(decide(held_out, &weights));
        }
        println!(
            "{name:<32} F1 {:>6.2}, {} wrong, {} missed",
            100.0 * tally.f1(),
            tally.wrong,
            tally.missed
        );
    }
}

const FOLDS: usize = 5;

fn decide<'a>(examples: impl Iterator<Item = &'a Example>, weights: &[f64; SIZE]) -> Tally {
    examples
        .map(|one| Tally::one(probability(&one.values, weights) >= SAME, one.same))
        .fold(Tally::default(), Tally::add)
}

fn probability(values: &[f64; SIZE], weights: &[f64; SIZE]) -> f64 {
    let sum: f64 = values
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum();
    1.0 / (1.0 + (-sum).exp())
}

fn fit(examples: &[Example]) -> [f64; SIZE] {
    fit_on(&examples.iter().collect::<Vec<_>>())
}

fn fit_on(examples: &[&Example]) -> [f64; SIZE] {
    let mut weights = [0.0; SIZE];
    for _ in 0..STEPS_MAX {
        let mut slope = [0.0; SIZE];
        let mut bend = [[0.0; SIZE]; SIZE];
        for at in 0..SIZE {
            slope[at] = -PULL * weights[at];
            bend[at][at] = PULL;
        }
        for one in examples {
            let found = probability(&one.values, &weights);
            let spread = one.weight * (found * (1.0 - found)).max(1e-9);
            for at in 0..SIZE {
                slope[at] += one.weight * (f64::from(u8::from(one.same)) - found) * one.values[at];
                for (bend, value) in bend[at].iter_mut().zip(one.values) {
                    *bend += spread * one.values[at] * value;
                }
            }
        }
        let step = solve(bend, slope);
        let mut largest = 0.0_f64;
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
            largest = largest.max(step.abs());
        }
        if largest < 1e-9 {
            break;
        }
    }
    weights
}

/// Gaussian elimination with the largest pivot.
fn solve(mut matrix: [[f64; SIZE]; SIZE], mut right: [f64; SIZE]) -> [f64; SIZE] {
    for at in 0..SIZE {
        let pivot = (at..SIZE)
            .max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))
            .unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        let pivot = matrix[at];
        for row in (0..SIZE).filter(|row| *row != at) {
            let factor = matrix[row][at] / pivot[at];
            for (value, pivot) in matrix[row].iter_mut().zip(pivot) {
                *value -= factor * pivot;
            }
            right[row] -= factor * right[at];
        }
    }
    for at in 0..SIZE {
        right[at] /= matrix[at][at];
    }
    right
}
