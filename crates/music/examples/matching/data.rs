//! Labelled pairs, read or made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use music::Record;

use crate::{clean, noisy};

/// Two records and whether they are the same recording.
pub(crate) struct Pair {
    pub(crate) left: Record,
    pub(crate) right: Record,
    pub(crate) same: bool,
}

/// Pairs of one origin.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// Whether the weights of the comparison with unseen sets are learned from it.
    pub(crate) is_for_training: bool,
    pub(crate) pairs: Vec<Pair>,
}

/// The name of the set of versions and namesakes.
pub(crate) const HARD: &str = "hard pairs";

/// Where the labelled pairs lie: beside the project.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/matching")
}

/// A set's name, its file, whether weights may be learned from it, and how its pairs are made.
type Source = (&'static str, &'static str, bool, fn(&str) -> Vec<Pair>);

const SOURCES: &[Source] = &[
    (
        "iTunes-Amazon structured train",
        "itunes-amazon/structured/train.txt",
        true,
        shop_pairs,
    ),
    (
        "iTunes-Amazon structured valid",
        "itunes-amazon/structured/valid.txt",
        false,
        shop_pairs,
    ),
    (
        "iTunes-Amazon dirty train",
        "itunes-amazon/dirty/train.txt",
        true,
        shop_pairs,
    ),
    (
        "iTunes-Amazon dirty valid",
        "itunes-amazon/dirty/valid.txt",
        false,
        shop_pairs,
    ),
    (HARD, "crossplatform/hardpairs-dev.tsv", true, hard_pairs),
    ("noisy song records, one half", SONGS, true, |text| {
        noisy::pairs(text, 0)
    }),
    ("noisy song records, other half", SONGS, false, |text| {
        noisy::pairs(text, 1)
    }),
    ("clean listings, one half", SONGS, true, |text| {
        clean::pairs(text, 0)
    }),
    ("clean listings, other half", SONGS, false, |text| {
        clean::pairs(text, 1)
    }),
];

const SONGS: &str = "crossplatform/linksets-dev.tsv";

/// Every wanted set that is there; one that is missing is named.
pub(crate) fn sets(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<Set> {
    let mut sets = Vec::new();
    for (name, file, is_for_training, read) in SOURCES.iter().filter(|source| is_wanted(source.0)) {
        match fs::read_to_string(folder.join(file)) {
            Ok(text) => sets.push(Set {
                name,
                is_for_training: *is_for_training,
                pairs: read(&text),
            }),
            Err(error) => println!("skipped {name}: {file}: {error}"),
        }
    }
    sets
}

/// `LEFT<TAB>RIGHT<TAB>LABEL`, each side `COL name VAL value COL name VAL value ...`.
fn shop_pairs(text: &str) -> Vec<Pair> {
    let pair = |line: &str| {
        let mut columns = line.split('\t');
        let (left, right) = (columns.next()?, columns.next()?);
        let same = columns.next()?.trim() == "1";
        Some(Pair {
            left: shop_record(left),
            right: shop_record(right),
            same,
        })
    };
    text.lines().filter_map(pair).collect()
}

fn shop_record(text: &str) -> Record {
    let mut record = Record::default();
    for column in text.split("COL ").skip(1) {
        let (name, value) = column.split_once(" VAL ").unwrap_or((column, ""));
        let value = value.trim().to_owned();
        match name.trim() {
            "Song_Name" => record.title = value,
            "Artist_Name" => record.artist = value,
            "Album_Name" => record.album = value,
            "Released" => record.released = value,
            "Time" => record.duration = clock(&value),
            other => drop(record.extra.insert(other.to_lowercase(), value)),
        }
    }
    record
}

fn clock(text: &str) -> Option<Duration> {
    let (minutes, seconds) = text.split_once(':')?;
    Some(Duration::from_secs(
        minutes.trim().parse::<u64>().ok()? * 60 + seconds.trim().parse::<u64>().ok()?,
    ))
}

/// `label kind title_a artist_a title_b artist_b`.
fn hard_pairs(text: &str) -> Vec<Pair> {
    let pair = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [label, _, title_a, artist_a, title_b, artist_b] = columns.as_slice() else {
            return None;
        };
        let record = |title: &str, artist: &str| Record {
            title: title.to_owned(),
            artist: artist.to_owned(),
            ..Record::default()
        };
        Some(Pair {
            left: record(title_a, artist_a),
            right: record(title_b, artist_b),
            same: *label == "1",
        })
    };
    text.lines().skip(1).filter_map(pair).collect()
}

/// A song of the link sets.
#[derive(Clone)]
pub(crate) struct Song {
    pub(crate) artist: String,
    pub(crate) title: String,
    pub(crate) year: String,
}

/// The songs of the link sets, one for each code, split in two by the main artist so that none is in both halves.
pub(crate) fn songs(text: &str, half: u64) -> Vec<Song> {
    let mut songs = BTreeMap::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [artist, title, year, isrc, ..] = columns.as_slice() else {
            continue;
        };
        let main = artist.split(',').next().unwrap_or_default();
        if isrc.is_empty() || hash(main) % 2 != half {
            continue;
        }
        let song = Song {
            artist: (*artist).to_owned(),
            title: (*title).to_owned(),
            year: (*year).to_owned(),
        };
        songs.entry((*isrc).to_owned()).or_insert(song);
    }
    songs.into_values().collect()
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A small generator of numbers (xorshift64*), so that sets are the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end.max(1) as u64) as usize
    }

    /// True in `percent` of all throws.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
