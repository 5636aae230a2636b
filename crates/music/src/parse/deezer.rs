//! Deezer: its pages, its widget, its app's addresses and its three kinds of short links.

use super::address::Address;
use super::storefront::is_two_letters;
use super::{Door, Shape, id, kind, refusal, word};
use crate::{Kind, Link, Platform, Reject};

const SITES: [&str; 2] = ["www.deezer.com", "deezer.com"];
const APP: &str = "deezer:";

pub(super) const DOOR: Door = Door {
    hosts: &[
        SITES[0],
        SITES[1],
        APP,
        "widget.deezer.com",
        "link.deezer.com",
        "deezer.page.link",
        "dzr.page.link",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits: |kind, id| kind != Kind::Short && id::is_decimal(id),
    canonical: |link| format!("https://www.deezer.com/{}/{}", word(link.kind), link.id),
    app_uri: |link| {
        Some(format!(
            "deezer://www.deezer.com/{}/{}",
            word(link.kind),
            link.id
        ))
    },
    ..Shape::PLAIN
};

const OTHERS: [(&str, Reject); 7] = [
    ("show", Reject::Podcast),
    ("episode", Reject::Podcast),
    ("radio", Reject::Station),
    ("mixes", Reject::Station),
    ("smarttracklist", Reject::Station),
    ("profile", Reject::Profile),
    ("user", Reject::Profile),
];

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    match (address.host.as_str(), path.as_slice()) {
        ("deezer.page.link", path) => {
            Link::short(Platform::Deezer, "https://deezer.page.link/", path)
        }
        ("dzr.page.link", path) => Link::short(Platform::Deezer, "https://dzr.page.link/", path),
        ("link.deezer.com", ["s", path @ ..]) => {
            Link::short(Platform::Deezer, "https://link.deezer.com/s/", path)
        }
        ("widget.deezer.com", ["widget", _theme, path @ ..]) => page(path),
        ("link.deezer.com" | "widget.deezer.com", _) => Err(Reject::OtherPage),
        (APP, [site, path @ ..]) if SITES.contains(site) => page(without_place(path)),
        (APP, path) => page(path),
        (_, path) => page(without_place(path)),
    }
}

/// The path without the country or language in front of it.
fn without_place<'a>(path: &'a [&'a str]) -> &'a [&'a str] {
    match path {
        [place, rest @ ..] if is_two_letters(place) => rest,
        path => path,
    }
}

fn page(path: &[&str]) -> Result<Link, Reject> {
    match path {
        [word, id] if kind(word).is_some() => Link::plain(Platform::Deezer, kind(word), id),
        path => Err(refusal(path, &OTHERS)),
    }
}
