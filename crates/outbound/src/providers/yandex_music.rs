//! Yandex Music's app API. Unofficial: it may change without notice, and refuses outside its regions. An own token helps.

use std::time::Duration;

use base::Secret;
use music::{
    Artist, Context, Kind, Link, Listing, Piece, Platform, Playlist, PlaylistTrack, Release, Track,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::read::{Found, Id, Listed, filled, json, list, one, soft};
use super::{Asking, PLAYLIST_MAX, Provider, listing, search_text};
use crate::desk::Line;
use crate::http::{Reply, Request};
use crate::{Failure, Question};

const HOST: &str = "api.music.yandex.net";
const CLIENT: &str = "YandexMusicAndroid/24023621";
const PICTURE_SIZE: &str = "400x400";

pub(super) struct YandexMusic {
    pub(super) token: Option<Secret<String>>,
}

impl Provider for YandexMusic {
    fn answers(&self, question: &Question) -> bool {
        call(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let (request, kind, is_search) = call(question).ok_or(Failure::Unsupported)?;
            let request = request.header("x-yandex-music-client", CLIENT);
            let request = match &self.token {
                Some(token) => request.authorization("OAuth", token),
                None => request,
            };
            let reply = match line.fetch(request).await {
                Err(Failure::Refused { status: 400 }) if !is_search => return Ok(Vec::new()),
                reply => reply?,
            };
            if is_search {
                let found: Option<Wrapped<YandexFound>> = json(&reply)?;
                return Ok(found
                    .map(|found| found.result.listings())
                    .unwrap_or_default());
            }
            Ok(match kind {
                Kind::Track => {
                    let found: Option<Wrapped<Vec<YandexTrack>>> = json(&reply)?;
                    found
                        .into_iter()
                        .flat_map(|found| found.result)
                        .filter_map(Listed::listing)
                        .collect()
                }
                Kind::Album => one(unwrapped::<YandexAlbum>(&reply)?),
                Kind::Artist => one(unwrapped::<About>(&reply)?),
                _ => one(unwrapped::<YandexPlaylist>(&reply)?),
            })
        })
    }
}

/// What to send, what it is about, and whether it is a search.
fn call(question: &Question) -> Option<(Request, Kind, bool)> {
    match question {
        Question::Lookup(link) if link.platform() == Platform::YandexMusic => {
            let request = match link.kind() {
                Kind::Track => {
                    let ids = match &link.context().album {
                        Some(album) => format!("{}:{album}", link.id()),
                        None => link.id().to_owned(),
                    };
                    Request::get(HOST, &["tracks"])
                        .form(&[("track-ids", &ids), ("with-positions", "false")])
                }
                Kind::Album => Request::get(HOST, &["albums", link.id()]),
                Kind::Artist => Request::get(HOST, &["artists", link.id(), "brief-info"]),
                Kind::Playlist => match link.id().split_once(':') {
                    Some((login, kind)) => Request::get(HOST, &["users", login, "playlists", kind]),
                    None => {
                        Request::get(HOST, &["playlist", link.id()]).query("richTracks", "true")
                    }
                },
                Kind::Short => return None,
            };
            Some((request, link.kind(), false))
        }
        Question::Search(piece) => {
            let name = match piece.kind() {
                Kind::Track => "track",
                Kind::Album => "album",
                Kind::Artist => "artist",
                Kind::Playlist | Kind::Short => return None,
            };
            let request = Request::get(HOST, &["search"])
                .query("text", &search_text(piece)?)
                .query("type", name);
            let request = request.query("page", "0").query("nocorrect", "false");
            Some((request, piece.kind(), true))
        }
        _ => None,
    }
}

fn own(kind: Kind, id: &str, album: Option<&Id>) -> Option<Link> {
    let context = Context {
        storefront: None,
        album: album.map(|album| album.0.clone()),
    };
    Link::new(Platform::YandexMusic, kind, id, context).ok()
}

fn picture(uri: Option<&str>) -> Option<String> {
    uri.map(|uri| format!("https://{}", uri.replace("%%", PICTURE_SIZE)))
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Wrapped<T> {
    result: T,
}

fn unwrapped<T: DeserializeOwned>(reply: &Reply) -> Result<Option<T>, Failure> {
    let found: Option<Wrapped<T>> = json(reply)?;
    Ok(found.map(|found| found.result))
}

type YandexFound = Found<YandexTrack, YandexAlbum, YandexArtist>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct YandexTrack {
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    version: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    available: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    duration_ms: Option<u64>,
    #[serde(default, deserialize_with = "soft")]
    content_warning: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    cover_uri: Option<String>,
    #[serde(default, deserialize_with = "list")]
    artists: Vec<YandexArtist>,
    #[serde(default, deserialize_with = "list")]
    albums: Vec<YandexAlbum>,
}

impl YandexTrack {
    fn track(&self) -> Track {
        let album = self.albums.first();
        Track {
            title: self.title.clone(),
            artists: self
                .artists
                .iter()
                .map(|artist| artist.name.clone())
                .collect(),
            version: filled(self.version.clone()),
            album: album.map(|album| album.title.clone()),
            duration: self.duration_ms.map(Duration::from_millis),
            isrc: None,
            released: album
                .and_then(|album| album.year)
                .map(|year| year.to_string()),
            is_explicit: Some(self.content_warning.as_deref() == Some("explicit")),
        }
    }
}

impl Listed for YandexTrack {
    fn listing(self) -> Option<Listing> {
        let album = self.albums.first().map(|album| &album.id);
        let link = own(Kind::Track, &self.id.0, album)?;
        let mut listing = listing(
            link,
            Piece::Track(self.track()),
            picture(self.cover_uri.as_deref()),
        );
        listing.is_playable = self.available.unwrap_or(true);
        Some(listing)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct YandexAlbum {
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    year: Option<u16>,
    #[serde(default, deserialize_with = "soft")]
    track_count: Option<u16>,
    #[serde(default, deserialize_with = "soft")]
    cover_uri: Option<String>,
    #[serde(default, deserialize_with = "list")]
    artists: Vec<YandexArtist>,
}

impl Listed for YandexAlbum {
    fn listing(self) -> Option<Listing> {
        let link = own(Kind::Album, &self.id.0, None)?;
        let art = picture(self.cover_uri.as_deref());
        let release = Release {
            title: self.title,
            artists: self.artists.into_iter().map(|artist| artist.name).collect(),
            upc: None,
            released: self.year.map(|year| year.to_string()),
            tracks: self.track_count,
        };
        Some(listing(link, Piece::Album(release), art))
    }
}

#[derive(Deserialize)]
struct YandexArtist {
    id: Id,
    name: String,
}

impl Listed for YandexArtist {
    fn listing(self) -> Option<Listing> {
        let artist = Artist {
            name: self.name,
            aliases: Vec::new(),
        };
        Some(listing(
            own(Kind::Artist, &self.id.0, None)?,
            Piece::Artist(artist),
            None,
        ))
    }
}

/// What it says of an artist beside the name is not read.
#[derive(Deserialize)]
struct About {
    artist: YandexArtist,
}

impl Listed for About {
    fn listing(self) -> Option<Listing> {
        self.artist.listing()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct YandexPlaylist {
    title: String,
    #[serde(default, deserialize_with = "soft")]
    playlist_uuid: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    kind: Option<Id>,
    #[serde(default, deserialize_with = "soft")]
    owner: Option<Owner>,
    #[serde(default, deserialize_with = "soft")]
    track_count: Option<u32>,
    #[serde(default, deserialize_with = "list")]
    tracks: Vec<Entry>,
}

#[derive(Deserialize)]
struct Owner {
    login: String,
}

#[derive(Deserialize)]
struct Entry {
    track: YandexTrack,
}

impl Listed for YandexPlaylist {
    fn listing(self) -> Option<Listing> {
        let by_owner = self
            .owner
            .zip(self.kind)
            .map(|(owner, kind)| format!("{}:{}", owner.login, kind.0));
        let link = own(Kind::Playlist, &by_owner.or(self.playlist_uuid)?, None)?;
        let tracks: Vec<PlaylistTrack> = self
            .tracks
            .into_iter()
            .take(PLAYLIST_MAX)
            .map(|entry| PlaylistTrack {
                track: entry.track.track(),
                id: Some(entry.track.id.0),
            })
            .collect();
        let playlist = Playlist {
            title: self.title,
            total: self.track_count.unwrap_or(0).max(tracks.len() as u32),
            tracks,
        };
        Some(listing(link, Piece::Playlist(playlist), None))
    }
}

#[cfg(test)]
mod tests;
