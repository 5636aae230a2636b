//! Listings of well-kept services: right spelling, but remarks, versions and durations of their own.

use std::time::Duration;

use music::Record;

use crate::data::{Dice, Pair, Song, songs};

const REMARKS: &[&str] = &[
    "",
    "",
    "",
    " - Remastered 2011",
    " (Remastered)",
    " - 2009 Remaster",
    " (Album Version)",
    " - From \"The Film\"",
    " (Official Video)",
    " (Original Mix)",
    " [Explicit]",
    " (Deluxe Edition)",
    " - Single Version",
];

const VERSIONS: &[&str] = &[
    " (Live)",
    " - Live at Wembley",
    " (Acoustic)",
    " - Kungs Remix",
    " (Karaoke Version)",
    " - Sped Up",
    " (Instrumental)",
    " - Demo",
    " (Cover)",
    " - Extended Mix",
    " (Slowed + Reverb)",
    " (Orchestral Version)",
    " - Spanish Version",
    " (Piano Version)",
    " (8D Audio)",
    " (Nightcore)",
    " (Taylor's Version)",
    " - Acapella",
];

/// Pairs of listings of the same recording, and of its versions and namesakes.
pub(crate) fn pairs(text: &str, half: u64) -> Vec<Pair> {
    let songs = songs(text, half);
    let mut dice = Dice::new(half + 11);
    let mut pairs = Vec::new();
    for (index, song) in songs.iter().enumerate() {
        let seconds = 120 + dice.below(240) as u64;
        let left = listing(song, "", Some(seconds), &mut dice);
        let remark = *dice.one_of(REMARKS);
        let apart = dice.below(3) as u64;
        pairs.push(Pair {
            right: listing(song, remark, Some(seconds + apart), &mut dice),
            left: left.clone(),
            same: true,
        });
        let version = *dice.one_of(VERSIONS);
        let apart = dice.below(25) as u64;
        pairs.push(Pair {
            right: listing(song, version, Some(seconds + apart), &mut dice),
            left: left.clone(),
            same: false,
        });
        let other = songs.iter().enumerate().find(|(at, other)| {
            *at != index && other.title == song.title && main(other) != main(song)
        });
        let other = other.map_or(&songs[(index + 1) % songs.len()], |(_, other)| other);
        if main(other) != main(song) {
            let seconds = if dice.percent(30) {
                seconds
            } else {
                120 + dice.below(240) as u64
            };
            pairs.push(Pair {
                right: listing(other, "", Some(seconds), &mut dice),
                left: left.clone(),
                same: false,
            });
        }
        let sibling = songs
            .iter()
            .find(|other| main(other) == main(song) && plain(&other.title) != plain(&song.title));
        if let Some(sibling) = sibling {
            let seconds = if dice.percent(30) {
                seconds
            } else {
                120 + dice.below(240) as u64
            };
            pairs.push(Pair {
                right: listing(sibling, "", Some(seconds), &mut dice),
                left,
                same: false,
            });
        }
    }
    pairs
}

fn listing(song: &Song, suffix: &str, seconds: Option<u64>, dice: &mut Dice) -> Record {
    let artist = match dice.below(4) {
        0 => song.artist.replace(", ", " & "),
        1 => song
            .artist
            .split(", ")
            .next()
            .unwrap_or_default()
            .to_owned(),
        _ => song.artist.clone(),
    };
    let duration = seconds
        .filter(|_| dice.percent(70))
        .map(Duration::from_secs);
    Record {
        title: format!("{}{suffix}", song.title),
        artist,
        duration,
        ..Record::default()
    }
}

fn main(song: &Song) -> &str {
    song.artist
        .split([',', '&'])
        .next()
        .unwrap_or_default()
        .trim()
}

fn plain(title: &str) -> String {
    let end = title.find(" - ").into_iter().chain(title.find(" (")).min();
    title[..end.unwrap_or(title.len())].to_lowercase()
}
