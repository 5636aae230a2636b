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
mod tally;

use music::{Level, SAME, score_records};
use tally::Tally;

fn all(sets: &[data::Set], name: &str) -> Tally {
    let decide = |pair: &data::Pair| score_records(&pair.left, &pair.right).confidence >= SAME;
    let named = sets.iter().filter(|set| set.name.contains(name));
    named
        .map(|set| Tally::of(set, decide))
        .fold(Tally::default(), Tally::add)
}

#[test]
fn the_figures_hold_and_a_wrong_version_is_hardly_ever_called_sure() {
    let sets = data::sets(&data::folder());
    if sets.len() < SETS {
        println!(
            "skipped: the labelled pairs are not all in {}",
            data::folder().display()
        );
        return;
    }
    for (name, least) in [("structured", 0.96), ("dirty", 0.94), ("noisy", 0.93)] {
        let tally = all(&sets, name);
        assert!(tally.f1() >= least, "{name}: {tally:?}");
    }
    let hard = all(&sets, data::HARD);
    assert!(hard.wrong <= 1 && hard.recall() >= 0.92, "{hard:?}");
    let mut sure = Tally::default();
    for pair in sets.iter().flat_map(|set| &set.pairs) {
        let level = score_records(&pair.left, &pair.right).level;
        sure = sure.add(Tally::one(level >= Level::High, pair.same));
    }
    assert!(sure.wrong * 200 <= sure.right, "{sure:?}");
}

/// How many sets [`data::sets`] finds when all data is there.
const SETS: usize = 9;
