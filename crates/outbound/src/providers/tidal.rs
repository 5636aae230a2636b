//! Tidal's API, with the operator's client id and secret. JSON:API: what belongs together is joined by id.

use std::collections::BTreeMap;

use music::{Artist, Kind, Listing, Piece, Platform, Playlist, PlaylistTrack, Release, Track};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::read::{date, filled, iso_duration, json, list, soft};
use super::token::Client;
use super::{Asking, PLAYLIST_MAX, Provider, link, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "openapi.tidal.com";
const TOKEN_HOST: &str = "auth.tidal.com";

pub(super) struct Tidal {
    pub(super) client: Client,
    pub(super) storefront: String,
}

impl Provider for Tidal {
    fn answers(&self, question: &Question) -> bool {
        call(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let (request, kind) = call(question).ok_or(Failure::Unsupported)?;
            let request = request.query("countryCode", &self.storefront.to_ascii_uppercase());
            let grant = Request::get(TOKEN_HOST, &["v1", "oauth2", "token"]);
            let reply = match self.client.fetch(line, grant, request).await {
                // That is how it calls an id or code that it does not take for one.
                Err(Failure::Refused { status: 400 }) => return Ok(Vec::new()),
                reply => reply?,
            };
            let found: Option<Document> = json(&reply)?;
            Ok(found
                .map(|document| document.listings(kind))
                .unwrap_or_default())
        })
    }
}

/// What to send, and what kind of thing comes back.
fn call(question: &Question) -> Option<(Request, Kind)> {
    match question {
        Question::Lookup(link) if link.platform() == Platform::Tidal => {
            let request = Request::get(HOST, &["v2", path(link.kind())?, link.id()]);
            Some((request.query("include", include(link.kind())), link.kind()))
        }
        Question::Isrc(isrc) => {
            let request =
                Request::get(HOST, &["v2", "tracks"]).query("filter[isrc]", isrc.as_str());
            Some((request.query("include", include(Kind::Track)), Kind::Track))
        }
        Question::Upc(upc) => {
            let request = Request::get(HOST, &["v2", "albums"]).query("filter[barcodeId]", upc);
            Some((request.query("include", include(Kind::Album)), Kind::Album))
        }
        Question::Search(piece) => {
            let (kind, name) = (
                piece.kind(),
                path(piece.kind()).filter(|_| piece.kind() != Kind::Playlist)?,
            );
            let whole = [
                "v2",
                "searchResults",
                &search_text(piece)?,
                "relationships",
                name,
            ];
            let include = match kind {
                Kind::Artist => name.to_owned(),
                _ => format!("{name},{name}.artists"),
            };
            Some((Request::get(HOST, &whole).query("include", &include), kind))
        }
        Question::Lookup(_) | Question::Linked(_) => None,
    }
}

fn path(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Track => Some("tracks"),
        Kind::Album => Some("albums"),
        Kind::Artist => Some("artists"),
        Kind::Playlist => Some("playlists"),
        Kind::Short => None,
    }
}

fn include(kind: Kind) -> &'static str {
    match kind {
        Kind::Track => "artists,albums,albums.coverArt",
        Kind::Album => "artists,coverArt",
        Kind::Playlist => "items,items.artists,coverArt",
        Kind::Artist | Kind::Short => "profileArt",
    }
}

#[derive(Deserialize)]
struct Document {
    data: References,
    #[serde(default, deserialize_with = "list")]
    included: Vec<Resource>,
}

/// One resource or several, whole or as references to what is included.
struct References(Vec<Resource>);

impl<'de> Deserialize<'de> for References {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = match Value::deserialize(deserializer)? {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        Ok(Self(
            items
                .into_iter()
                .filter_map(|item| serde_json::from_value(item).ok())
                .collect(),
        ))
    }
}

#[derive(Clone, Deserialize)]
struct Resource {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "soft")]
    attributes: Option<Attributes>,
    #[serde(default, deserialize_with = "soft")]
    relationships: Option<BTreeMap<String, Value>>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    #[serde(default, deserialize_with = "soft", alias = "name")]
    title: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    version: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    isrc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    barcode_id: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    duration: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    explicit: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    number_of_items: Option<u32>,
    #[serde(default, deserialize_with = "list")]
    files: Vec<File>,
}

#[derive(Clone, Deserialize)]
struct File {
    href: String,
}

/// Everything that came, by type and id.
type Known = BTreeMap<(String, String), Resource>;

impl Document {
    fn listings(self, kind: Kind) -> Vec<Listing> {
        let wanted = path(kind).unwrap_or_default();
        let key = |resource: &Resource| (resource.kind.clone(), resource.id.clone());
        let whole = self.included.into_iter().chain(self.data.0.iter().cloned());
        let described = whole.filter(|resource| resource.attributes.is_some());
        let known: Known = described
            .map(|resource| (key(&resource), resource))
            .collect();
        let found = self
            .data
            .0
            .iter()
            .filter(|resource| resource.kind == wanted);
        found
            .filter_map(|resource| known.get(&key(resource))?.listing(kind, &known))
            .collect()
    }
}

impl Resource {
    fn listing(&self, kind: Kind, known: &Known) -> Option<Listing> {
        let own = link(Platform::Tidal, kind, &self.id)?;
        let attributes = self.attributes.as_ref()?;
        let title = filled(attributes.title.clone())?;
        let (piece, pictured) = match kind {
            Kind::Track => (
                Piece::Track(self.track(known)?),
                self.related("albums", known).into_iter().next(),
            ),
            Kind::Album => {
                let release = Release {
                    title,
                    artists: self.names("artists", known),
                    upc: filled(attributes.barcode_id.clone()),
                    released: attributes.release_date.as_deref().and_then(date),
                    tracks: attributes
                        .number_of_items
                        .and_then(|count| u16::try_from(count).ok()),
                };
                (Piece::Album(release), Some(self))
            }
            Kind::Artist => {
                let artist = Artist {
                    name: title,
                    aliases: Vec::new(),
                };
                (Piece::Artist(artist), Some(self))
            }
            Kind::Playlist => (Piece::Playlist(self.playlist(title, known)), Some(self)),
            Kind::Short => return None,
        };
        let art = pictured.and_then(|resource| resource.art(known));
        Some(listing(own, piece, art))
    }

    fn track(&self, known: &Known) -> Option<Track> {
        let attributes = self.attributes.as_ref()?;
        let album = self
            .related("albums", known)
            .into_iter()
            .next()
            .and_then(|album| album.attributes.as_ref());
        Some(Track {
            title: filled(attributes.title.clone())?,
            artists: self.names("artists", known),
            version: filled(attributes.version.clone()),
            album: album.and_then(|album| album.title.clone()),
            duration: attributes.duration.as_deref().and_then(iso_duration),
            isrc: attributes
                .isrc
                .as_deref()
                .and_then(|isrc| isrc.parse().ok()),
            released: album
                .and_then(|album| album.release_date.as_deref())
                .and_then(date),
            is_explicit: attributes.explicit,
        })
    }

    fn playlist(&self, title: String, known: &Known) -> Playlist {
        let items = self
            .related("items", known)
            .into_iter()
            .filter(|item| item.kind == "tracks");
        let tracks: Vec<PlaylistTrack> = items
            .filter_map(|item| {
                Some(PlaylistTrack {
                    id: Some(item.id.clone()),
                    track: item.track(known)?,
                })
            })
            .take(PLAYLIST_MAX)
            .collect();
        let total = self
            .attributes
            .as_ref()
            .and_then(|attributes| attributes.number_of_items);
        Playlist {
            title,
            total: total.unwrap_or(0).max(tracks.len() as u32),
            tracks,
        }
    }

    /// What stands in a relation, in the order of the relation.
    fn related<'k>(&self, relation: &str, known: &'k Known) -> Vec<&'k Resource> {
        let value = self
            .relationships
            .as_ref()
            .and_then(|relations| relations.get(relation)?.get("data"));
        let references = value.and_then(|value| References::deserialize(value).ok());
        let references = references
            .map(|references| references.0)
            .unwrap_or_default();
        references
            .into_iter()
            .filter_map(|one| known.get(&(one.kind, one.id)))
            .collect()
    }

    fn names(&self, relation: &str, known: &Known) -> Vec<String> {
        let people = self.related(relation, known).into_iter();
        people
            .filter_map(|person| person.attributes.as_ref()?.title.clone())
            .collect()
    }

    fn art(&self, known: &Known) -> Option<String> {
        let pictures = ["coverArt", "profileArt"]
            .iter()
            .flat_map(|relation| self.related(relation, known));
        let mut files = pictures.filter_map(|picture| picture.attributes.as_ref()?.files.first());
        files.next().map(|file| file.href.clone())
    }
}

#[cfg(test)]
mod tests;
