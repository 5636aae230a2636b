//! Slips of the pen in remarks of titles: what one record spells right says what the other means.

use std::ops::Range;

use crate::normal::{fold, name, words};
use crate::reading::Fields;
use crate::similar::likeness;
use crate::version::{self, Meaning};

/// Remarks this alike are the same: one slip in four letters.
const SAME_REMARK: f64 = 0.75;

/// The title and the album in one column are the same name from this likeness on.
const SAME_NAME: f64 = 0.8;

/// Makes remarks the same that both titles have, apart from slips.
pub(crate) fn mend(left: &Fields, right: &mut Fields) {
    let (here, there) = (remarks(&left.title), remarks(&right.title));
    for range in there.iter().rev() {
        let twin = here
            .iter()
            .find(|own| is_twin(&left.title[(*own).clone()], &right.title[range.clone()]));
        if let Some(own) = twin {
            right
                .title
                .replace_range(range.clone(), &left.title[own.clone()]);
        }
    }
}

/// Whether two remarks are one, apart from slips. What is no remark on either side is a name, and stays.
fn is_twin(left: &str, right: &str) -> bool {
    let (left, right) = (fold(left), fold(right));
    let (ours, theirs) = (words(&left), words(&right));
    let (one, other) = (ours.concat(), theirs.concat());
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let is_name = |text: &str, words: &[String]| version::meaning(text, words) == Meaning::Words;
    one != other
        && likeness(&one, &other) >= SAME_REMARK
        && digits(&one) == digits(&other)
        && !(is_name(&left, &ours) && is_name(&right, &theirs))
}

/// Where the texts in brackets and after dashes stand.
fn remarks(title: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = None;
    let mut close = |from: &mut Option<usize>, to: usize| {
        if let Some(start) = from.take()
            && !title[start..to].trim().is_empty()
        {
            ranges.push(start..to);
        }
    };
    for (at, letter) in title.char_indices() {
        match letter {
            '(' | '[' | '{' => {
                close(&mut from, at);
                from = Some(at + 1);
            }
            ')' | ']' | '}' => close(&mut from, at),
            '-' if title[..at].ends_with(' ') || title[at + 1..].starts_with(' ') => {
                close(&mut from, at);
                from = Some(at + 1);
            }
            _ => {}
        }
    }
    close(&mut from, title.len());
    ranges
}

/// `Title - Title` is a song and the album named after it.
pub(crate) fn drop_echo(fields: &mut Fields) {
    let plain = |text: &str| name(&words(&fold(text)));
    let parts = fields
        .title
        .split_once(" -")
        .or_else(|| fields.title.split_once("- "));
    let Some((title, album)) = parts else { return };
    if likeness(&plain(title), &plain(album)) >= SAME_NAME {
        let (title, album) = (title.trim_end().to_owned(), album.trim_start().to_owned());
        if fields.album.is_empty() {
            fields.album = album;
        }
        fields.title = title;
    }
}
