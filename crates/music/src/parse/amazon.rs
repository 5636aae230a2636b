//! Amazon Music, in each of its countries.

use super::address::Address;
use super::{Door, Shape, id, refusal};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "music.amazon.com",
        "music.amazon.ae",
        "music.amazon.ca",
        "music.amazon.cn",
        "music.amazon.co.jp",
        "music.amazon.co.uk",
        "music.amazon.co.za",
        "music.amazon.com.au",
        "music.amazon.com.be",
        "music.amazon.com.br",
        "music.amazon.com.mx",
        "music.amazon.com.tr",
        "music.amazon.de",
        "music.amazon.eg",
        "music.amazon.es",
        "music.amazon.fr",
        "music.amazon.ie",
        "music.amazon.in",
        "music.amazon.it",
        "music.amazon.nl",
        "music.amazon.pl",
        "music.amazon.sa",
        "music.amazon.se",
        "music.amazon.sg",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| kind != Kind::Short && is_asin(id),
    canonical: |link| {
        format!(
            "https://music.amazon.com/{}s/{}",
            super::word(link.kind),
            link.id
        )
    },
    names_albums: true,
    ..Shape::PLAIN
};

const OTHERS: [(&str, Reject); 10] = [
    ("podcasts", Reject::Podcast),
    ("stations", Reject::Station),
    ("videos", Reject::Video),
    ("video", Reject::Video),
    ("profiles", Reject::Profile),
    ("user-playlists", Reject::Profile),
    ("tracks", Reject::BadId),
    ("albums", Reject::BadId),
    ("artists", Reject::BadId),
    ("playlists", Reject::BadId),
];

/// Amazon's number of an article: `B0` and eight more.
fn is_asin(id: &str) -> bool {
    id.strip_prefix("B0").is_some_and(|rest| {
        id::is_base62(rest, 8..=8) && !rest.contains(|letter: char| letter.is_ascii_lowercase())
    })
}

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let ([word, id] | [word, id, _]) = path.as_slice() else {
        return Err(refusal(&path, &OTHERS));
    };
    let kind = match *word {
        "tracks" => Kind::Track,
        "albums" => Kind::Album,
        "artists" => Kind::Artist,
        "playlists" => Kind::Playlist,
        _ => return Err(refusal(&path, &OTHERS)),
    };
    match address.parameter("trackAsin") {
        Some(track) if kind == Kind::Album => Link::in_album(Platform::AmazonMusic, track, id),
        _ => Link::plain(Platform::AmazonMusic, Some(kind), id),
    }
}
