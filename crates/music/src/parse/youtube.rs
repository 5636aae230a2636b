//! YouTube: videos, lists and channels. YouTube Music shares its ids.

use percent_encoding::utf8_percent_encode;

use super::address::Address;
use super::{Door, Shape, id, refusal};
use crate::search::UNRESERVED;
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        SHORT,
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits,
    canonical,
    ..Shape::PLAIN
};

const SHORT: &str = "youtu.be";
/// 64 bits in base 64.
const VIDEO_LENGTH: usize = 11;
/// Characters after the prefix of a list's id. Old ones have 16, new ones 32 or 33.
const LIST_LENGTH: std::ops::RangeInclusive<usize> = 10..=64;
/// Characters in a handle, its `@` not counted.
const HANDLE_MAX: usize = 30;

const OTHERS: [(&str, Reject); 10] = [
    ("clip", Reject::Video),
    ("live", Reject::Station),
    ("podcast", Reject::Podcast),
    ("podcasts", Reject::Podcast),
    ("c", Reject::Profile),
    ("user", Reject::Profile),
    ("watch", Reject::BadId),
    ("shorts", Reject::BadId),
    ("embed", Reject::BadId),
    ("channel", Reject::BadId),
];

fn fits(kind: Kind, id: &str) -> bool {
    match kind {
        Kind::Track => is_video(id),
        Kind::Playlist => has_prefix(id, "PL"),
        Kind::Artist => is_channel(id) || is_handle(id),
        Kind::Album | Kind::Short => false,
    }
}

fn canonical(link: &Link) -> String {
    let id = &link.id;
    match link.kind {
        Kind::Track => format!("https://www.youtube.com/watch?v={id}"),
        Kind::Artist => match id.strip_prefix('@') {
            Some(name) => format!(
                "https://www.youtube.com/@{}",
                utf8_percent_encode(name, UNRESERVED)
            ),
            None => format!("https://www.youtube.com/channel/{id}"),
        },
        _ => format!("https://www.youtube.com/playlist?list={id}"),
    }
}

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let is_embedding = address.host.ends_with("youtube-nocookie.com");
    match path.as_slice() {
        [video] if address.host == SHORT => self::video(video),
        path if address.host == SHORT => Err(refusal(path, &[])),
        // Two players without a video of their own; both words are as long as an id.
        ["embed", "videoseries"] => list(address),
        ["embed", "live_stream"] => Err(Reject::Station),
        ["embed", video] => self::video(video),
        path if is_embedding => Err(refusal(path, &OTHERS)),
        ["watch"] => match address.parameter("v") {
            Some(video) => self::video(video),
            None => list(address),
        },
        ["shorts" | "v" | "live", video] => self::video(video),
        ["playlist"] => list(address),
        ["channel", _, "live"] => Err(Reject::Station),
        ["channel", channel] | ["channel", channel, _] => artist(channel),
        [handle, "live"] if handle.starts_with('@') => Err(Reject::Station),
        [handle, "search"] if handle.starts_with('@') => Err(Reject::OtherPage),
        [handle] | [handle, _] if handle.starts_with('@') => artist(handle),
        path => Err(refusal(path, &OTHERS)),
    }
}

fn video(id: &str) -> Result<Link, Reject> {
    Link::plain(Platform::Youtube, Some(Kind::Track), id)
}

fn artist(id: &str) -> Result<Link, Reject> {
    Link::plain(Platform::Youtube, Some(Kind::Artist), id)
}

fn list(address: &Address) -> Result<Link, Reject> {
    listed(
        Platform::Youtube,
        address.parameter("list").ok_or(Reject::BadId)?,
    )
}

/// What a list's id says by its prefix. Albums and editors' lists are YouTube Music's wherever they are shown.
pub(super) fn listed(platform: Platform, id: &str) -> Result<Link, Reject> {
    let (platform, kind) = match id {
        "WL" | "LL" | "LM" => return Err(Reject::Profile),
        _ if id.starts_with("PL") => (platform, Kind::Playlist),
        _ if id.starts_with(ALBUM) => (Platform::YoutubeMusic, Kind::Album),
        _ if id.starts_with(EDITORS) => (Platform::YoutubeMusic, Kind::Playlist),
        _ if id.starts_with("RD") => return Err(Reject::Station),
        _ => return Err(Reject::BadId),
    };
    Link::plain(platform, Some(kind), id)
}

/// What the ids of albums begin with, and those of lists by YouTube Music's editors.
pub(super) const ALBUM: &str = "OLAK5uy_";
pub(super) const EDITORS: &str = "RDCLAK5uy_";

pub(super) fn has_prefix(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix)
        .is_some_and(|rest| id::is_base64url(rest, LIST_LENGTH))
}

pub(super) fn is_video(id: &str) -> bool {
    id::is_base64url(id, VIDEO_LENGTH..=VIDEO_LENGTH)
}

pub(super) fn is_channel(id: &str) -> bool {
    id.strip_prefix("UC")
        .is_some_and(|rest| id::is_base64url(rest, 22..=22))
}

/// Handles are written in many scripts, with a few marks between their letters.
fn is_handle(id: &str) -> bool {
    let Some(name) = id.strip_prefix('@') else {
        return false;
    };
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '·');
    (1..=HANDLE_MAX).contains(&name.chars().count())
        && name.chars().all(fits)
        && !name.ends_with('.')
}
