//! How evidence becomes a confidence: a logistic model with few weights, learned from labelled pairs.

use crate::credit::Agreement;
use crate::evidence::{Durations, Evidence, Titles, Versions};
use crate::record::{Record, pair_records};
use crate::weights::WEIGHTS;

/// What the weights belong to, in order. Each value is between 0 and 1.
pub const FEATURES: [&str; 23] = [
    "always",
    "title_same",
    "title_alike",
    "title_other",
    "artist_same",
    "artist_alike",
    "artist_other",
    "artist_unknown",
    "both_same",
    "album_same",
    "album_alike",
    "album_other",
    "whole_alike",
    "duration_same",
    "duration_near",
    "duration_far",
    "year_same",
    "year_other",
    "version_other",
    "version_name_other",
    "part_other",
    "number_same",
    "number_other",
];

/// Likeness below this is no likeness: names share half of their letters by chance.
const CHANCE: f64 = 0.5;

/// The values of the features for one pair.
pub(crate) fn values(evidence: &Evidence) -> [f64; FEATURES.len()] {
    let is = |condition: bool| f64::from(u8::from(condition));
    let beyond_chance = |like: f64| ((like - CHANCE) / (1.0 - CHANCE)).max(0.0);
    let title = match evidence.titles {
        Titles::Like(like) => Some(like),
        Titles::Unreadable => None,
    };
    let artist = match evidence.artists {
        Agreement::Like(like) => Some(like),
        Agreement::Unknown | Agreement::Unreadable => None,
    };
    let same = |like: Option<f64>| is(like.is_some_and(|like| like >= 1.0));
    let alike = |like: Option<f64>| like.map_or(0.0, beyond_chance);
    let other = |like: Option<f64>| like.map_or(0.0, |like| 1.0 - beyond_chance(like));
    [
        1.0,
        same(title),
        alike(title),
        is(title.is_some_and(|like| like < CHANCE)),
        same(artist),
        alike(artist),
        is(artist.is_some_and(|like| like < CHANCE)),
        is(artist.is_none()),
        alike(title) * alike(artist),
        same(evidence.albums),
        alike(evidence.albums),
        other(evidence.albums),
        evidence.whole,
        is(evidence.durations == Durations::Same),
        is(evidence.durations == Durations::Near),
        is(evidence.durations == Durations::Far),
        is(evidence.years == Some(true)),
        is(evidence.years == Some(false)),
        is(evidence.versions == Versions::Other),
        is(evidence.versions == Versions::OtherName),
        is(evidence.is_other_part),
        is(evidence.numbers == Some(true)),
        is(evidence.numbers == Some(false)),
    ]
}

/// The share of such pairs that are the same recording.
pub(crate) fn confidence(evidence: &Evidence) -> f64 {
    let sum: f64 = values(evidence)
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The values of the features for two records; what weights are learned from.
#[must_use]
pub fn features(a: &Record, b: &Record) -> [f64; FEATURES.len()] {
    let (left, right) = pair_records(a, b);
    values(&Evidence::of(&left, &right))
}
