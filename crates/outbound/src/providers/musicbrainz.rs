//! MusicBrainz: an encyclopedia that knows codes, other spellings, and where else a recording is. No key.

use std::time::Duration;

use music::{Artist, Context, Isrc, Kind, Link, Listing, Piece, Platform, Release, Track};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::read::{date, filled, json, list, soft};
use super::{Asking, CANDIDATES, Provider, link, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "musicbrainz.org";
const RECORDING: &str = "artist-credits+isrcs+url-rels+releases";
const BY_CODE: &str = "artist-credits+url-rels";
const RELEASE: &str = "artist-credits+url-rels";
const ARTIST: &str = "aliases+url-rels";

pub(super) struct Musicbrainz;

impl Provider for Musicbrainz {
    fn answers(&self, question: &Question) -> bool {
        match question {
            Question::Lookup(link) => {
                link.platform() == Platform::Musicbrainz && has_entity(link.kind())
            }
            Question::Isrc(_) | Question::Upc(_) => true,
            Question::Search(piece) => has_entity(piece.kind()) && search_text(piece).is_some(),
            Question::Linked(link) => has_entity(link.kind()),
        }
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            match question {
                Question::Lookup(link) => {
                    let found = entity(link.kind(), link.id(), line).await?;
                    Ok(found.into_iter().take(1).collect())
                }
                Question::Isrc(isrc) => by_isrc(isrc, line).await,
                Question::Upc(upc) => {
                    search::<Releases>("release", &format!("barcode:{}", escaped(upc)), line).await
                }
                Question::Search(piece) => by_text(piece, line).await,
                Question::Linked(link) if link.platform() == Platform::Musicbrainz => {
                    entity(link.kind(), link.id(), line).await
                }
                Question::Linked(link) => linked(link, line).await,
            }
        })
    }
}

fn has_entity(kind: Kind) -> bool {
    matches!(kind, Kind::Track | Kind::Album | Kind::Artist)
}

fn request(path: &[&str], inc: &str) -> Request {
    let whole: Vec<&str> = ["ws", "2"].iter().chain(path).copied().collect();
    let request = Request::get(HOST, &whole).query("fmt", "json");
    // The plus signs between its words are spaces: written as they are meant to be read.
    request.query("inc", &inc.replace('+', " "))
}

async fn get<T: DeserializeOwned>(
    path: &[&str],
    inc: &str,
    line: &Line<'_>,
) -> Result<Option<T>, Failure> {
    match line.fetch(request(path, inc)).await {
        Ok(reply) => json(&reply),
        // That is how it calls an id or code that it does not take for one.
        Err(Failure::Refused { status: 400 }) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// One entity first, then where else it is.
async fn entity(kind: Kind, id: &str, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
    match kind {
        Kind::Track => {
            let found: Option<Recording> = get(&["recording", id], RECORDING, line).await?;
            Ok(found
                .map(|recording| recording.listings(None))
                .unwrap_or_default())
        }
        Kind::Album => {
            let found: Option<Album> = match get(&["release", id], RELEASE, line).await? {
                Some(release) => Some(release),
                // Both kinds of albums have ids of one shape.
                None => get(&["release-group", id], RELEASE, line).await?,
            };
            Ok(found.map(Album::listings).unwrap_or_default())
        }
        Kind::Artist => {
            let found: Option<Person> = get(&["artist", id], ARTIST, line).await?;
            Ok(found.map(Person::listings).unwrap_or_default())
        }
        Kind::Playlist | Kind::Short => Err(Failure::Unsupported),
    }
}

async fn by_isrc(isrc: &Isrc, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
    let found: Option<Recordings> = get(&["isrc", isrc.as_str()], BY_CODE, line).await?;
    let recordings = found.into_iter().flat_map(|found| found.recordings);
    Ok(recordings
        .flat_map(|recording| recording.listings(Some(*isrc)))
        .collect())
}

/// Finds what a link points at by the relation that somebody entered, then everything about it.
async fn linked(link: &Link, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
    let relations = match link.kind() {
        Kind::Track => "recording-rels",
        Kind::Album => "release-rels",
        _ => "artist-rels",
    };
    let resource = request(&["url"], relations).query("resource", &entered(link));
    let reply = match line.fetch(resource).await {
        Err(Failure::Refused { status: 400 }) => return Ok(Vec::new()),
        reply => reply?,
    };
    let found: Option<Resource> = json(&reply)?;
    let current = found
        .into_iter()
        .flat_map(|found| found.relations)
        .find(|relation| !relation.ended);
    let Some(relation) = current else {
        return Ok(Vec::new());
    };
    let (id, known) = match (relation.recording, relation.release, relation.artist) {
        (Some(recording), _, _) if link.kind() == Kind::Track => {
            (recording.id.clone(), recording.listings(None))
        }
        (_, Some(release), _) if link.kind() == Kind::Album => {
            (release.id.clone(), release.listings())
        }
        (_, _, Some(artist)) if link.kind() == Kind::Artist => {
            (artist.id.clone(), artist.listings())
        }
        _ => return Ok(Vec::new()),
    };
    match entity(link.kind(), &id, line).await {
        Ok(whole) if !whole.is_empty() => Ok(whole),
        // No time for the second call: the name is better than nothing.
        Ok(_) | Err(Failure::Budget { .. } | Failure::TimedOut) => Ok(known),
        Err(failure) => Err(failure),
    }
}

/// The address as MusicBrainz writes it: songs of Apple without their album.
fn entered(link: &Link) -> String {
    let context = Context {
        storefront: link.context().storefront.clone(),
        album: None,
    };
    let bare = Link::new(link.platform(), link.kind(), link.id(), context);
    bare.as_ref().unwrap_or(link).canonical()
}

async fn by_text(piece: &Piece, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
    let title = match piece {
        Piece::Track(track) => Piece::Track(Track {
            title: track.title.clone(),
            ..Track::default()
        }),
        Piece::Album(release) => Piece::Album(Release {
            title: release.title.clone(),
            ..Release::default()
        }),
        other => other.clone(),
    };
    let title = search_text(&title).ok_or(Failure::Unsupported)?;
    let (entity, artist) = match piece {
        Piece::Track(track) => ("recording", track.artists.first()),
        Piece::Album(release) => ("release", release.artists.first()),
        _ => ("artist", None),
    };
    let mut query = format!("{entity}:\"{}\"", escaped(&title));
    if let Some(artist) = artist {
        query.push_str(&format!(" AND artist:\"{}\"", escaped(artist)));
    }
    match piece {
        Piece::Track(_) => search::<Recordings>(entity, &query, line).await,
        Piece::Album(_) => search::<Releases>(entity, &query, line).await,
        Piece::Artist(_) => search::<People>(entity, &query, line).await,
        Piece::Playlist(_) => Err(Failure::Unsupported),
    }
}

async fn search<T: DeserializeOwned + Hits>(
    entity: &str,
    query: &str,
    line: &Line<'_>,
) -> Result<Vec<Listing>, Failure> {
    let request = Request::get(HOST, &["ws", "2", entity]).query("fmt", "json");
    let reply = line
        .fetch(request.query("limit", CANDIDATES).query("query", query))
        .await?;
    let found: Option<T> = json(&reply)?;
    Ok(found.map(T::listings).unwrap_or_default())
}

/// Takes the meaning from the characters that Lucene's query parser reads as operators.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if r#"+-&|!(){}[]^"~*?:\/"#.contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

trait Hits {
    fn listings(self) -> Vec<Listing>;
}

#[derive(Deserialize)]
struct Recordings {
    #[serde(deserialize_with = "list")]
    recordings: Vec<Recording>,
}

impl Hits for Recordings {
    fn listings(self) -> Vec<Listing> {
        let first = |recording: Recording| recording.listings(None).into_iter().next();
        self.recordings.into_iter().filter_map(first).collect()
    }
}

#[derive(Deserialize)]
struct Releases {
    #[serde(deserialize_with = "list")]
    releases: Vec<Album>,
}

impl Hits for Releases {
    fn listings(self) -> Vec<Listing> {
        let first = |release: Album| release.listings().into_iter().next();
        self.releases.into_iter().filter_map(first).collect()
    }
}

#[derive(Deserialize)]
struct People {
    #[serde(deserialize_with = "list")]
    artists: Vec<Person>,
}

impl Hits for People {
    fn listings(self) -> Vec<Listing> {
        let first = |artist: Person| artist.listings().into_iter().next();
        self.artists.into_iter().filter_map(first).collect()
    }
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default, deserialize_with = "list")]
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct Relation {
    #[serde(default)]
    ended: bool,
    #[serde(default, deserialize_with = "soft")]
    url: Option<Address>,
    #[serde(default, deserialize_with = "soft")]
    recording: Option<Recording>,
    #[serde(default, deserialize_with = "soft")]
    release: Option<Album>,
    #[serde(default, deserialize_with = "soft")]
    artist: Option<Person>,
}

#[derive(Deserialize)]
struct Address {
    resource: String,
}

#[derive(Deserialize)]
struct Credit {
    name: String,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: String,
    #[serde(alias = "name")]
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Recording {
    id: String,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    length: Option<u64>,
    #[serde(default, deserialize_with = "soft")]
    disambiguation: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    first_release_date: Option<String>,
    #[serde(default, deserialize_with = "list")]
    artist_credit: Vec<Credit>,
    #[serde(default, deserialize_with = "list")]
    isrcs: Vec<Isrc>,
    #[serde(default, deserialize_with = "list")]
    releases: Vec<Named>,
    #[serde(default, deserialize_with = "list")]
    relations: Vec<Relation>,
}

impl Recording {
    fn listings(self, asked: Option<Isrc>) -> Vec<Listing> {
        let release = self.releases.into_iter().next();
        let piece = Piece::Track(Track {
            title: self.title,
            artists: self
                .artist_credit
                .into_iter()
                .map(|credit| credit.name)
                .collect(),
            // "live, 2005-07-02: Hyde Park": what tells it from its namesakes.
            version: filled(self.disambiguation),
            album: release.as_ref().map(|release| release.title.clone()),
            duration: self.length.map(Duration::from_millis),
            isrc: asked.or(self.isrcs.first().copied()),
            released: self.first_release_date.as_deref().and_then(date),
            is_explicit: None,
        });
        let art = release.map(|release| cover("release", &release.id));
        with_relations(Kind::Track, &self.id, &piece, art, self.relations)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Album {
    id: String,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    barcode: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    first_release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    track_count: Option<u16>,
    #[serde(default, deserialize_with = "list")]
    artist_credit: Vec<Credit>,
    #[serde(default, deserialize_with = "list")]
    relations: Vec<Relation>,
}

impl Album {
    fn listings(self) -> Vec<Listing> {
        let is_group = self.first_release_date.is_some();
        let released = [self.date, self.first_release_date];
        let piece = Piece::Album(Release {
            title: self.title,
            artists: self
                .artist_credit
                .into_iter()
                .map(|credit| credit.name)
                .collect(),
            upc: filled(self.barcode),
            released: released.iter().flatten().find_map(|text| date(text)),
            tracks: self.track_count,
        });
        let art = cover(if is_group { "release-group" } else { "release" }, &self.id);
        with_relations(Kind::Album, &self.id, &piece, Some(art), self.relations)
    }
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: String,
    #[serde(default, deserialize_with = "list")]
    aliases: Vec<Credit>,
    #[serde(default, deserialize_with = "list")]
    relations: Vec<Relation>,
}

impl Person {
    fn listings(self) -> Vec<Listing> {
        let piece = Piece::Artist(Artist {
            aliases: self
                .aliases
                .into_iter()
                .map(|alias| alias.name)
                .filter(|alias| *alias != self.name)
                .collect(),
            name: self.name,
        });
        with_relations(Kind::Artist, &self.id, &piece, None, self.relations)
    }
}

fn cover(entity: &str, id: &str) -> String {
    format!("https://coverartarchive.org/{entity}/{id}/front-500")
}

/// The entity itself, then each address of the same kind that still works.
fn with_relations(
    kind: Kind,
    id: &str,
    piece: &Piece,
    art: Option<String>,
    relations: Vec<Relation>,
) -> Vec<Listing> {
    let own = link(Platform::Musicbrainz, kind, id).map(|own| listing(own, piece.clone(), art));
    let current = relations.into_iter().filter(|relation| !relation.ended);
    let addresses = current.filter_map(|relation| relation.url);
    let links = addresses.filter_map(|address| music::parse(&address.resource).ok());
    let elsewhere =
        links.filter(|link| link.kind() == kind && link.platform() != Platform::Musicbrainz);
    own.into_iter()
        .chain(elsewhere.map(|link| listing(link, piece.clone(), None)))
        .collect()
}

#[cfg(test)]
mod tests;
