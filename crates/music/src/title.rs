//! A title taken apart: the song's name, who else plays, and which version it is.

use crate::normal::{fold, words};
use crate::version::{self, Meaning, Tag};

/// A title, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// Words of the name alone.
    pub(crate) base: Vec<String>,
    /// The same in parts, where ` - ` stands between.
    pub(crate) parts: Vec<String>,
    /// Words of a bracket that is part of the name, though providers often leave it out.
    pub(crate) subtitle: Vec<String>,
    /// The number of a part: `Pt. 2`.
    pub(crate) part: Option<String>,
    /// Folded names of other artists, still joined.
    pub(crate) features: Vec<String>,
    /// What makes the recording another one.
    pub(crate) tags: Vec<Tag>,
    /// What the title says of its words.
    pub(crate) is_explicit: Option<bool>,
}

impl Title {
    /// Takes `text` apart.
    pub(crate) fn read(text: &str) -> Self {
        let mut title = Self::default();
        if text.is_empty() {
            return title;
        }
        let folded = fold(text);
        let (outside, segments) = segments(&folded);
        title.read_outside(&outside);
        let starts_with_bracket = folded.starts_with(['(', '[', '{']);
        for (index, segment) in segments.iter().enumerate() {
            let is_leading = starts_with_bracket && index == 0;
            for piece in segment.split(';') {
                title.add(piece, is_leading);
            }
        }
        if title.base.is_empty() {
            title.base = std::mem::take(&mut title.subtitle);
        }
        // Nothing but remarks: then they are the name.
        if title.base.is_empty() {
            title.base = words(&folded);
            title.tags.clear();
            title.is_explicit = None;
        }
        title.take_part();
        title
    }

    /// Adds a version that a provider keeps apart from the title.
    pub(crate) fn add_version(&mut self, text: &str) {
        let folded = fold(text);
        let (outside, segments) = segments(&folded);
        for segment in segments.iter().chain([&outside]) {
            self.add(segment, false);
        }
    }

    /// The name outside brackets, with ` - ` suffixes and unbracketed names of other artists.
    fn read_outside(&mut self, outside: &str) {
        for (index, piece) in outside.split(" - ").enumerate() {
            let piece = match announced(piece) {
                Some((before, names)) => {
                    self.features.push(names.to_owned());
                    before
                }
                None => piece,
            };
            let words = words(piece);
            let meaning = match index {
                0 => Meaning::Words,
                _ => version::meaning(piece, &words),
            };
            if words.is_empty() || meaning == Meaning::Words {
                self.parts
                    .extend(Some(words.concat()).filter(|part| !part.is_empty()));
                self.base.extend(words);
            } else {
                self.take(meaning, piece);
            }
        }
    }

    fn add(&mut self, segment: &str, is_leading: bool) {
        let words = words(segment);
        match version::meaning(segment, &words) {
            Meaning::Words if is_leading => drop(self.base.splice(0..0, words)),
            Meaning::Words => self.subtitle.extend(words),
            meaning => self.take(meaning, segment),
        }
    }

    fn take(&mut self, meaning: Meaning, segment: &str) {
        match meaning {
            Meaning::Features(start) => self.features.push(segment[start..].to_owned()),
            Meaning::Tags(tags) => self.tags.extend(tags),
            Meaning::Explicit(is_explicit) => self.is_explicit = Some(is_explicit),
            Meaning::Neutral | Meaning::Words => {}
        }
    }

    /// Moves `pt. 2`, `part ii` and `vol 3` from the end of the name.
    fn take_part(&mut self) {
        for words in [&mut self.subtitle, &mut self.base] {
            let [.., label, number] = words.as_slice() else {
                continue;
            };
            if !matches!(
                label.as_str(),
                "pt" | "part" | "pts" | "vol" | "volume" | "teil" | "часть"
            ) {
                continue;
            }
            let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
            let count = ["one", "two", "three", "four", "five"];
            let place = |set: &[&str]| {
                set.iter()
                    .position(|one| one == number)
                    .map(|at| (at + 1).to_string())
            };
            let number = place(&roman)
                .or_else(|| place(&count))
                .unwrap_or_else(|| number.clone());
            self.part = Some(number);
            words.truncate(words.len() - 2);
        }
    }
}

/// An unbracketed `feat. X` after the name.
fn announced(piece: &str) -> Option<(&str, &str)> {
    [" feat", " ft"].iter().find_map(|word| {
        let at = piece.find(word)?;
        let names = version::features(&piece[at..])?;
        Some((&piece[..at], &piece[at + names..]))
    })
}

/// The text outside brackets, and each bracket's own text. What is never closed ends with the text.
fn segments(folded: &str) -> (String, Vec<String>) {
    let mut outside = String::with_capacity(folded.len());
    let mut open: Vec<String> = Vec::new();
    let mut closed = Vec::new();
    for letter in folded.chars() {
        match letter {
            '(' | '[' | '{' => {
                open.push(String::new());
                outside.push(' ');
            }
            ')' | ']' | '}' => closed.extend(open.pop()),
            _ => open.last_mut().unwrap_or(&mut outside).push(letter),
        }
    }
    closed.extend(open.into_iter().rev());
    closed.retain(|segment| !segment.trim().is_empty());
    (outside, closed)
}
