//! Figures of the matcher on labelled pairs, beside a plain baseline, and the training of its weights.
//!
//! `cargo xtask bench matching` prints the figures; `cargo run --release -p music --example matching -- --train` learns
//! `src/weights.rs` anew; `-- --errors NAME` prints what is decided wrongly in the sets whose names contain NAME.

#![expect(clippy::print_stdout, reason = "figures are for reading")]

mod baseline;
mod clean;
mod data;
mod learn;
mod noisy;
mod tally;

use std::process::ExitCode;

use data::{Pair, Set};
use music::{Level, SAME, score_records};
use tally::Tally;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sets = data::sets(&data::folder(), |_| true);
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => {
            figures(&sets);
            levels(&sets);
            learn::cross_validate(&sets);
            ExitCode::SUCCESS
        }
        ["--train"] => learn::train(&sets),
        ["--errors", name] => {
            errors(&sets, name);
            ExitCode::SUCCESS
        }
        _ => {
            println!("nothing, --train, or --errors NAME");
            ExitCode::FAILURE
        }
    }
}

fn is_same(pair: &Pair) -> bool {
    score_records(&pair.left, &pair.right).confidence >= SAME
}

fn figures(sets: &[Set]) {
    println!(
        "{:<32} {:>6} {:>6} | {:>6} {:>6} {:>6} | words and duration: F1",
        "set", "pairs", "same", "wrong", "missed", "F1"
    );
    for set in sets {
        let (ours, plain) = (
            Tally::of(set, is_same),
            Tally::of(set, |pair| baseline::same(&pair.left, &pair.right)),
        );
        let same = set.pairs.iter().filter(|pair| pair.same).count();
        println!(
            "{:<32} {:>6} {same:>6} | {:>6} {:>6} {:>6.2} | {:>6.2}",
            set.name,
            set.pairs.len(),
            ours.wrong,
            ours.missed,
            100.0 * ours.f1(),
            100.0 * plain.f1(),
        );
        if set.name == data::HARD {
            let of = set.pairs.len() - same;
            println!(
                "  accepted: {} of {of} wrong ones, recall {:.1} %; words and duration: {} of {of}, {:.1} %",
                ours.wrong,
                100.0 * ours.recall(),
                plain.wrong,
                100.0 * plain.recall(),
            );
        }
    }
}

fn levels(sets: &[Set]) {
    println!("\nright of all at each level");
    for set in sets {
        print!("{:<32}", set.name);
        for level in [
            Level::Exact,
            Level::High,
            Level::Likely,
            Level::Unverified,
            Level::Different,
        ] {
            let at_level = |pair: &&Pair| score_records(&pair.left, &pair.right).level == level;
            let (right, all) =
                set.pairs
                    .iter()
                    .filter(at_level)
                    .fold((0, 0), |(right, all), pair| {
                        (
                            right + usize::from(pair.same == (level > Level::Different)),
                            all + 1,
                        )
                    });
            if all > 0 {
                print!("  {level:?} {right}/{all}");
            }
        }
        println!();
    }
}

fn errors(sets: &[Set], name: &str) {
    for set in sets.iter().filter(|set| set.name.contains(name)) {
        for pair in set.pairs.iter().filter(|pair| is_same(pair) != pair.same) {
            let verdict = score_records(&pair.left, &pair.right);
            println!(
                "same: {} {verdict:?}\n  {:?}\n  {:?}",
                pair.same, pair.left, pair.right
            );
        }
    }
}
