//! The Apple Music API, with the operator's developer token.

use std::time::Duration;

use music::{
    Artist, Context, Kind, Link, Listing, Piece, Platform, Playlist, PlaylistTrack, Release, Track,
};
use serde::Deserialize;

use super::developer_token::DeveloperToken;
use super::read::{date, filled, json, list, soft};
use super::{Asking, CANDIDATES, PLAYLIST_MAX, Provider, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "api.music.apple.com";
const PICTURE_SIZE: &str = "600";

pub(super) struct AppleMusic {
    pub(super) storefront: String,
    pub(super) token: DeveloperToken,
}

impl Provider for AppleMusic {
    fn answers(&self, question: &Question) -> bool {
        self.call(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let call = self.call(question).ok_or(Failure::Unsupported)?;
            let request = call
                .request
                .authorization("Bearer", &self.token.at(line.now())?);
            let found: Option<Document> = json(&line.fetch(request).await?)?;
            let Some(found) = found else {
                return Ok(Vec::new());
            };
            let results = found.results.unwrap_or_default();
            let pages = [results.songs, results.albums, results.artists]
                .into_iter()
                .flatten();
            let items = found
                .data
                .into_iter()
                .chain(pages.flat_map(|page| page.data));
            Ok(items
                .filter_map(|item| item.listing(call.kind, &call.storefront))
                .collect())
        })
    }
}

struct Call {
    request: Request,
    kind: Kind,
    storefront: String,
}

impl AppleMusic {
    fn call(&self, question: &Question) -> Option<Call> {
        let call = |storefront: &str, path: &[&str], kind: Kind| {
            let whole: Vec<&str> = ["v1", "catalog", storefront]
                .iter()
                .chain(path)
                .copied()
                .collect();
            Call {
                request: Request::get(HOST, &whole),
                kind,
                storefront: storefront.to_owned(),
            }
        };
        match question {
            Question::Lookup(link) if link.platform() == Platform::AppleMusic => {
                let storefront = link
                    .context()
                    .storefront
                    .as_deref()
                    .unwrap_or(&self.storefront);
                Some(call(
                    storefront,
                    &[path(link.kind())?, link.id()],
                    link.kind(),
                ))
            }
            Question::Isrc(isrc) => {
                let mut call = call(&self.storefront, &["songs"], Kind::Track);
                call.request = call.request.query("filter[isrc]", isrc.as_str());
                Some(call)
            }
            Question::Upc(upc) => {
                let mut call = call(&self.storefront, &["albums"], Kind::Album);
                call.request = call.request.query("filter[upc]", upc);
                Some(call)
            }
            Question::Search(piece) if piece.kind() != Kind::Playlist => {
                let mut call = call(&self.storefront, &["search"], piece.kind());
                call.request = call
                    .request
                    .query("term", &search_text(piece)?)
                    .query("types", path(piece.kind())?);
                call.request = call.request.query("limit", CANDIDATES);
                Some(call)
            }
            Question::Lookup(_) | Question::Search(_) | Question::Linked(_) => None,
        }
    }
}

fn path(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Track => Some("songs"),
        Kind::Album => Some("albums"),
        Kind::Artist => Some("artists"),
        Kind::Playlist => Some("playlists"),
        Kind::Short => None,
    }
}

#[derive(Deserialize)]
struct Document {
    #[serde(default, deserialize_with = "list")]
    data: Vec<Item>,
    #[serde(default, deserialize_with = "soft")]
    results: Option<Results>,
}

#[derive(Default, Deserialize)]
struct Results {
    #[serde(default, deserialize_with = "soft")]
    songs: Option<Page>,
    #[serde(default, deserialize_with = "soft")]
    albums: Option<Page>,
    #[serde(default, deserialize_with = "soft")]
    artists: Option<Page>,
}

#[derive(Default, Deserialize)]
struct Page {
    #[serde(default, deserialize_with = "list")]
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    attributes: Attributes,
    #[serde(default, deserialize_with = "soft")]
    relationships: Option<Relationships>,
}

#[derive(Default, Deserialize)]
struct Relationships {
    #[serde(default, deserialize_with = "soft")]
    tracks: Option<Page>,
}

#[derive(Deserialize)]
struct Artwork {
    url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    name: String,
    #[serde(default, deserialize_with = "soft")]
    artist_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    album_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    duration_in_millis: Option<u64>,
    #[serde(default, deserialize_with = "soft")]
    isrc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    upc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    track_count: Option<u16>,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    content_rating: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    url: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    artwork: Option<Artwork>,
    /// What a song that is listed but not released, or is withdrawn, does not have.
    #[serde(default, deserialize_with = "soft")]
    play_params: Option<serde_json::Value>,
}

impl Attributes {
    fn artists(&self) -> Vec<String> {
        filled(self.artist_name.clone()).into_iter().collect()
    }

    fn track(&self) -> Track {
        Track {
            title: self.name.clone(),
            artists: self.artists(),
            version: None,
            album: filled(self.album_name.clone()),
            duration: self.duration_in_millis.map(Duration::from_millis),
            isrc: self.isrc.as_deref().and_then(|isrc| isrc.parse().ok()),
            released: self.release_date.as_deref().and_then(date),
            // It marks explicit and clean editions only.
            is_explicit: Some(self.content_rating.as_deref() == Some("explicit")),
        }
    }

    fn art(&self) -> Option<String> {
        let artwork = self.artwork.as_ref()?;
        Some(
            artwork
                .url
                .replace("{w}", PICTURE_SIZE)
                .replace("{h}", PICTURE_SIZE),
        )
    }
}

impl Item {
    fn listing(self, kind: Kind, storefront: &str) -> Option<Listing> {
        let attributes = &self.attributes;
        let piece = match kind {
            Kind::Track => Piece::Track(attributes.track()),
            Kind::Album => Piece::Album(Release {
                title: attributes.name.clone(),
                artists: attributes.artists(),
                upc: filled(attributes.upc.clone()),
                released: attributes.release_date.as_deref().and_then(date),
                tracks: attributes.track_count,
            }),
            Kind::Artist => Piece::Artist(Artist {
                name: attributes.name.clone(),
                aliases: Vec::new(),
            }),
            Kind::Playlist => Piece::Playlist(self.playlist()),
            Kind::Short => return None,
        };
        // Its address names the album that the song is shown in.
        let address = attributes
            .url
            .as_deref()
            .and_then(|url| music::parse(url).ok());
        let own = address.filter(|link| link.kind() == kind && link.id() == self.id);
        let context = Context {
            storefront: Some(storefront.to_owned()),
            album: own.and_then(|link| link.context().album.clone()),
        };
        let link = Link::new(Platform::AppleMusic, kind, &self.id, context).ok()?;
        let mut listing = listing(link, piece, attributes.art());
        listing.is_playable = kind == Kind::Artist || attributes.play_params.is_some();
        Some(listing)
    }

    fn playlist(&self) -> Playlist {
        let page = self
            .relationships
            .as_ref()
            .and_then(|relations| relations.tracks.as_ref());
        let items = page.map(|page| page.data.as_slice()).unwrap_or_default();
        let tracks: Vec<PlaylistTrack> = items
            .iter()
            .take(PLAYLIST_MAX)
            .map(|item| PlaylistTrack {
                id: Some(item.id.clone()),
                track: item.attributes.track(),
            })
            .collect();
        Playlist {
            title: self.attributes.name.clone(),
            total: items.len() as u32,
            tracks,
        }
    }
}

#[cfg(test)]
mod tests;
