//! Spotify's Web API, with the operator's client id and secret.

use std::time::Duration;

use music::{Artist, Kind, Listing, Piece, Platform, Playlist, PlaylistTrack, Release, Track};
use serde::Deserialize;

use super::read::{Found, Listed, Page, date, filled, json, list, one, soft};
use super::token::Client;
use super::{Asking, CANDIDATES, PLAYLIST_MAX, Provider, link, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "api.spotify.com";
const TOKEN_HOST: &str = "accounts.spotify.com";

pub(super) struct SpotifyWeb {
    pub(super) client: Client,
    /// The country whose catalogue is searched; none: all of it.
    pub(super) market: Option<String>,
}

impl Provider for SpotifyWeb {
    fn answers(&self, question: &Question) -> bool {
        Call::of(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let mut call = Call::of(question).ok_or(Failure::Unsupported)?;
            if let Some(market) = &self.market {
                call.request = call.request.query("market", &market.to_ascii_uppercase());
            }
            let grant = Request::get(TOKEN_HOST, &["api", "token"]);
            let reply = match self.client.fetch(line, grant, call.request).await {
                // That is how it calls an id that it does not take for one.
                Err(Failure::Refused { status: 400 }) if !call.is_search => return Ok(Vec::new()),
                reply => reply?,
            };
            match (call.kind, call.is_search) {
                (Kind::Track, false) => Ok(one::<SpotifyTrack>(json(&reply)?)),
                (Kind::Album, false) => Ok(one::<SpotifyAlbum>(json(&reply)?)),
                (Kind::Artist, false) => Ok(one::<SpotifyArtist>(json(&reply)?)),
                (Kind::Playlist, false) => Ok(one::<SpotifyPlaylist>(json(&reply)?)),
                _ => {
                    let found: Option<SpotifyFound> = json(&reply)?;
                    Ok(found.map(Found::listings).unwrap_or_default())
                }
            }
        })
    }
}

type SpotifyFound = Found<SpotifyTrack, SpotifyAlbum, SpotifyArtist>;

struct Call {
    request: Request,
    kind: Kind,
    is_search: bool,
}

impl Call {
    fn of(question: &Question) -> Option<Self> {
        let search = |kind: Kind, query: &str| {
            let name = match kind {
                Kind::Track => "track",
                Kind::Album => "album",
                Kind::Artist => "artist",
                Kind::Playlist | Kind::Short => return None,
            };
            let request = Request::get(HOST, &["v1", "search"]).query("type", name);
            Some(Self {
                request: request.query("limit", CANDIDATES).query("q", query),
                kind,
                is_search: true,
            })
        };
        match question {
            Question::Lookup(link) if link.platform() == Platform::Spotify => {
                let path = match link.kind() {
                    Kind::Track => "tracks",
                    Kind::Album => "albums",
                    Kind::Artist => "artists",
                    Kind::Playlist => "playlists",
                    Kind::Short => return None,
                };
                Some(Self {
                    request: Request::get(HOST, &["v1", path, link.id()]),
                    kind: link.kind(),
                    is_search: false,
                })
            }
            Question::Isrc(isrc) => search(Kind::Track, &format!("isrc:{isrc}")),
            Question::Upc(upc) => search(Kind::Album, &format!("upc:{upc}")),
            Question::Search(piece) => search(piece.kind(), &search_text(piece)?),
            Question::Lookup(_) | Question::Linked(_) => None,
        }
    }
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Image {
    url: String,
}

#[derive(Default, Deserialize)]
struct Codes {
    #[serde(default, deserialize_with = "soft")]
    isrc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    upc: Option<String>,
}

#[derive(Deserialize)]
struct SpotifyTrack {
    /// Null for a file of the list maker's own.
    id: Option<String>,
    name: String,
    #[serde(default, deserialize_with = "soft")]
    duration_ms: Option<u64>,
    #[serde(default, deserialize_with = "soft")]
    explicit: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    is_playable: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    external_ids: Option<Codes>,
    #[serde(default, deserialize_with = "list")]
    artists: Vec<Named>,
    #[serde(default, deserialize_with = "soft")]
    album: Option<SpotifyAlbum>,
}

impl SpotifyTrack {
    fn track(&self) -> Track {
        let album = self.album.as_ref();
        let isrc = self
            .external_ids
            .as_ref()
            .and_then(|codes| codes.isrc.as_deref());
        Track {
            title: self.name.clone(),
            artists: self
                .artists
                .iter()
                .map(|artist| artist.name.clone())
                .collect(),
            version: None,
            album: album.map(|album| album.name.clone()),
            duration: self
                .duration_ms
                .filter(|ms| *ms > 0)
                .map(Duration::from_millis),
            isrc: isrc.and_then(|isrc| isrc.parse().ok()),
            released: album
                .and_then(|album| album.release_date.as_deref())
                .and_then(date),
            is_explicit: self.explicit,
        }
    }
}

impl Listed for SpotifyTrack {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Spotify, Kind::Track, self.id.as_deref()?)?;
        let art = self.album.as_ref().and_then(|album| picture(&album.images));
        let mut listing = listing(link, Piece::Track(self.track()), art);
        listing.is_playable = self.is_playable.unwrap_or(true);
        Some(listing)
    }
}

#[derive(Deserialize)]
struct SpotifyAlbum {
    id: Option<String>,
    name: String,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    total_tracks: Option<u16>,
    #[serde(default, deserialize_with = "soft")]
    external_ids: Option<Codes>,
    #[serde(default, deserialize_with = "list")]
    artists: Vec<Named>,
    #[serde(default, deserialize_with = "list")]
    images: Vec<Image>,
}

impl Listed for SpotifyAlbum {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Spotify, Kind::Album, self.id.as_deref()?)?;
        let art = picture(&self.images);
        let release = Release {
            title: self.name,
            artists: self.artists.into_iter().map(|artist| artist.name).collect(),
            upc: filled(self.external_ids.unwrap_or_default().upc),
            released: self.release_date.as_deref().and_then(date),
            tracks: self.total_tracks,
        };
        Some(listing(link, Piece::Album(release), art))
    }
}

#[derive(Deserialize)]
struct SpotifyArtist {
    id: String,
    name: String,
    #[serde(default, deserialize_with = "list")]
    images: Vec<Image>,
}

impl Listed for SpotifyArtist {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Spotify, Kind::Artist, &self.id)?;
        let artist = Artist {
            name: self.name,
            aliases: Vec::new(),
        };
        Some(listing(link, Piece::Artist(artist), picture(&self.images)))
    }
}

#[derive(Deserialize)]
struct SpotifyPlaylist {
    id: String,
    name: String,
    #[serde(default, deserialize_with = "list")]
    images: Vec<Image>,
    /// Renamed to `items` for newer apps.
    #[serde(default, deserialize_with = "soft", alias = "items")]
    tracks: Option<Page<Entry>>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(alias = "item")]
    track: SpotifyTrack,
}

impl Listed for SpotifyPlaylist {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Spotify, Kind::Playlist, &self.id)?;
        let (entries, total) = self
            .tracks
            .map(|page| (page.items, page.total))
            .unwrap_or_default();
        let tracks: Vec<PlaylistTrack> = entries
            .into_iter()
            .take(PLAYLIST_MAX)
            .map(|entry| PlaylistTrack {
                track: entry.track.track(),
                id: entry.track.id,
            })
            .collect();
        let playlist = Playlist {
            title: self.name,
            total: total.unwrap_or(0).max(tracks.len() as u32),
            tracks,
        };
        Some(listing(
            link,
            Piece::Playlist(playlist),
            picture(&self.images),
        ))
    }
}

/// The first is the largest.
fn picture(images: &[Image]) -> Option<String> {
    images.first().map(|image| image.url.clone())
}

#[cfg(test)]
mod tests;
