//! Who plays: artists as a set, however a provider joins their names.

use crate::normal::{fold, name, words};

/// The artists of a track or a release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credit {
    /// Names without spaces, the main artist's first.
    pub(crate) names: Vec<String>,
    /// How many of them stand in the artist field, and not after a `feat.`.
    pub(crate) main_count: usize,
    /// All of the artist field as one name: bands have commas and ampersands too.
    pub(crate) joined: String,
}

/// Words that join two artists.
const JOINERS: &[&str] = &[
    "and",
    "und",
    "y",
    "x",
    "et",
    "vs",
    "versus",
    "with",
    "feat",
    "ft",
    "featuring",
    "presents",
    "pres",
    "и",
];

impl Credit {
    /// Reads the artists of a listing and those that its title names.
    pub(crate) fn read<'a>(
        artists: impl IntoIterator<Item = &'a str>,
        features: &[String],
    ) -> Self {
        let mut credit = Self::default();
        for artist in artists {
            let folded = fold(artist);
            credit.joined.push_str(&name(&words(&folded)));
            split(&folded, &mut credit.names);
        }
        credit.main_count = credit.names.len();
        for feature in features {
            split(feature, &mut credit.names);
        }
        credit
    }

    /// Whether nothing is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Adds the single names in folded text.
fn split(folded: &str, names: &mut Vec<String>) {
    for piece in folded.split([',', ';', '/', '+', '&', '\\', '|', '、', '・']) {
        let all = words(piece);
        for run in all.split(|word| JOINERS.contains(&word.as_str())) {
            let one = name(run);
            if !one.is_empty() && !names.contains(&one) {
                names.push(one);
            }
        }
    }
}
