//! Apple Music, and the older addresses of iTunes.

use super::address::Address;
use super::storefront::{is_storefront, is_two_letters};
use super::{Door, Shape, id, refusal, word};
use crate::{Context, Kind, Link, Platform, Reject};

const ITUNES: &str = "itunes.apple.com";

pub(super) const DOOR: Door = Door {
    hosts: &[
        "music.apple.com",
        "geo.music.apple.com",
        "embed.music.apple.com",
        "beta.music.apple.com",
        ITUNES,
        "podcasts.apple.com",
        "apps.apple.com",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits,
    canonical,
    has_storefronts: true,
    names_albums: true,
    ..Shape::PLAIN
};

/// Characters after `pl.u-` in the id of a person's playlist, at most.
const SHARED_MAX: usize = 64;

const OTHERS: [(&str, Reject); 6] = [
    ("music-video", Reject::Video),
    ("station", Reject::Station),
    ("curator", Reject::Profile),
    ("profile", Reject::Profile),
    ("podcast", Reject::Podcast),
    ("song", Reject::BadId),
];

fn fits(kind: Kind, id: &str) -> bool {
    match kind {
        Kind::Track | Kind::Album | Kind::Artist => id::is_decimal(id),
        Kind::Playlist => {
            id.strip_prefix("pl.")
                .is_some_and(|rest| match rest.strip_prefix("u-") {
                    Some(rest) => id::is_base62(rest, 1..=SHARED_MAX),
                    None => id::is_hex(rest, 32),
                })
        }
        Kind::Short => false,
    }
}

fn canonical(link: &Link) -> String {
    let place = link.context.storefront.as_deref();
    let start = place.map_or_else(
        || "https://music.apple.com".to_owned(),
        |place| format!("https://music.apple.com/{place}"),
    );
    match (link.kind, &link.context.album) {
        (Kind::Track, Some(album)) => format!("{start}/album/{album}?i={}", link.id),
        (Kind::Track, None) => format!("{start}/song/{}", link.id),
        (kind, _) => format!("{start}/{}/{}", word(kind), link.id),
    }
}

fn read(address: &Address) -> Result<Link, Reject> {
    match address.host.as_str() {
        "podcasts.apple.com" => return Err(Reject::Podcast),
        "apps.apple.com" => return Err(Reject::OtherPage),
        _ => {}
    }
    let path = address.path();
    let (storefront, path) = storefront(&path)?;
    let (word, id) = match path {
        [word, id] | [word, _, id] => (*word, *id),
        _ => return Err(refusal(path, &OTHERS)),
    };
    let is_itunes = address.host == ITUNES;
    let kind = match word {
        "album" => Kind::Album,
        "artist" => Kind::Artist,
        "song" if !is_itunes => Kind::Track,
        "playlist" if !is_itunes => Kind::Playlist,
        "song" => return Err(Reject::OtherPage),
        _ => return Err(refusal(path, &OTHERS)),
    };
    let id = if is_itunes {
        id.strip_prefix("id").ok_or(Reject::BadId)?
    } else {
        id
    };
    let (kind, id, album) = match address.parameter("i") {
        Some(track) if kind == Kind::Album => (Kind::Track, track, Some(id.to_owned())),
        _ => (kind, id, None),
    };
    Link::new(
        Platform::AppleMusic,
        kind,
        id,
        Context { storefront, album },
    )
}

/// The country at the start of a path, and the rest.
fn storefront<'a>(path: &'a [&'a str]) -> Result<(Option<String>, &'a [&'a str]), Reject> {
    let [first, rest @ ..] = path else {
        return Ok((None, path));
    };
    let country = first.to_ascii_lowercase();
    if is_storefront(&country) {
        Ok((Some(country), rest))
    } else if is_two_letters(first) {
        Err(Reject::BadId)
    } else {
        Ok((None, path))
    }
}
