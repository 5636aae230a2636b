//! SoundCloud: a person's page is an artist, and permalinks are ids.

use super::address::Address;
use super::{Door, Shape, id};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "soundcloud.com",
        "www.soundcloud.com",
        "m.soundcloud.com",
        "on.soundcloud.com",
        "soundcloud.app.goo.gl",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits,
    canonical: |link| format!("https://soundcloud.com/{}", link.id),
    ..Shape::PLAIN
};

/// Pages of the service, where others have a person's name.
const SERVICE_PAGES: [&str; 26] = [
    "charts",
    "creators",
    "discover",
    "download",
    "feed",
    "getstarted",
    "go",
    "imprint",
    "jobs",
    "library",
    "login",
    "logout",
    "messages",
    "mobile",
    "notifications",
    "pages",
    "people",
    "player",
    "popular",
    "search",
    "settings",
    "signin",
    "stations",
    "stream",
    "upload",
    "you",
];
/// Parts of a person's page, where others have a track.
const PERSON_PAGES: [&str; 10] = [
    "albums",
    "comments",
    "followers",
    "following",
    "likes",
    "popular-tracks",
    "reposts",
    "sets",
    "toptracks",
    "tracks",
];

fn fits(kind: Kind, id: &str) -> bool {
    let parts: Vec<&str> = id.split('/').collect();
    match (kind, parts.as_slice()) {
        (Kind::Artist, [user]) => is_user(user),
        (Kind::Track, [user, track]) => {
            is_user(user) && id::is_name(track) && !PERSON_PAGES.contains(track)
        }
        (Kind::Playlist, [user, "sets", name]) => is_user(user) && id::is_name(name),
        _ => false,
    }
}

fn is_user(name: &str) -> bool {
    id::is_name(name) && !SERVICE_PAGES.contains(&name)
}

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let kind = match (address.host.as_str(), path.as_slice()) {
        ("on.soundcloud.com", path) => {
            return Link::short(Platform::Soundcloud, "https://on.soundcloud.com/", path);
        }
        ("soundcloud.app.goo.gl", path) => {
            return Link::short(Platform::Soundcloud, "https://soundcloud.app.goo.gl/", path);
        }
        (_, ["stations" | "charts", ..]) => return Err(Reject::Station),
        (_, [first, ..]) if SERVICE_PAGES.contains(first) => return Err(Reject::OtherPage),
        (_, [_, second]) if PERSON_PAGES.contains(second) => return Err(Reject::Profile),
        (_, [_]) => Kind::Artist,
        (_, [_, _]) => Kind::Track,
        (_, [_, "sets", _]) => Kind::Playlist,
        _ => return Err(Reject::OtherPage),
    };
    Link::plain(Platform::Soundcloud, Some(kind), &path.join("/"))
}
