//! `Title Artist Album` in one column without signs between: where one value ends and the next begins.

use crate::normal::{fold, words};
use crate::reading::{Fields, Names};
use crate::similar::likeness;

/// Shortest name that is looked for inside a title, in letters: shorter ones are found by chance.
const NAME_LETTERS_MIN: usize = 3;

/// Titles this alike need no splitting.
const ALIKE: f64 = 0.95;

/// Splits joined titles by the names that columns of either side hold, else by what both titles share.
pub(crate) fn split_joined(left: &mut Fields, right: &mut Fields) {
    let whole = |fields: &Fields| words(&fold(&fields.title)).concat();
    let lacks = |fields: &Fields| fields.artists.is_empty() || fields.album.is_empty();
    if !(left.is_joined || right.is_joined)
        || !(lacks(left) || lacks(right))
        || likeness(&whole(left), &whole(right)) >= ALIKE
    {
        return;
    }
    // What is found on one side helps on the other, so the first side is looked at again.
    split_by_names(left, &Names::of(right));
    let is_right_open = split_by_names(right, &Names::of(left));
    let is_left_open = split_by_names(left, &Names::of(right));
    match (is_left_open, is_right_open) {
        (true, true) => split_by_shared(left, right),
        (true, false) => split_by_start(left, right),
        (false, true) => split_by_start(right, left),
        (false, false) => {}
    }
}

/// Splits where a name of the other side begins. Says whether something may still be joined.
fn split_by_names(fields: &mut Fields, other: &Names) -> bool {
    let title = std::mem::take(&mut fields.title);
    let tokens = tokens(&title);
    if fields.artists.is_empty() {
        let found = other
            .artists
            .iter()
            .rev()
            .find_map(|artist| find(&tokens, artist));
        if let Some((from, to)) = found {
            fields.artists.push(title[from..to].to_owned());
            if fields.album.is_empty() {
                fields.album = title[to..].trim().to_owned();
            }
            fields.title = title[..from].trim_end().to_owned();
            return false;
        }
    } else if fields.album.is_empty()
        && let Some((from, _)) = find(&tokens, &other.album)
        && !title[..from].trim_end().ends_with('-')
    {
        fields.album = title[from..].to_owned();
        fields.title = title[..from].trim_end().to_owned();
        return false;
    }
    fields.title = title;
    fields.artists.is_empty() || fields.album.is_empty()
}

/// The title of `whole` is a start of what `joined` holds.
fn split_by_start(joined: &mut Fields, whole: &Fields) {
    let (tokens, start) = (tokens(&joined.title), tokens(&whole.title));
    let is_start = tokens.len() > start.len()
        && start
            .iter()
            .zip(&tokens)
            .all(|(one, other)| one.word == other.word);
    if is_start && !start.is_empty() {
        let at = tokens[start.len()].from;
        let rest = cut_off(joined, at);
        if joined.artists.is_empty() {
            joined.artists.push(rest);
        } else {
            joined.album = rest;
        }
    }
}

/// Two joined titles share the artist, the album or the whole start: what stands before is the name.
fn split_by_shared(left: &mut Fields, right: &mut Fields) {
    let (here, there) = (tokens(&left.title), tokens(&right.title));
    let mut best = (0, 0, 0, 0);
    for from in 0..here.len() {
        for other in 0..there.len() {
            let run = here[from..]
                .iter()
                .zip(&there[other..])
                .take_while(|(one, other)| one.word == other.word)
                .count();
            let letters = here[from..from + run]
                .iter()
                .map(|token| token.word.len())
                .sum::<usize>();
            if letters > best.0 {
                best = (letters, run, from, other);
            }
        }
    }
    let (letters, run, from, other) = best;
    if letters < NAME_LETTERS_MIN {
        return;
    }
    let at = |tokens: &[Token], index: usize| tokens.get(index).map(|token| token.from);
    match (from, other) {
        (0, 0) => {
            for (fields, at) in [(left, at(&here, run)), (right, at(&there, run))] {
                fields.album = at.map(|at| cut_off(fields, at)).unwrap_or_default();
            }
        }
        (0, _) | (_, 0) => {}
        _ => {
            for (fields, tokens, from) in [(left, &here, from), (right, &there, other)] {
                move_rest(fields, tokens[from].from, tokens[from + run - 1].to);
            }
        }
    }
}

/// Moves what is shared to the artists, when there are none, and what follows to the album.
fn move_rest(fields: &mut Fields, from: usize, to: usize) {
    if fields.artists.is_empty() {
        let album = cut_off(fields, to);
        if fields.album.is_empty() {
            fields.album = album;
        }
        let artist = cut_off(fields, from);
        fields.artists.push(artist);
    } else {
        fields.album = cut_off(fields, from);
    }
}

/// Cuts the title off at a byte, and gives what followed.
fn cut_off(fields: &mut Fields, at: usize) -> String {
    let rest = fields.title.split_off(at);
    fields.title.truncate(fields.title.trim_end().len());
    rest.trim().to_owned()
}

/// A word outside brackets, and where it stands.
struct Token {
    word: String,
    from: usize,
    to: usize,
}

fn tokens(title: &str) -> Vec<Token> {
    let mut depth = 0usize;
    let mut tokens = Vec::new();
    let mut from = 0;
    for piece in title.split_inclusive(' ') {
        let opened = piece.matches(['(', '[']).count();
        let closed = piece.matches([')', ']']).count();
        if depth == 0 && opened == 0 {
            let word = words(&fold(piece)).concat();
            if word != "and" && word.chars().any(char::is_alphanumeric) {
                tokens.push(Token {
                    word,
                    from,
                    to: from + piece.trim_end().len(),
                });
            }
        }
        depth = (depth + opened).saturating_sub(closed);
        from += piece.len();
    }
    tokens
}

/// Where a name stands after the first word, in bytes.
fn find(tokens: &[Token], name: &str) -> Option<(usize, usize)> {
    if name.chars().count() < NAME_LETTERS_MIN {
        return None;
    }
    (1..tokens.len()).find_map(|start| {
        let mut rest = name;
        for token in &tokens[start..] {
            rest = rest.strip_prefix(token.word.as_str())?;
            if rest.is_empty() {
                return Some((tokens[start].from, token.to));
            }
        }
        None
    })
}
