//! YouTube Music: the ids of YouTube in another player.

use super::address::Address;
use super::youtube::{ALBUM, EDITORS, has_prefix, is_channel, is_video, listed};
use super::{Door, Shape, id, refusal};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &["music.youtube.com"],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits,
    canonical,
    ..Shape::PLAIN
};

/// What the page of an album is called, before its id.
const ALBUM_PAGE: &str = "MPREb_";

const OTHERS: [(&str, Reject); 5] = [
    ("podcast", Reject::Podcast),
    ("charts", Reject::Station),
    ("watch", Reject::BadId),
    ("channel", Reject::BadId),
    ("browse", Reject::BadId),
];

fn fits(kind: Kind, id: &str) -> bool {
    match kind {
        Kind::Track => is_video(id),
        Kind::Album => has_prefix(id, ALBUM) || is_album_page(id),
        Kind::Playlist => has_prefix(id, "PL") || has_prefix(id, EDITORS),
        Kind::Artist => is_channel(id),
        Kind::Short => false,
    }
}

fn is_album_page(id: &str) -> bool {
    id.strip_prefix(ALBUM_PAGE)
        .is_some_and(|rest| id::is_base64url(rest, 8..=32))
}

fn canonical(link: &Link) -> String {
    let id = &link.id;
    match link.kind {
        Kind::Track => format!("https://music.youtube.com/watch?v={id}"),
        Kind::Artist => format!("https://music.youtube.com/channel/{id}"),
        Kind::Album if is_album_page(id) => format!("https://music.youtube.com/browse/{id}"),
        _ => format!("https://music.youtube.com/playlist?list={id}"),
    }
}

fn read(address: &Address) -> Result<Link, Reject> {
    let list = || {
        listed(
            Platform::YoutubeMusic,
            address.parameter("list").ok_or(Reject::BadId)?,
        )
    };
    let path = address.path();
    match path.as_slice() {
        ["watch"] => match address.parameter("v") {
            Some(video) => Link::plain(Platform::YoutubeMusic, Some(Kind::Track), video),
            None => list(),
        },
        ["playlist"] => list(),
        ["channel", channel] => Link::plain(Platform::YoutubeMusic, Some(Kind::Artist), channel),
        ["browse", page] => browse(page),
        path => Err(refusal(path, &OTHERS)),
    }
}

/// What a page is, by the prefix of its name.
fn browse(page: &str) -> Result<Link, Reject> {
    if let Some(list) = page.strip_prefix("VL") {
        return listed(Platform::YoutubeMusic, list);
    }
    let kind = match page {
        _ if page.starts_with(ALBUM_PAGE) => Kind::Album,
        _ if page.starts_with("UC") => Kind::Artist,
        _ if page.starts_with("MPSP") => return Err(Reject::Podcast),
        _ => return Err(Reject::OtherPage),
    };
    Link::plain(Platform::YoutubeMusic, Some(kind), page)
}
