//! What a plain matcher does: sets of words and a veto by duration.

use std::collections::BTreeSet;
use std::time::Duration;

use music::Record;

/// Sets of words that share this much are the same.
const SHARED_MIN: f64 = 0.5;

/// Further apart than this is another recording.
const APART_MAX: Duration = Duration::from_secs(7);

/// Whether the words of title and artist agree, and the durations do not contradict.
pub(crate) fn same(left: &Record, right: &Record) -> bool {
    let is_apart = left
        .duration
        .zip(right.duration)
        .is_some_and(|(left, right)| left.abs_diff(right) > APART_MAX);
    let (left, right) = (words(left), words(right));
    let shared = left.intersection(&right).count() as f64;
    !is_apart && shared / left.union(&right).count().max(1) as f64 >= SHARED_MIN
}

fn words(record: &Record) -> BTreeSet<String> {
    let text = format!("{} {}", record.title, record.artist).to_lowercase();
    let words = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
