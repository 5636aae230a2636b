//! Song records as five careless catalogues would hold them, with typing errors and values in wrong places.

use std::collections::BTreeMap;

use music::Record;

use crate::data::{Dice, Pair, Song, songs};

/// Pairs of records of the same song, and of songs that are hard to tell apart.
pub(crate) fn pairs(text: &str, half: u64) -> Vec<Pair> {
    let songs = songs(text, half);
    let mut dice = Dice::new(half + 1);
    let works: Vec<Work> = songs
        .iter()
        .map(|song| Work::of(song, &songs, &mut dice))
        .collect();
    let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, work) in works.iter().enumerate() {
        for word in name_words(work) {
            by_word.entry(word).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for (index, work) in works.iter().enumerate() {
        let left = work.record(&mut dice);
        pairs.push(Pair {
            right: work.record(&mut dice),
            left: left.clone(),
            same: true,
        });
        for other in rivals(work, index, &works, &by_word, &mut dice) {
            pairs.push(Pair {
                left: left.clone(),
                right: other.record(&mut dice),
                same: false,
            });
        }
    }
    pairs
}

const LANGUAGES: [&str; 4] = ["English", "German", "Spanish", "French"];

/// One recording on one album.
#[derive(Clone)]
struct Work {
    title: String,
    artist: String,
    album: String,
    year: u32,
    number: u32,
    language: &'static str,
}

impl Work {
    fn of(song: &Song, songs: &[Song], dice: &mut Dice) -> Self {
        let of_artist: Vec<&Song> = songs
            .iter()
            .filter(|other| other.artist == song.artist)
            .collect();
        // Albums are named after one of their songs, or are compilations that many songs share.
        let album = match dice.below(10) {
            0..=4 => plain(&of_artist[0].title).to_owned(),
            5..=7 => plain(&dice.one_of(songs).title).to_owned(),
            _ => format!(
                "{} {}",
                dice.one_of(&["Greatest Hits", "The Best of", "Now", "Bravo Hits", "Live"]),
                dice.below(60)
            ),
        };
        Self {
            title: song.title.clone(),
            artist: song.artist.clone(),
            album,
            year: song.year.parse().unwrap_or(1990),
            number: 1 + dice.below(20) as u32,
            language: LANGUAGES[dice.below(LANGUAGES.len())],
        }
    }

    /// The record of one of the catalogues.
    fn record(&self, dice: &mut Dice) -> Record {
        let (mut title, mut artist, mut album) =
            (self.title.clone(), self.artist.clone(), self.album.clone());
        let two_digits = self.year % 100;
        let year = match dice.below(5) {
            0 | 1 => self.year.to_string(),
            2 => format!("'{two_digits:02}"),
            3 => format!("{two_digits:02}"),
            _ => "null".to_owned(),
        };
        match dice.below(6) {
            0 => title = format!("{:03}-{title}", self.number),
            1 => {
                title = format!("{artist} - {title}");
                artist = nothing(dice);
            }
            2 => {
                title = format!("{title} - {album}");
                album = nothing(dice);
            }
            3 if dice.percent(50) => title = format!("{artist} - {title}"),
            _ => {}
        }
        if dice.percent(15) {
            artist = abbreviated(&artist);
        }
        if dice.percent(15) {
            album = format!("{album} ({})", self.year);
        }
        for (value, percent) in [(&mut artist, 12), (&mut album, 20)] {
            if dice.percent(percent) {
                *value = nothing(dice);
            }
        }
        for value in [&mut title, &mut artist, &mut album] {
            misspell(value, dice);
        }
        if dice.percent(4) {
            std::mem::swap(&mut title, &mut artist);
        } else if dice.percent(4) {
            std::mem::swap(&mut artist, &mut album);
        }
        let mut extra = BTreeMap::new();
        if dice.percent(70) {
            extra.insert("number".to_owned(), self.number.to_string());
        }
        extra.insert(
            "language".to_owned(),
            dice.one_of(&[self.language, &self.language[..3], "", "unknown"])
                .to_string(),
        );
        Record {
            title,
            artist,
            album,
            released: year,
            extra,
            ..Record::default()
        }
    }
}

/// Others that resemble `work`: of the same artist, of the same name, of the same album, another part, another version.
fn rivals(
    work: &Work,
    index: usize,
    works: &[Work],
    by_word: &BTreeMap<String, Vec<usize>>,
    dice: &mut Dice,
) -> Vec<Work> {
    let is_other =
        |other: &&Work| plain(&other.title).to_lowercase() != plain(&work.title).to_lowercase();
    let of_artist: Vec<&Work> = works
        .iter()
        .filter(|other| other.artist == work.artist)
        .filter(is_other)
        .collect();
    let of_name = works
        .iter()
        .filter(|other| {
            plain(&other.title).eq_ignore_ascii_case(plain(&work.title))
                && main(other) != main(work)
        })
        .take(1);
    let mut rivals: Vec<Work> = of_name.cloned().collect();
    if !of_artist.is_empty() {
        let mut rival = (*dice.one_of(&of_artist)).clone();
        if dice.percent(60) {
            (rival.album, rival.year) = (work.album.clone(), work.year);
        }
        rivals.push(rival);
    }
    if let Some(nearest) = nearest(work, works, by_word) {
        rivals.push(nearest.clone());
    }
    rivals.push(works[(index + 1) % works.len()].clone());
    if dice.percent(8) {
        let tag = dice.one_of(&[
            "live",
            "remix",
            "acoustic version",
            "instrumental",
            "Pt. 2",
            "reprise",
            "demo",
        ]);
        let number = 1 + dice.below(20) as u32;
        rivals.push(Work {
            title: format!("{} ({tag})", work.title),
            number,
            ..work.clone()
        });
    }
    rivals.retain(|rival| main(rival) != main(work) || rival.title != work.title);
    rivals
}

/// The song of another artist whose name shares most words, for its length.
fn nearest<'a>(
    work: &Work,
    works: &'a [Work],
    by_word: &BTreeMap<String, Vec<usize>>,
) -> Option<&'a Work> {
    let own = name_words(work);
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for index in own.iter().filter_map(|word| by_word.get(word)).flatten() {
        *shared.entry(*index).or_default() += 1;
    }
    let is_other = |other: &Work| main(other) != main(work) && other.title != work.title;
    let others = shared
        .into_iter()
        .filter(|(index, _)| is_other(&works[*index]));
    let share = |(index, shared): &(usize, usize)| {
        200 * shared / (own.len() + name_words(&works[*index]).len())
    };
    others.max_by_key(share).map(|(index, _)| &works[index])
}

fn name_words(work: &Work) -> Vec<String> {
    plain(&work.title)
        .to_lowercase()
        .split(' ')
        .map(str::to_owned)
        .collect()
}

fn main(work: &Work) -> &str {
    work.artist
        .split([',', '&'])
        .next()
        .unwrap_or_default()
        .trim()
}

fn plain(title: &str) -> &str {
    let end = title.find(" - ").into_iter().chain(title.find(" (")).min();
    &title[..end.unwrap_or(title.len())]
}

const NOTHING: &[&str] = &["", "", "null", "unknown", "[unknown]", "n/a"];

fn nothing(dice: &mut Dice) -> String {
    (*dice.one_of(NOTHING)).to_owned()
}

/// `Justin Timberlake` as `J. Timberlake`.
fn abbreviated(artist: &str) -> String {
    match artist.split_once(' ') {
        Some((first, rest)) => format!("{}. {rest}", first.chars().take(1).collect::<String>()),
        None => artist.to_owned(),
    }
}

/// Letters inserted, left out, exchanged and replaced; in three of ten values.
fn misspell(value: &mut String, dice: &mut Dice) {
    if NOTHING.contains(&value.as_str()) {
        return;
    }
    let mut letters: Vec<char> = value.chars().collect();
    let errors = match dice.below(10) {
        0..=6 => 0,
        7..=8 => 1,
        _ => 1 + letters.len() / 12,
    };
    for _ in 0..errors {
        if letters.len() < 3 {
            return;
        }
        let at = dice.below(letters.len() - 1);
        let letter = char::from(b'a' + dice.below(26) as u8);
        match dice.below(4) {
            0 => letters.insert(at, letter),
            1 => drop(letters.remove(at)),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = letter,
        }
    }
    *value = letters.into_iter().collect();
}
