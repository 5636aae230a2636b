//! A listing as the matcher sees it: values in their places, names apart from tags.

use std::time::Duration;

use crate::credit::{Credit, is_abbreviated};
use crate::normal::{fold, name, words};
use crate::similar::likeness;
use crate::title::Title;
use crate::version::{self, Kind, Meaning};
use crate::{Isrc, Release, Track};

/// The values of a listing before its title is taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) title: String,
    pub(crate) version: Option<String>,
    pub(crate) artists: Vec<String>,
    pub(crate) album: String,
    pub(crate) duration: Option<Duration>,
    pub(crate) isrc: Option<Isrc>,
    /// The last two digits: all that some catalogues give.
    pub(crate) year: Option<u8>,
    /// Its place on the album.
    pub(crate) number: Option<u16>,
    pub(crate) is_explicit: Option<bool>,
    /// Whether values of other columns may stand in the title.
    pub(crate) is_joined: bool,
}

impl From<&Track> for Fields {
    fn from(track: &Track) -> Self {
        Self {
            title: track.title.clone(),
            version: track.version.clone(),
            artists: track.artists.clone(),
            album: track.album.clone().unwrap_or_default(),
            duration: track.duration,
            isrc: track.isrc,
            year: track.released.as_deref().and_then(year),
            is_explicit: track.is_explicit,
            ..Self::default()
        }
    }
}

impl From<&Release> for Fields {
    fn from(release: &Release) -> Self {
        Self {
            title: release.title.clone(),
            artists: release.artists.clone(),
            year: release.released.as_deref().and_then(year),
            ..Self::default()
        }
    }
}

/// The year in a date of any style, as two digits: `2005-03-01`, `17-Mar-08`, `March 17, 2008`, `'05`.
pub(crate) fn year(date: &str) -> Option<u8> {
    let runs = || {
        date.split(|letter: char| !letter.is_ascii_digit())
            .filter(|run| !run.is_empty())
    };
    let whole = runs().find(|run| run.len() == 4);
    let last = || runs().next_back().filter(|run| run.len() <= 2);
    let digits = whole.or_else(last)?;
    digits[digits.len().saturating_sub(2)..].parse().ok()
}

/// A listing, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) title: Title,
    /// The name of the piece, one string.
    pub(crate) base: String,
    /// The same with the bracket that providers often leave out.
    pub(crate) full: String,
    pub(crate) credit: Credit,
    /// The name of the album, without remarks on the edition.
    pub(crate) album: String,
    /// Version tags in the name of the album: on a live album each track is live.
    pub(crate) album_kinds: Vec<Kind>,
    /// Title, artists and album in one string: what is left when values stand in wrong places.
    pub(crate) whole: String,
    pub(crate) duration: Option<Duration>,
    pub(crate) isrc: Option<Isrc>,
    pub(crate) year: Option<u8>,
    pub(crate) number: Option<u16>,
    pub(crate) is_explicit: Option<bool>,
}

impl Reading {
    pub(crate) fn of(fields: &Fields) -> Self {
        let mut title = Title::read(&fields.title);
        if let Some(version) = &fields.version {
            title.add_version(version);
        }
        let credit = Credit::read(fields.artists.iter().map(String::as_str), &title.features);
        let album = Title::read(&fields.album);
        let base = title.base.concat();
        let full = base.clone() + &title.subtitle.concat();
        let album_name = name(&album.base);
        let whole = [full.as_str(), &credit.joined, &album_name].concat();
        Self {
            base,
            full,
            is_explicit: fields.is_explicit.or(title.is_explicit),
            title,
            credit,
            album: album_name,
            album_kinds: album.tags.iter().map(|tag| tag.kind).collect(),
            whole,
            duration: fields.duration,
            isrc: fields.isrc,
            year: fields.year,
            number: fields.number,
        }
    }
}

/// Reads two listings side by side: what one says tells where values of the other begin.
pub(crate) fn pair(mut left: Fields, mut right: Fields) -> (Reading, Reading) {
    take_apart(&mut left, &mut right);
    (Reading::of(&left), Reading::of(&right))
}

/// Takes artists and albums out of titles that are joined with them by dashes.
pub(crate) fn take_apart(left: &mut Fields, right: &mut Fields) {
    let has_dash = |fields: &Fields| {
        [" -", "- ", "\u{2013}"]
            .iter()
            .any(|dash| fields.title.contains(dash))
    };
    if has_dash(left) || has_dash(right) {
        let (mut left_names, mut right_names) = (Names::of(left), Names::of(right));
        if let Some(artist) = shared_start(left, right) {
            left_names.artists.push(artist.clone());
            right_names.artists.push(artist);
        }
        take_out(left, &left_names, &right_names);
        take_out(right, &right_names, &left_names);
    }
}

/// How both titles begin where nobody is named as the artist: that is who plays. Where the albums are missing too,
/// it may be the song before two albums.
fn shared_start(left: &Fields, right: &Fields) -> Option<String> {
    let start = |fields: &Fields| {
        let (start, rest) = fields.title.split_once(" - ")?;
        is_name(rest).then(|| plain_name(start))
    };
    let is_open = left.artists.is_empty()
        && right.artists.is_empty()
        && !(left.album.is_empty() && right.album.is_empty());
    let (here, there) = (start(left)?, start(right)?);
    (is_open && likeness(&here, &there) >= SAME_NAME).then_some(here)
}

/// Names of artists and albums that a title may be joined with.
pub(crate) struct Names {
    pub(crate) artists: Vec<String>,
    pub(crate) album: String,
    /// The artists once more, as words with spaces.
    spaced: Vec<String>,
    title: String,
}

impl Names {
    pub(crate) fn of(fields: &Fields) -> Self {
        let mut artists: Vec<String> = fields
            .artists
            .iter()
            .map(|artist| name(&words(&fold(artist))))
            .collect();
        if artists.len() > 1 {
            artists.push(artists.concat());
        }
        artists.retain(|artist| !artist.is_empty());
        let spaced = fields.artists.iter();
        Self {
            spaced: spaced.map(|artist| spaced_name(artist)).collect(),
            artists,
            album: name(&Title::read(&fields.album).base),
            title: name(&Title::read(&fields.title).base),
        }
    }
}

/// A name without the words that join it to others.
pub(crate) fn plain_name(artist: &str) -> String {
    let mut words = words(&fold(artist));
    words.retain(|word| word != "and");
    name(&words)
}

fn spaced_name(artist: &str) -> String {
    words(&fold(artist)).join(" ")
}

/// A part of a title is the name of an artist or an album from this likeness on.
const SAME_NAME: f64 = 0.8;

/// Takes the artist and the album out of `Artist - Title - Album`. A part that is a version stays with the title.
fn take_out(fields: &mut Fields, own: &Names, other: &Names) {
    let text = fields
        .title
        .replace(" \u{2013} ", " - ")
        .replace(" -", " - ")
        .replace("- ", " - ");
    let mut parts: Vec<&str> = text
        .split(" - ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return;
    }
    // Of several names one may be the artist's, and of what is left one the album's; the last stays the title.
    let mut names: Vec<bool> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| index == 0 || is_name(part))
        .collect();
    let mut take = |is_it: &dyn Fn(&str) -> bool, place: &dyn Fn(&[bool]) -> Option<usize>| {
        let is_spare = names.iter().filter(|is_name| **is_name).count() > 1;
        let fits: Vec<bool> = parts.iter().map(|part| is_spare && is_it(part)).collect();
        let at = place(&fits)?;
        names.remove(at);
        Some(parts.remove(at).to_owned())
    };
    let artists: Vec<&String> = own.artists.iter().chain(&other.artists).collect();
    let spaced: Vec<&String> = own.spaced.iter().chain(&other.spaced).collect();
    let is_artist = |part: &str| {
        let (name, spaced_name) = (plain_name(part), spaced_name(part));
        let is_alike = artists
            .iter()
            .any(|artist| likeness(artist, &name) >= SAME_NAME);
        is_alike
            || spaced
                .iter()
                .any(|artist| is_abbreviated(artist, &spaced_name))
    };
    let artist = take(&is_artist, &|fits| fits.iter().position(|fits| *fits));
    let has_album = !(own.album.is_empty() && other.album.is_empty());
    // Before the song may stand who plays, whom nobody else names; and albums are named after songs.
    let is_open = artist.is_none() && fields.artists.is_empty();
    let is_album = |part: &str| {
        if !has_album || (is_open && !own.album.is_empty()) {
            return false;
        }
        let part = name(&Title::read(part).base);
        let is_song = is_open && likeness(&other.title, &part) >= SAME_NAME;
        let mut albums = [&own.album, &other.album].into_iter();
        !is_song && albums.any(|album| likeness(album, &part) >= SAME_NAME)
    };
    // An album is often named after the song, and stands behind it.
    let album = take(&is_album, &|fits| fits.iter().rposition(|fits| *fits));
    if artist.is_none() && album.is_none() {
        return;
    }
    fields.title = parts.join(" - ");
    if let Some(artist) = artist.filter(|_| fields.artists.is_empty()) {
        fields.artists.push(artist);
    }
    if let Some(album) = album.filter(|_| fields.album.is_empty()) {
        fields.album = album;
    }
}

/// Whether a part of a title is a name, and not a version of what stands before it.
fn is_name(part: &str) -> bool {
    let folded = fold(part);
    version::meaning(&folded, &words(&folded)) == Meaning::Words
}
