//! Bandcamp: each artist has a host below its own. An artist's own domain cannot be told from the address.

use super::address::Address;
use super::{Door, Shape, id, kind, refusal, word};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &["bandcamp.com", "*.bandcamp.com"],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| {
        let parts = id.split_once('/');
        matches!(kind, Kind::Track | Kind::Album)
            && parts.is_some_and(|(artist, slug)| is_artist(artist) && id::is_name(slug))
    },
    canonical: |link| {
        let (artist, slug) = link.id.split_once('/').unwrap_or_default();
        format!("https://{artist}.bandcamp.com/{}/{slug}", word(link.kind))
    },
    ..Shape::PLAIN
};

/// Hosts of the service itself.
const SERVICE_HOSTS: [&str; 6] = ["api", "blog", "daily", "get", "m", "www"];

/// A label of a host name (RFC 1123, section 2.1).
fn is_artist(label: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(fits)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !SERVICE_HOSTS.contains(&label)
}

fn read(address: &Address) -> Result<Link, Reject> {
    let artist = address
        .host
        .strip_suffix(".bandcamp.com")
        .unwrap_or_default();
    if !is_artist(artist) {
        return Err(Reject::OtherPage);
    }
    let path = address.path();
    match path.as_slice() {
        [word @ ("track" | "album"), slug] => {
            Link::plain(Platform::Bandcamp, kind(word), &format!("{artist}/{slug}"))
        }
        path => Err(refusal(path, &[])),
    }
}
