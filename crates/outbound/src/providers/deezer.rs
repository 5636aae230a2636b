//! Deezer's public API. No key; errors come with HTTP 200.

use std::time::Duration;

use music::{Artist, Kind, Listing, Piece, Platform, Playlist, PlaylistTrack, Release, Track};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::read::{Id, date, filled, json, list, soft};
use super::{Asking, CANDIDATES, PLAYLIST_MAX, Provider, link, listing, search_text};
use crate::desk::Line;
use crate::http::{Reply, Request};
use crate::{Failure, Question};

const HOST: &str = "api.deezer.com";
/// After "quota limit exceeded" and "service busy": the window that Deezer counts.
const REST: Duration = Duration::from_secs(5);

pub(super) struct Deezer;

impl Provider for Deezer {
    fn answers(&self, question: &Question) -> bool {
        Call::of(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let call = Call::of(question).ok_or(Failure::Unsupported)?;
            let reply = line.fetch(call.request).await?;
            match (call.kind, call.is_search) {
                (Kind::Track, false) => one::<DeezerTrack>(&reply, line),
                (Kind::Album, false) => one::<DeezerAlbum>(&reply, line),
                (Kind::Artist, false) => one::<DeezerArtist>(&reply, line),
                (Kind::Playlist, false) => one::<DeezerPlaylist>(&reply, line),
                (Kind::Track, true) => many::<DeezerTrack>(&reply, line),
                (Kind::Album, true) => many::<DeezerAlbum>(&reply, line),
                (Kind::Artist, true) => many::<DeezerArtist>(&reply, line),
                (Kind::Playlist | Kind::Short, _) => Err(Failure::Unsupported),
            }
        })
    }
}

struct Call {
    request: Request,
    kind: Kind,
    is_search: bool,
}

impl Call {
    fn of(question: &Question) -> Option<Self> {
        let by_id = |kind: Kind, id: &str| {
            Some(Self {
                request: Request::get(HOST, &[path(kind)?, id]),
                kind,
                is_search: false,
            })
        };
        match question {
            Question::Lookup(link) if link.platform() == Platform::Deezer => {
                by_id(link.kind(), link.id())
            }
            Question::Isrc(isrc) => by_id(Kind::Track, &format!("isrc:{isrc}")),
            Question::Upc(upc) => by_id(Kind::Album, &format!("upc:{upc}")),
            Question::Search(piece) if piece.kind() != Kind::Playlist => {
                let request = Request::get(HOST, &["search", path(piece.kind())?]);
                Some(Self {
                    request: request
                        .query("q", &search_text(piece)?)
                        .query("limit", CANDIDATES),
                    kind: piece.kind(),
                    is_search: true,
                })
            }
            Question::Lookup(_) | Question::Search(_) | Question::Linked(_) => None,
        }
    }
}

fn path(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Track => Some("track"),
        Kind::Album => Some("album"),
        Kind::Artist => Some("artist"),
        Kind::Playlist => Some("playlist"),
        Kind::Short => None,
    }
}

fn one<T: DeserializeOwned + Listed>(
    reply: &Reply,
    line: &Line<'_>,
) -> Result<Vec<Listing>, Failure> {
    if is_nothing(reply, line)? {
        return Ok(Vec::new());
    }
    let found: Option<T> = json(reply)?;
    Ok(found.and_then(T::listing).into_iter().collect())
}

fn many<T: DeserializeOwned + Listed>(
    reply: &Reply,
    line: &Line<'_>,
) -> Result<Vec<Listing>, Failure> {
    if is_nothing(reply, line)? {
        return Ok(Vec::new());
    }
    let found: Option<Found<T>> = json(reply)?;
    Ok(found
        .into_iter()
        .flat_map(|found| found.data)
        .filter_map(T::listing)
        .collect())
}

/// Reads the error that an answer with HTTP 200 may hold.
fn is_nothing(reply: &Reply, line: &Line<'_>) -> Result<bool, Failure> {
    let refusal: Option<Refusal> = json(reply)?;
    let Some(error) = refusal.and_then(|refusal| refusal.error) else {
        return Ok(reply.is_none());
    };
    match error.code {
        800 => Ok(true),                            // no data
        4 | 700 => Err(line.rest(REST)),            // quota exceeded, service busy
        _ => Err(Failure::Refused { status: 400 }), // it does not like the question
    }
}

trait Listed {
    fn listing(self) -> Option<Listing>;
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default, deserialize_with = "soft")]
    error: Option<RefusalCode>,
}

#[derive(Deserialize)]
struct RefusalCode {
    code: i64,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Found<T> {
    #[serde(default, deserialize_with = "list")]
    data: Vec<T>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct DeezerTrack {
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    title_version: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    isrc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    duration: Option<u32>,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    explicit_lyrics: Option<bool>,
    #[serde(default, deserialize_with = "soft")]
    readable: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    contributors: Vec<Named>,
    #[serde(default, deserialize_with = "soft")]
    artist: Option<Named>,
    #[serde(default, deserialize_with = "soft")]
    album: Option<DeezerAlbum>,
}

impl DeezerTrack {
    fn track(&self) -> Track {
        let album = self.album.as_ref();
        let released = [
            self.release_date.as_deref(),
            album.and_then(|album| album.release_date.as_deref()),
        ];
        Track {
            title: self.title.clone(),
            artists: names(&self.contributors, self.artist.as_ref()),
            version: filled(self.title_version.clone()).map(|tag| {
                let is_bracket = |c| matches!(c, '(' | ')' | '[' | ']' | ' ');
                tag.trim_matches(is_bracket).to_owned()
            }),
            album: album.map(|album| album.title.clone()),
            // 0 is what it says when it does not know.
            duration: self
                .duration
                .filter(|seconds| *seconds > 0)
                .map(|seconds| Duration::from_secs(seconds.into())),
            isrc: self.isrc.as_deref().and_then(|isrc| isrc.parse().ok()),
            released: released.into_iter().flatten().find_map(date),
            is_explicit: self.explicit_lyrics,
        }
    }
}

impl Listed for DeezerTrack {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Deezer, Kind::Track, &self.id.0)?;
        let art = self.album.as_ref().and_then(DeezerAlbum::art);
        let mut listing = listing(link, Piece::Track(self.track()), art);
        listing.is_playable = self.readable.unwrap_or(true);
        Some(listing)
    }
}

#[derive(Deserialize)]
struct DeezerAlbum {
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    upc: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    release_date: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    nb_tracks: Option<u16>,
    #[serde(default, deserialize_with = "list")]
    contributors: Vec<Named>,
    #[serde(default, deserialize_with = "soft")]
    artist: Option<Named>,
    #[serde(default, deserialize_with = "soft")]
    cover_medium: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    cover_xl: Option<String>,
}

impl DeezerAlbum {
    fn art(&self) -> Option<String> {
        filled(self.cover_xl.clone()).or_else(|| filled(self.cover_medium.clone()))
    }
}

impl Listed for DeezerAlbum {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Deezer, Kind::Album, &self.id.0)?;
        let release = Release {
            title: self.title.clone(),
            artists: names(&self.contributors, self.artist.as_ref()),
            upc: filled(self.upc.clone()),
            released: self.release_date.as_deref().and_then(date),
            tracks: self.nb_tracks,
        };
        Some(listing(link, Piece::Album(release), self.art()))
    }
}

#[derive(Deserialize)]
struct DeezerArtist {
    id: Id,
    name: String,
    #[serde(default, deserialize_with = "soft")]
    picture_xl: Option<String>,
}

impl Listed for DeezerArtist {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Deezer, Kind::Artist, &self.id.0)?;
        let artist = Artist {
            name: self.name,
            aliases: Vec::new(),
        };
        Some(listing(
            link,
            Piece::Artist(artist),
            filled(self.picture_xl),
        ))
    }
}

#[derive(Deserialize)]
struct DeezerPlaylist {
    id: Id,
    title: String,
    #[serde(default, deserialize_with = "soft")]
    nb_tracks: Option<u32>,
    #[serde(default, deserialize_with = "soft")]
    picture_xl: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    tracks: Option<Found<DeezerTrack>>,
}

impl Listed for DeezerPlaylist {
    fn listing(self) -> Option<Listing> {
        let link = link(Platform::Deezer, Kind::Playlist, &self.id.0)?;
        let tracks = self.tracks.map(|found| found.data).unwrap_or_default();
        let tracks: Vec<PlaylistTrack> = tracks
            .into_iter()
            .take(PLAYLIST_MAX)
            .map(|track| PlaylistTrack {
                track: track.track(),
                id: Some(track.id.0),
            })
            .collect();
        let total = self.nb_tracks.unwrap_or(0).max(tracks.len() as u32);
        let playlist = Playlist {
            title: self.title,
            tracks,
            total,
        };
        Some(listing(
            link,
            Piece::Playlist(playlist),
            filled(self.picture_xl),
        ))
    }
}

/// Everybody who is credited, the main artist first; a search names the main artist only.
fn names(contributors: &[Named], main: Option<&Named>) -> Vec<String> {
    let credited = contributors.iter().map(|one| one.name.clone());
    let mut names: Vec<String> = main
        .map(|one| one.name.clone())
        .into_iter()
        .chain(credited)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

#[cfg(test)]
mod tests;
