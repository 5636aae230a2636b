//! Tidal: its pages, and those of its web player.

use super::address::Address;
use super::{Door, Shape, id, kind, refusal, word};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &["tidal.com", "www.tidal.com", "listen.tidal.com"],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| match kind {
        Kind::Track | Kind::Album | Kind::Artist => id::is_decimal(id),
        Kind::Playlist => id::is_uuid(id),
        Kind::Short => false,
    },
    canonical: |link| format!("https://tidal.com/{}/{}", word(link.kind), link.id),
    names_albums: true,
    ..Shape::PLAIN
};

const OTHERS: [(&str, Reject); 4] = [
    ("mix", Reject::Station),
    ("radio", Reject::Station),
    ("video", Reject::Video),
    ("user", Reject::Profile),
];

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let path = path.strip_prefix(&["browse"]).unwrap_or(&path);
    // `/u` asks for a choice of services; the piece is the same.
    let piece = match path {
        [piece @ .., "u"] => piece,
        path => path,
    };
    match piece {
        ["album", album, "track", track] => Link::in_album(Platform::Tidal, track, album),
        [word, id] if kind(word).is_some() => Link::plain(Platform::Tidal, kind(word), id),
        path => Err(refusal(path, &OTHERS)),
    }
}
