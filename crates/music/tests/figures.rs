//! The figures of the matcher on the labelled pairs, held at or above what they were when the weights were learned.
//! The pairs lie beside the project, in `../shared/data/matching`; without them these tests say so and end.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

#[path = "../examples/matching/clean.rs"]
mod clean;
#[path = "../examples/matching/data.rs"]
#[expect(dead_code, reason = "training alone asks what a set is for")]
mod data;
#[path = "../examples/matching/noisy.rs"]
mod noisy;
#[path = "../examples/matching/tally.rs"]
#[expect(dead_code, reason = "the figures judge whole sets")]
mod tally;

use music::{Level, SAME, score_records};
use tally::Tally;

#[test]
fn the_figures_hold_and_a_wrong_version_is_hardly_ever_called_sure() {
    // A part of the made pairs is enough here, and takes a part of the time.
    let sets = data::sets(&data::folder(), |name| !name.ends_with("one half"));
    if sets.len() < SETS {
        println!(
            "skipped: the labelled pairs are not all in {}",
            data::folder().display()
        );
        return;
    }
    let (mut sure, mut by_set) = (Tally::default(), Vec::new());
    for set in &sets {
        let mut tally = Tally::default();
        let step = if set.pairs.len() > PAIRS_MAX { 5 } else { 1 };
        for pair in set.pairs.iter().step_by(step) {
            let verdict = score_records(&pair.left, &pair.right);
            tally = tally.add(Tally::one(verdict.confidence >= SAME, pair.same));
            sure = sure.add(Tally::one(verdict.level >= Level::High, pair.same));
        }
        by_set.push((set.name, tally));
    }
    let all = |name: &str| {
        let named = by_set.iter().filter(|(set, _)| set.contains(name));
        named
            .map(|(_, tally)| *tally)
            .fold(Tally::default(), Tally::add)
    };
    for (name, least) in [("structured", 0.96), ("dirty", 0.94), ("noisy", 0.94)] {
        assert!(all(name).f1() >= least, "{name}: {:?}", all(name));
    }
    let hard = all(data::HARD);
    assert!(hard.wrong <= 1 && hard.recall() >= 0.92, "{hard:?}");
    assert!(sure.wrong * 200 <= sure.right, "{sure:?}");
}

/// How many sets [`data::sets`] finds here when all data is there.
const SETS: usize = 7;

/// Larger sets are sampled.
const PAIRS_MAX: usize = 1_000;
