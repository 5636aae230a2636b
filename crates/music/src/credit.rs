//! Who plays: artists as a set, however a provider joins their names.

use crate::normal::{fold, name, words};
use crate::script::{script, sound};
use crate::similar::likeness;

/// The artists of a track or a release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credit {
    /// Single names as words with spaces, the main artist's first.
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

/// Artists that stand for nobody.
const NOBODY: &[&str] = &[
    "variousartists",
    "various",
    "va",
    "unknownartist",
    "unknown",
    "anonymous",
    "verschiedene",
];

/// Names that differ by an abbreviation count as much as names with a slip of the pen.
const ABBREVIATED: f64 = 0.9;

/// How far two credits agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Agreement {
    /// At least one side names nobody.
    Unknown,
    /// The names are in different scripts and do not sound alike.
    Unreadable,
    /// 1 when main artists are the same, less for alike ones or for a main artist who is a guest on the other side.
    Like(f64),
}

impl Credit {
    /// Reads the artists of a listing and those that its title names.
    pub(crate) fn read<'a>(
        artists: impl IntoIterator<Item = &'a str>,
        features: &[String],
    ) -> Self {
        let mut credit = Self::default();
        for artist in artists {
            let folded = fold(artist);
            let joined = name(&words(&folded));
            if !NOBODY.contains(&joined.as_str()) {
                credit.joined.push_str(&joined);
                split(&folded, &mut credit.names);
            }
        }
        if credit.names.is_empty() && !credit.joined.is_empty() {
            credit.names.push(credit.joined.clone());
        }
        credit.main_count = credit.names.len();
        for feature in features {
            split(feature, &mut credit.names);
        }
        credit
    }

    /// Whether nobody is named as the main artist.
    pub(crate) fn is_empty(&self) -> bool {
        self.main_count == 0
    }

    /// How far the main artists agree.
    pub(crate) fn agreement(&self, other: &Self) -> Agreement {
        if self.is_empty() || other.is_empty() {
            return Agreement::Unknown;
        }
        if self.joined == other.joined {
            return Agreement::Like(1.0);
        }
        let there = best(&self.names[0], &other.names);
        let back = best(&other.names[0], &self.names);
        let joined = if in_same_order(&self.joined, &other.joined) {
            1.0
        } else {
            likeness(&self.joined, &other.joined)
        };
        // A main artist who is only named on the other side is good, but weaker evidence than one named by both.
        let like = joined.max(there.max(back) * 0.75 + there.min(back) * 0.25);
        if like < 0.8 && script(&self.joined) != script(&other.joined) {
            let by_sound = likeness(&sound(&self.joined), &sound(&other.joined));
            return if by_sound >= 0.75 {
                Agreement::Like(by_sound.max(ABBREVIATED))
            } else {
                Agreement::Unreadable
            };
        }
        Agreement::Like(like)
    }
}

/// Whether the same letters come in another order of words: `Cash, Johnny`.
fn in_same_order(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left.len() > 3
        && (1..left.len()).any(|at| {
            left.is_char_boundary(at)
                && right.starts_with(&left[at..])
                && right.ends_with(&left[..at])
        })
}

fn best(name: &str, others: &[String]) -> f64 {
    others
        .iter()
        .map(|other| alike(name, other))
        .fold(0.0, f64::max)
}

/// How alike two names are, as words with spaces; words may be cut to initials.
pub(crate) fn alike(left: &str, right: &str) -> f64 {
    let like = likeness(left, right);
    if like >= ABBREVIATED {
        return like;
    }
    if is_abbreviated(left, right) {
        ABBREVIATED
    } else {
        like
    }
}

/// Whether two names of several words are the same but for words that one cuts to initials: `J. Timberlake`.
pub(crate) fn is_abbreviated(left: &str, right: &str) -> bool {
    let (mut lefts, mut rights) = (left.split(' '), right.split(' '));
    let mut words = 0;
    loop {
        match (lefts.next(), rights.next()) {
            (None, None) => return words > 1,
            (Some(one), Some(other)) => {
                words += 1;
                let is_initial =
                    |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
                let is_slip = words > 1 && likeness(one, other) >= ABBREVIATED_ALIKE;
                if !is_slip && !is_initial(one, other) && !is_initial(other, one) && one != other {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// Words after an initial may have a slip of the pen.
const ABBREVIATED_ALIKE: f64 = 0.8;

/// Adds the single names in folded text.
fn split(folded: &str, names: &mut Vec<String>) {
    for piece in folded.split([
        ',', ';', '/', '+', '&', '\\', '|', '、', '・', '(', ')', '[', ']',
    ]) {
        let all = words(piece);
        for run in all.split(|word| JOINERS.contains(&word.as_str())) {
            let run = match run {
                [article, rest @ ..] if article == "the" && !rest.is_empty() => rest,
                all => all,
            };
            let one = run.join(" ");
            if !one.is_empty() && !names.contains(&one) {
                names.push(one);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(left: &str, right: &str) -> f64 {
        match Credit::read([left], &[]).agreement(&Credit::read([right], &[])) {
            Agreement::Like(like) => like,
            Agreement::Unknown | Agreement::Unreadable => -1.0,
        }
    }

    #[test]
    fn artists_agree_however_they_are_joined() {
        for (left, right) in [
            (
                "Luis Fonsi ft. Daddy Yankee",
                "Luis Fonsi, Daddy Yankee, Justin Bieber",
            ),
            (
                "Kristen Bell & Santino Fontana",
                "Santino Fontana und Kristen Bell",
            ),
            ("Kx5, deadmau5, Kaskade", "deadmau5 x Kaskade / Kx5"),
            ("Earth, Wind & Fire", "Earth"),
            (
                "Kungs vs. Cookin' on 3 Burners",
                "Cookin' On 3 Burners, Kungs",
            ),
            ("The Beatles", "Beatles"),
            ("Cash, Johnny", "Johnny Cash"),
            ("J. Timberlake", "Justin Timberlake"),
            ("Земфира", "Zemfira"),
        ] {
            assert!(
                like(left, right) >= 0.9,
                "{left} | {right}: {}",
                like(left, right)
            );
        }
    }

    #[test]
    fn other_artists_differ_and_nobody_is_unknown() {
        assert!(like("BTS", "Taio Cruz") < 0.5);
        assert!(like("Phil Collins", "Alan Walker, Sabrina Carpenter") < 0.5);
        assert!((like("Various Artists", "ABBA") + 1.0).abs() < 1e-9);
        assert!((like("宇多田ヒカル", "Hikaru Utada") + 1.0).abs() < 1e-9);
    }
}
