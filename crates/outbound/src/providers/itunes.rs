//! Apple's iTunes Search API. No key, no ISRC; answers call themselves `text/javascript`.

use std::time::Duration;

use music::{Artist, Context, Kind, Link, Listing, Piece, Platform, Release, Track};
use serde::Deserialize;

use super::read::{Id, date, filled, json, list, soft};
use super::{Asking, Provider, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "itunes.apple.com";
const LIMIT: &str = "25";

pub(super) struct Itunes {
    /// Searched when a link names no storefront.
    pub(super) storefront: String,
}

impl Provider for Itunes {
    fn answers(&self, question: &Question) -> bool {
        self.call(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let call = self.call(question).ok_or(Failure::Unsupported)?;
            let reply = line.fetch(call.request).await?;
            let found: Option<Found> = json(&reply)?;
            let items = found.into_iter().flat_map(|found| found.results);
            let listings = items.filter_map(|item| item.listing(call.kind, &call.storefront));
            // A song is looked up together with its collection: only what was asked for is an answer.
            let is_asked = |listing: &Listing| call.id.is_none_or(|id| listing.link.id() == id);
            Ok(listings.filter(is_asked).collect())
        })
    }
}

struct Call<'a> {
    request: Request,
    kind: Kind,
    id: Option<&'a str>,
    storefront: String,
}

impl Itunes {
    fn call<'a>(&self, question: &'a Question) -> Option<Call<'a>> {
        let lookup = |kind: Kind, storefront: &str| {
            let request = Request::get(HOST, &["lookup"]).query("country", storefront);
            Some(request.query("entity", entity(kind)?))
        };
        match question {
            Question::Lookup(link) if link.platform() == Platform::AppleMusic => {
                let storefront = link
                    .context()
                    .storefront
                    .as_deref()
                    .unwrap_or(&self.storefront);
                Some(Call {
                    request: lookup(link.kind(), storefront)?.query("id", link.id()),
                    kind: link.kind(),
                    id: Some(link.id()),
                    storefront: storefront.to_owned(),
                })
            }
            Question::Upc(upc) => Some(Call {
                request: lookup(Kind::Album, &self.storefront)?.query("upc", upc),
                kind: Kind::Album,
                id: None,
                storefront: self.storefront.clone(),
            }),
            Question::Search(piece) => Some(Call {
                request: Request::get(HOST, &["search"])
                    .query("term", &search_text(piece)?)
                    .query("media", "music")
                    .query("entity", entity(piece.kind())?)
                    .query("limit", LIMIT)
                    .query("country", &self.storefront),
                kind: piece.kind(),
                id: None,
                storefront: self.storefront.clone(),
            }),
            Question::Lookup(_) | Question::Isrc(_) | Question::Linked(_) => None,
        }
    }
}

fn entity(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Track => Some("song"),
        Kind::Album => Some("album"),
        Kind::Artist => Some("musicArtist"),
        Kind::Playlist | Kind::Short => None,
    }
}

#[derive(Deserialize)]
struct Found {
    #[serde(deserialize_with = "list")]
    results: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(default, deserialize_with = "soft")]
    wrapper_type: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    artist_id: Option<Id>,
    #[serde(default, deserialize_with = "soft")]
    collection_id: Option<Id>,
    #[serde(default, deserialize_with = "soft")]
    track_id: Option<Id>,
    #[serde(default, deserialize_with = "soft")]
    artist_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    collection_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    track_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    track_time_millis: Option<u64>,
    #[serde(default, deserialize_with = "soft")]
    track_count: Option<u16>,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    track_explicitness: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    is_streamable: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    artwork_url100: Option<String>,
}

impl Item {
    fn listing(self, wanted: Kind, storefront: &str) -> Option<Listing> {
        let art = self
            .artwork_url100
            .as_deref()
            .map(|url| url.replace("100x100bb", "600x600bb"));
        let artists: Vec<String> = filled(self.artist_name.clone()).into_iter().collect();
        let released = self.release_date.as_deref().and_then(date);
        let wrapper = self.wrapper_type.as_deref();
        let (id, album, piece) = match wanted {
            Kind::Track if wrapper == Some("track") && self.kind.as_deref() == Some("song") => {
                let track = Track {
                    title: self.track_name?,
                    artists,
                    version: None,
                    album: filled(self.collection_name),
                    duration: self.track_time_millis.map(Duration::from_millis),
                    isrc: None,
                    released,
                    is_explicit: self.track_explicitness.map(|word| word == "explicit"),
                };
                (self.track_id?, self.collection_id, Piece::Track(track))
            }
            Kind::Album if wrapper == Some("collection") => {
                let release = Release {
                    title: self.collection_name?,
                    artists,
                    upc: None,
                    released,
                    tracks: self.track_count,
                };
                (self.collection_id?, None, Piece::Album(release))
            }
            Kind::Artist if wrapper == Some("artist") => {
                let artist = Artist {
                    name: self.artist_name?,
                    aliases: Vec::new(),
                };
                (self.artist_id?, None, Piece::Artist(artist))
            }
            _ => return None,
        };
        let context = Context {
            storefront: Some(storefront.to_owned()),
            album: album.map(|id| id.0),
        };
        let link = Link::new(Platform::AppleMusic, wanted, &id.0, context).ok()?;
        let mut listing = listing(link, piece, art);
        // What is not streamable is for sale only.
        listing.is_playable = self.is_streamable.unwrap_or(true);
        Some(listing)
    }
}

#[cfg(test)]
mod tests;
