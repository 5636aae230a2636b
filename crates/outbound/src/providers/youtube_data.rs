//! The YouTube Data API, with the operator's key. Searches are counted apart: 100 a day.

use base::Secret;
use music::{Artist, Kind, Link, Listing, Piece, Platform, Playlist, PlaylistTrack, Track};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::read::{date, filled, iso_duration, json, list, soft};
use super::{Asking, CANDIDATES, PLAYLIST_MAX, Provider, link, listing, search_text, video_title};
use crate::desk::{Lane, Line};
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "www.googleapis.com";
/// Items of a playlist that one call gives.
const PAGE: &str = "50";
/// YouTube's category "Music".
const MUSIC: &str = "10";
/// How the description of official audio begins.
const PROVIDED: &str = "Provided to YouTube by";

pub(super) struct YoutubeData {
    pub(super) key: Secret<String>,
}

impl Provider for YoutubeData {
    fn answers(&self, question: &Question) -> bool {
        match question {
            Question::Lookup(link) => {
                matches!(link.platform(), Platform::Youtube | Platform::YoutubeMusic)
                    && matches!(link.kind(), Kind::Track | Kind::Artist | Kind::Playlist)
            }
            Question::Search(piece) => {
                matches!(piece.kind(), Kind::Track | Kind::Artist) && search_text(piece).is_some()
            }
            Question::Isrc(_) | Question::Upc(_) | Question::Linked(_) => false,
        }
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            match question {
                Question::Lookup(link) => self.lookup(link, line).await,
                Question::Search(piece) => self.search(piece, line).await,
                _ => Err(Failure::Unsupported),
            }
        })
    }
}

impl YoutubeData {
    async fn lookup(&self, link: &Link, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
        match link.kind() {
            Kind::Track => self.videos(link.platform(), link.id(), line).await,
            Kind::Artist => {
                let by = if link.id().starts_with('@') {
                    "forHandle"
                } else {
                    "id"
                };
                let request = self.request("channels", "snippet").query(by, link.id());
                let found: Items<Channel> = get(Lane::Usual, request, line).await?;
                let first = found.items.into_iter().next();
                Ok(first
                    .and_then(|channel| channel.snippet.artist(link.clone()))
                    .into_iter()
                    .collect())
            }
            Kind::Playlist => self.playlist(link, line).await,
            Kind::Album | Kind::Short => Err(Failure::Unsupported),
        }
    }

    async fn search(&self, piece: &Piece, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
        let text = search_text(piece).ok_or(Failure::Unsupported)?;
        let request = self
            .request("search", "snippet")
            .query("maxResults", CANDIDATES)
            .query("q", &text);
        if piece.kind() == Kind::Artist {
            let found: Items<Hit> =
                get(Lane::Scarce, request.query("type", "channel"), line).await?;
            let channels = found.items.into_iter().filter_map(|hit| {
                let own = link(Platform::Youtube, Kind::Artist, &hit.id.channel_id?)?;
                hit.snippet?.artist(own)
            });
            return Ok(channels.collect());
        }
        let request = request
            .query("type", "video")
            .query("videoCategoryId", MUSIC);
        let found: Items<Hit> = get(Lane::Scarce, request, line).await?;
        let ids: Vec<String> = found
            .items
            .into_iter()
            .filter_map(|hit| hit.id.video_id)
            .collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        // A search does not say how long they are; this call is cheap.
        self.videos(Platform::Youtube, &ids.join(","), line).await
    }

    async fn videos(
        &self,
        platform: Platform,
        ids: &str,
        line: &Line<'_>,
    ) -> Result<Vec<Listing>, Failure> {
        let request = self
            .request("videos", "snippet,contentDetails")
            .query("id", ids);
        let found: Items<Video> = get(Lane::Usual, request, line).await?;
        Ok(found
            .items
            .into_iter()
            .filter_map(|video| video.listing(platform))
            .collect())
    }

    async fn playlist(&self, asked: &Link, line: &Line<'_>) -> Result<Vec<Listing>, Failure> {
        let request = self
            .request("playlists", "snippet,contentDetails")
            .query("id", asked.id());
        let found: Items<List> = get(Lane::Usual, request, line).await?;
        let Some(head) = found.items.into_iter().next() else {
            return Ok(Vec::new());
        };
        let mut tracks = Vec::new();
        let mut page = Some(String::new());
        while let Some(token) = page.filter(|_| tracks.len() < PLAYLIST_MAX) {
            let mut request = self
                .request("playlistItems", "snippet")
                .query("playlistId", asked.id());
            request = request.query("maxResults", PAGE);
            if !token.is_empty() {
                request = request.query("pageToken", &token);
            }
            let found: Items<Entry> = get(Lane::Usual, request, line).await?;
            page = found.next_page_token.filter(|_| !found.items.is_empty());
            tracks.extend(found.items.into_iter().filter_map(Entry::track));
        }
        tracks.truncate(PLAYLIST_MAX);
        let total = head
            .content_details
            .and_then(|details| details.item_count)
            .unwrap_or(0);
        let art = head.snippet.art();
        let playlist = Playlist {
            title: head.snippet.title,
            total: total.max(tracks.len() as u32),
            tracks,
        };
        Ok(vec![listing(asked.clone(), Piece::Playlist(playlist), art)])
    }

    fn request(&self, call: &str, part: &str) -> Request {
        let request = Request::get(HOST, &["youtube", "v3", call]);
        request.query("key", self.key.expose()).query("part", part)
    }
}

async fn get<T: DeserializeOwned>(
    lane: Lane,
    request: Request,
    line: &Line<'_>,
) -> Result<Items<T>, Failure> {
    let reply = line.fetch_in(lane, request).await?;
    Ok(json(&reply)?.unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned", rename_all = "camelCase")]
struct Items<T> {
    #[serde(default, deserialize_with = "list")]
    items: Vec<T>,
    #[serde(default, deserialize_with = "soft")]
    next_page_token: Option<String>,
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            next_page_token: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Snippet {
    title: String,
    #[serde(default, deserialize_with = "soft")]
    channel_title: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    video_owner_channel_title: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    description: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    resource_id: Option<HitId>,
    #[serde(default, deserialize_with = "soft")]
    thumbnails: Option<Thumbnails>,
}

#[derive(Deserialize)]
struct Thumbnails {
    #[serde(default, deserialize_with = "soft")]
    high: Option<Thumbnail>,
    #[serde(default, deserialize_with = "soft")]
    medium: Option<Thumbnail>,
}

#[derive(Deserialize)]
struct Thumbnail {
    url: String,
}

impl Snippet {
    fn art(&self) -> Option<String> {
        let pictures = self.thumbnails.as_ref()?;
        let picture = pictures.high.as_ref().or(pictures.medium.as_ref())?;
        Some(picture.url.clone())
    }

    fn artist(self, own: Link) -> Option<Listing> {
        let art = self.art();
        let artist = Artist {
            name: filled(Some(video_title::artist_channel(&self.title)))?,
            aliases: Vec::new(),
        };
        Some(listing(own, Piece::Artist(artist), art))
    }

    fn track(&self) -> Track {
        let description = self.description.as_deref().unwrap_or("");
        match provided(description) {
            Some(track) => track,
            None => video_title::track(&self.title, self.channel_title.as_deref().unwrap_or("")),
        }
    }
}

/// The description of official audio: who provides it, `Title · Artist · Artist`, the album, the rest.
fn provided(description: &str) -> Option<Track> {
    let mut lines = description
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.next().filter(|line| line.starts_with(PROVIDED))?;
    let mut names = lines.next()?.split(" \u{b7} ");
    let title = filled(names.next().map(str::to_owned))?;
    let artists: Vec<String> = names.map(str::to_owned).collect();
    let album = lines
        .next()
        .filter(|line| !line.starts_with('\u{2117}'))
        .map(str::to_owned);
    Some(Track {
        title,
        artists,
        album,
        released: lines
            .find_map(|line| line.strip_prefix("Released on: "))
            .and_then(date),
        ..Track::default()
    })
}

#[derive(Deserialize)]
struct Channel {
    snippet: Snippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(default, deserialize_with = "soft")]
    duration: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    item_count: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    snippet: Snippet,
    #[serde(default, deserialize_with = "soft")]
    content_details: Option<Details>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Video {
    id: String,
    snippet: Snippet,
    #[serde(default, deserialize_with = "soft")]
    content_details: Option<Details>,
}

impl Video {
    fn listing(self, platform: Platform) -> Option<Listing> {
        let own = link(platform, Kind::Track, &self.id)?;
        let duration = self.content_details.and_then(|details| details.duration);
        let track = Track {
            duration: duration
                .as_deref()
                .and_then(iso_duration)
                .filter(|span| !span.is_zero()),
            ..self.snippet.track()
        };
        Some(listing(own, Piece::Track(track), self.snippet.art()))
    }
}

#[derive(Deserialize)]
struct Hit {
    id: HitId,
    #[serde(default, deserialize_with = "soft")]
    snippet: Option<Snippet>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HitId {
    #[serde(default, deserialize_with = "soft")]
    video_id: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    channel_id: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    snippet: Snippet,
}

impl Entry {
    /// Deleted and private videos have no owner any more.
    fn track(self) -> Option<PlaylistTrack> {
        let owner = self.snippet.video_owner_channel_title.as_deref()?;
        Some(PlaylistTrack {
            track: video_title::track(&self.snippet.title, owner),
            id: self.snippet.resource_id.and_then(|id| id.video_id),
        })
    }
}

#[cfg(test)]
mod tests;
