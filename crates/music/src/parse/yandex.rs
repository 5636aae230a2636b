//! Yandex Music, in each of its countries, and its app's addresses.

use super::address::Address;
use super::{Door, Shape, id, kind, refusal};
use crate::{Kind, Link, Platform, Reject};

pub(super) const DOOR: Door = Door {
    hosts: &[
        "music.yandex.ru",
        "music.yandex.com",
        "music.yandex.by",
        "music.yandex.kz",
        "music.yandex.uz",
        "music.yandex.ua",
        "yandexmusic:",
    ],
    read,
};

pub(super) const SHAPE: Shape = Shape {
    fits,
    canonical: |link| format!("https://music.yandex.ru/{}", path(link)),
    app_uri: |link| Some(format!("yandexmusic://{}", path(link))),
    names_albums: true,
    ..Shape::PLAIN
};

/// Characters in the longest login.
const LOGIN_MAX: usize = 64;

const OTHERS: [(&str, Reject); 4] = [
    ("chart", Reject::Station),
    ("radio", Reject::Station),
    ("users", Reject::Profile),
    ("playlists", Reject::BadId),
];

fn fits(kind: Kind, id: &str) -> bool {
    match kind {
        Kind::Track | Kind::Album | Kind::Artist => id::is_decimal(id),
        Kind::Playlist => match id.split_once(':') {
            Some((login, list)) => is_login(login) && id::is_decimal(list),
            None => id::is_uuid(id.strip_prefix("lk.").unwrap_or(id)),
        },
        Kind::Short => false,
    }
}

fn is_login(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=LOGIN_MAX).contains(&text.len()) && text.bytes().all(fits) && text != "." && text != ".."
}

fn path(link: &Link) -> String {
    let id = &link.id;
    match (link.kind, &link.context.album) {
        (Kind::Track, Some(album)) => format!("album/{album}/track/{id}"),
        (Kind::Playlist, _) => match id.split_once(':') {
            Some((login, list)) => format!("users/{login}/playlists/{list}"),
            None => format!("playlists/{id}"),
        },
        (kind, _) => format!("{}/{id}", super::word(kind)),
    }
}

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    match path.as_slice() {
        ["album", album, "track", track] => Link::in_album(Platform::YandexMusic, track, album),
        [word @ ("track" | "album" | "artist"), id] => {
            Link::plain(Platform::YandexMusic, kind(word), id)
        }
        ["artist", id, _tab] => Link::plain(Platform::YandexMusic, Some(Kind::Artist), id),
        ["users", login, "playlists", list] => Link::plain(
            Platform::YandexMusic,
            Some(Kind::Playlist),
            &format!("{login}:{list}"),
        ),
        // The short form of a list's id holds no colon; that of a person's list is never in one segment.
        ["playlists", id] if !id.contains(':') => {
            Link::plain(Platform::YandexMusic, Some(Kind::Playlist), id)
        }
        path => Err(refusal(path, &OTHERS)),
    }
}
