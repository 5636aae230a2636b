//! What two listings say about each other, as numbers: what the weights are learned from, and what reasons are named by.

use std::time::Duration;

use crate::credit::Agreement;
use crate::reading::Reading;
use crate::script::{script, sound};
use crate::similar::{likeness, pairs_likeness};
use crate::version::{Kind, Tag};

/// Durations within this are the same: services round, and cut silence differently.
pub(crate) const SAME_DURATION: Duration = Duration::from_secs(3);

/// Durations further apart than this are different recordings, unless a code says otherwise.
pub(crate) const OTHER_DURATION: Duration = Duration::from_secs(15);

/// Likeness of two names from which on the difference can be a slip of the pen.
pub(crate) const ALIKE: f64 = 0.8;

/// How far the titles agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Titles {
    /// They are in different scripts and do not sound alike.
    Unreadable,
    /// 1 for the same name.
    Like(f64),
}

/// How far the versions agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// Both say the same, or nothing.
    Same,
    /// One is shortened, as far as the tags say.
    Shortened,
    /// The same kind of version by other hands, or at another place.
    OtherName,
    /// One is a version that the other is not.
    Other,
}

/// How far the durations agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durations {
    Unknown,
    Same,
    Near,
    Far,
}

/// Everything that is compared.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub(crate) titles: Titles,
    pub(crate) artists: Agreement,
    pub(crate) versions: Versions,
    pub(crate) durations: Durations,
    /// How alike the albums are, when both are named.
    pub(crate) albums: Option<f64>,
    /// Whether the years agree, when both are known.
    pub(crate) years: Option<bool>,
    /// Whether the places on the album agree.
    pub(crate) numbers: Option<bool>,
    /// Whether parts or numbers within the names contradict.
    pub(crate) is_other_part: bool,
    /// Whether one is explicit and the other clean.
    pub(crate) is_other_wording: bool,
    /// How alike all names together are.
    pub(crate) whole: f64,
}

impl Evidence {
    pub(crate) fn of(left: &Reading, right: &Reading) -> Self {
        let both = |left: bool, right: bool| left && right;
        Self {
            titles: titles(left, right),
            artists: left.credit.agreement(&right.credit),
            versions: versions(left, right),
            durations: durations(left.duration, right.duration),
            albums: both(!left.album.is_empty(), !right.album.is_empty())
                .then(|| likeness(&left.album, &right.album)),
            years: left.year.zip(right.year).map(|(left, right)| left == right),
            numbers: left
                .number
                .zip(right.number)
                .map(|(left, right)| left == right),
            is_other_part: is_other_part(left, right),
            is_other_wording: matches!((left.is_explicit, right.is_explicit), (Some(left), Some(right)) if left != right),
            whole: whole(left, right),
        }
    }
}

fn whole(left: &Reading, right: &Reading) -> f64 {
    if script(&left.whole) == script(&right.whole) {
        pairs_likeness(&left.whole, &right.whole)
    } else {
        pairs_likeness(&sound(&left.whole), &sound(&right.whole))
    }
}

fn titles(left: &Reading, right: &Reading) -> Titles {
    let mut best = likeness(&left.full, &right.full);
    if best < 1.0 && (left.full != left.base || right.full != right.base) {
        for (left, right) in [
            (&left.base, &right.base),
            (&left.base, &right.full),
            (&left.full, &right.base),
        ] {
            best = best.max(likeness(left, right));
        }
    }
    if best < ALIKE {
        let (one, other) = (script(&left.base), script(&right.base));
        if one != other && one.is_some() && other.is_some() {
            let by_sound = likeness(&sound(&left.base), &sound(&right.base));
            return if by_sound >= ALIKE {
                Titles::Like(by_sound)
            } else {
                Titles::Unreadable
            };
        }
    }
    if best < 1.0 {
        best = by_parts(best, left, right);
    }
    Titles::Like(best)
}

/// A part that only one side has costs this much: it may be an artist, an album, or a version nobody knows.
const ODD_PART: f64 = 0.9;

/// Titles that hold more than the name: `Artist - Name` against `Name`, or against `Artist - Other name`.
fn by_parts(whole: f64, left: &Reading, right: &Reading) -> f64 {
    let one_of = |joined: &Reading, one: &str, two: &str, name: &str| {
        // After the name of a known artist comes the song, and then the album.
        let second = if joined.credit.is_empty() {
            likeness(two, name)
        } else {
            0.0
        };
        whole.max(ODD_PART * likeness(one, name).max(second))
    };
    match (left.title.parts.as_slice(), right.title.parts.as_slice()) {
        ([one, two], [name]) => one_of(left, one, two, name),
        ([name], [one, two]) => one_of(right, one, two, name),
        // What both have is the artist or the album; the name is the rest.
        ([one, two], [other, another]) => likeness(one, other).min(likeness(two, another)),
        _ => whole,
    }
}

fn durations(left: Option<Duration>, right: Option<Duration>) -> Durations {
    match left.zip(right).map(|(left, right)| left.abs_diff(right)) {
        None => Durations::Unknown,
        Some(apart) if apart <= SAME_DURATION => Durations::Same,
        Some(apart) if apart <= OTHER_DURATION => Durations::Near,
        Some(_) => Durations::Far,
    }
}

/// Compares tags one by one; `Shortened` says little and is forgiven elsewhere.
fn versions(left: &Reading, right: &Reading) -> Versions {
    let there = one_way(left, right);
    let back = one_way(right, left);
    if there == Versions::Other || back == Versions::Other {
        Versions::Other
    } else if there == Versions::OtherName || back == Versions::OtherName {
        Versions::OtherName
    } else {
        let is_short =
            |reading: &Reading| reading.title.tags.iter().any(|tag| tag.kind == Kind::Short);
        if is_short(left) == is_short(right) {
            Versions::Same
        } else {
            Versions::Shortened
        }
    }
}

fn one_way(left: &Reading, right: &Reading) -> Versions {
    let mut worst = Versions::Same;
    for tag in left.title.tags.iter().filter(|tag| tag.kind != Kind::Short) {
        let mut same_kind = right
            .title
            .tags
            .iter()
            .filter(|other| other.kind == tag.kind)
            .peekable();
        if same_kind.peek().is_none() {
            // Tracks of a live album are often not marked one by one.
            if is_misspelt(tag, left, right) {
                continue;
            }
            let is_known = matches!(
                tag.kind,
                Kind::Live | Kind::Acoustic | Kind::Karaoke | Kind::Instrumental
            );
            if !(is_known && right.album_kinds.contains(&tag.kind)) {
                return Versions::Other;
            }
        } else if !same_kind.any(|other| is_same_name(tag, other)) {
            worst = Versions::OtherName;
        }
    }
    worst
}

/// A tag with a slip of the pen is not known as one: the other title ends alike, and is as long with it.
fn is_misspelt(tag: &Tag, left: &Reading, right: &Reading) -> bool {
    let letters = |text: &str| text.chars().count();
    let (tagged, plain) = (
        letters(&left.full) + letters(&tag.text),
        letters(&right.full),
    );
    if !right.title.tags.is_empty() || tagged.abs_diff(plain) > MISSPELT_LETTERS_MAX {
        return false;
    }
    let end: String = right
        .full
        .chars()
        .skip(plain.saturating_sub(letters(&tag.text)))
        .collect();
    likeness(&tag.text, &end) >= SAME_HAND
}

/// Letters that slips of the pen add or leave out; the shortest tags have three.
const MISSPELT_LETTERS_MAX: usize = 2;

/// Names of remixers and places this alike are the same.
const SAME_HAND: f64 = 0.65;

/// Whether two tags name the same remixer or place; a tag without a name fits all. The second remix of a hand is
/// another one than the first.
fn is_same_name(left: &Tag, right: &Tag) -> bool {
    if left.name.is_empty() || right.name.is_empty() {
        return true;
    }
    let digit = |tag: &Tag| {
        let mut digits = tag.name.iter().filter(|word| word.len() == 1);
        digits.find_map(|word| word.parse::<u8>().ok())
    };
    if matches!((digit(left), digit(right)), (Some(left), Some(right)) if left != right) {
        return false;
    }
    let (one, other) = (left.name.concat(), right.name.concat());
    if one.starts_with(&other) || other.starts_with(&one) || likeness(&one, &other) >= SAME_HAND {
        return true;
    }
    let shared = left
        .name
        .iter()
        .filter(|word| right.name.contains(word))
        .count();
    2 * shared > left.name.len().min(right.name.len())
}

/// Parts that both name and that differ, or other numbers in names that are alike.
fn is_other_part(left: &Reading, right: &Reading) -> bool {
    match (&left.title.part, &right.title.part) {
        (Some(left), Some(right)) => return left != right,
        // The first part is often not numbered.
        (Some(part), None) | (None, Some(part)) if part != "1" => return true,
        _ => {}
    }
    let (left, right) = (numbers(left), numbers(right));
    let lacks = |some: &[Vec<u8>], all: &[Vec<u8>]| some.iter().any(|one| !all.contains(one));
    lacks(&left, &right) && lacks(&right, &left)
}

/// The numbers in a name, the digits of each in order: two of them are easily exchanged in long ones.
fn numbers(reading: &Reading) -> Vec<Vec<u8>> {
    let words = reading.title.base.iter();
    let numbers = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let digits = numbers.map(|number| {
        let mut digits = number.clone().into_bytes();
        if digits.len() > 2 {
            digits.sort_unstable();
        }
        digits
    });
    digits.collect()
}
