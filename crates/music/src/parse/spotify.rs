//! Spotify: `open.spotify.com`, its app's URIs and its short links.

use super::address::Address;
use super::storefront::{is_locale, is_two_letters};
use super::{Door, Shape, id, kind, refusal, word};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "open.spotify.com",
        "play.spotify.com",
        "spotify:",
        "spotify.link",
        "spotify.app.link",
        "spoti.fi",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| kind != Kind::Short && id::is_base62(id, ID_LENGTH..=ID_LENGTH),
    canonical: |link| format!("https://open.spotify.com/{}/{}", word(link.kind), link.id),
    app_uri: |link| Some(format!("spotify:{}:{}", word(link.kind), link.id)),
    names_albums: true,
    ..Shape::PLAIN
};

/// 128 bits in base 62.
const ID_LENGTH: usize = 22;

const OTHERS: [(&str, Reject); 7] = [
    ("episode", Reject::Podcast),
    ("show", Reject::Podcast),
    ("station", Reject::Station),
    ("radio", Reject::Station),
    ("user", Reject::Profile),
    ("collection", Reject::Profile),
    ("embed-podcast", Reject::Podcast),
];

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let stem = match address.host.as_str() {
        "spotify.link" => "https://spotify.link/",
        "spotify.app.link" => "https://spotify.app.link/",
        "spoti.fi" => "https://spoti.fi/",
        _ => return page(address, without_frame(&path)),
    };
    Link::short(Platform::Spotify, stem, &path)
}

/// The path without the language of the page and without the player around it.
fn without_frame<'a>(path: &'a [&'a str]) -> &'a [&'a str] {
    let path = match path {
        [first, rest @ ..] if is_language(first) => rest,
        path => path,
    };
    path.strip_prefix(&["embed"]).unwrap_or(path)
}

fn is_language(segment: &str) -> bool {
    segment
        .strip_prefix("intl-")
        .is_some_and(|locale| is_two_letters(locale) || is_locale(locale))
}

fn page(address: &Address, path: &[&str]) -> Result<Link, Reject> {
    let highlighted = address
        .parameter("highlight")
        .and_then(|uri| uri.strip_prefix("spotify:track:"));
    match (path, highlighted) {
        (["album", album], Some(track)) => Link::in_album(Platform::Spotify, track, album),
        ([word, id], _) if kind(word).is_some() => Link::plain(Platform::Spotify, kind(word), id),
        (["user", _, "playlist", id], _) => {
            Link::plain(Platform::Spotify, Some(Kind::Playlist), id)
        }
        _ => Err(refusal(path, &OTHERS)),
    }
}
