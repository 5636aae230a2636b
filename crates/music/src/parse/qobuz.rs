//! Qobuz: its two players, and album pages of its shop.

use super::address::Address;
use super::storefront::is_locale;
use super::{Door, Shape, id, kind, refusal, word};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "open.qobuz.com",
        "play.qobuz.com",
        "www.qobuz.com",
        "qobuz.com",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| match kind {
        Kind::Track => id::is_decimal(id),
        Kind::Album => id::is_base62(id, 1..=ALBUM_MAX),
        _ => false,
    },
    canonical: |link| format!("https://open.qobuz.com/{}/{}", word(link.kind), link.id),
    ..Shape::PLAIN
};

/// Characters in the longest id of an album: bar codes, and codes of their own.
const ALBUM_MAX: usize = 32;

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let is_shop = matches!(address.host.as_str(), "www.qobuz.com" | "qobuz.com");
    match path.as_slice() {
        [place, "album", id] | [place, "album", _, id] if is_shop && is_locale(place) => {
            Link::plain(Platform::Qobuz, Some(Kind::Album), id)
        }
        [place, path @ ..] if is_shop && is_locale(place) => Err(refusal(path, &[])),
        path if is_shop => Err(refusal(path, &[])),
        [word @ ("track" | "album"), id] => Link::plain(Platform::Qobuz, kind(word), id),
        path => Err(refusal(path, &[])),
    }
}
