//! YouTube Music's own search, as its web page uses it. Unofficial: it may change without notice. No key.

use std::time::Duration;

use music::{Kind, Listing, Piece, Platform, Track};
use serde::Deserialize;
use serde_json::{Value, json as value};

use super::read::{filled, json, list};
use super::{Asking, Provider, link, listing, search_text};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "music.youtube.com";
const ORIGIN: &str = "https://music.youtube.com";
const CLIENT_VERSION: &str = "1.20261101.01.00";
/// Its filter for songs.
const SONGS: &str = "EgWKAQIIAWoMEA4QChADEAQQCRAF";
const SHELVES: &str =
    "/contents/tabbedSearchResultsRenderer/tabs/0/tabRenderer/content/sectionListRenderer/contents";
const TYPE: &str =
    "/watchEndpoint/watchEndpointMusicSupportedConfigs/watchEndpointMusicConfig/musicVideoType";

pub(super) struct YoutubeMusicWeb;

impl Provider for YoutubeMusicWeb {
    fn answers(&self, question: &Question) -> bool {
        matches!(question, Question::Search(piece @ Piece::Track(_)) if search_text(piece).is_some())
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let Question::Search(piece) = question else {
                return Err(Failure::Unsupported);
            };
            let body = value!({
                "context": {
                    "client": {"clientName": "WEB_REMIX", "clientVersion": CLIENT_VERSION, "hl": "en", "gl": "US"},
                    "user": {}
                },
                "query": search_text(piece).ok_or(Failure::Unsupported)?,
                "params": SONGS
            });
            let request = Request::get(HOST, &["youtubei", "v1", "search"]).query("alt", "json");
            let reply = line
                .fetch(request.header("origin", ORIGIN).json(&body))
                .await?;
            let page: Value = json(&reply)?.ok_or(Failure::BadAnswer)?;
            let shelves = page
                .pointer(SHELVES)
                .and_then(Value::as_array)
                .ok_or(Failure::BadAnswer)?;
            let rows = shelves
                .iter()
                .filter_map(|shelf| shelf.pointer("/musicShelfRenderer/contents")?.as_array());
            let mut songs: Vec<(bool, Listing)> = rows.flatten().filter_map(song).collect();
            // Album tracks first; videos and what users uploaded after them.
            songs.sort_by_key(|(is_album_track, _)| !is_album_track);
            Ok(songs.into_iter().map(|(_, listing)| listing).collect())
        })
    }
}

fn song(row: &Value) -> Option<(bool, Listing)> {
    let row = row.get("musicResponsiveListItemRenderer")?;
    let own = link(
        Platform::YoutubeMusic,
        Kind::Track,
        row.pointer("/playlistItemData/videoId")?.as_str()?,
    )?;
    let columns: Vec<Column> = Columns::deserialize(row).ok()?.flex_columns;
    let title = filled(Some(columns.first()?.runs().first()?.text.clone()))?;
    let about = columns.get(1).map(Column::runs).unwrap_or_default();
    let named = |prefix: &str| {
        about
            .iter()
            .filter(move |run| run.browse_id().starts_with(prefix))
            .collect::<Vec<_>>()
    };
    let track = Track {
        title,
        artists: named("UC")
            .into_iter()
            .map(|run| run.text.clone())
            .collect(),
        album: named("MPREb_").first().map(|run| run.text.clone()),
        duration: about.iter().rev().find_map(|run| clock(&run.text)),
        ..Track::default()
    };
    let is_album_track = find(row, "watchEndpoint")
        .and_then(|endpoint| {
            value!({"watchEndpoint": endpoint})
                .pointer(TYPE)?
                .as_str()
                .map(str::to_owned)
        })
        .is_some_and(|kind| kind == "MUSIC_VIDEO_TYPE_ATV");
    Some((is_album_track, listing(own, Piece::Track(track), None)))
}

/// The first value of this name, wherever it stands.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(fields) => fields
            .get(name)
            .or_else(|| fields.values().find_map(|field| find(field, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

/// `3:34` or `1:02:03`.
fn clock(text: &str) -> Option<Duration> {
    let parts: Vec<u64> = text
        .split(':')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let is_clock = matches!(parts.len(), 2 | 3) && parts.iter().all(|part| *part < 1_000);
    is_clock.then(|| Duration::from_secs(parts.iter().fold(0, |sum, part| sum * 60 + part)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Columns {
    #[serde(default, deserialize_with = "list")]
    flex_columns: Vec<Column>,
}

#[derive(Deserialize)]
struct Column {
    #[serde(rename = "musicResponsiveListItemFlexColumnRenderer")]
    inner: Inner,
}

impl Column {
    fn runs(&self) -> &[Run] {
        &self.inner.text.runs
    }
}

#[derive(Deserialize)]
struct Inner {
    text: Text,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default, deserialize_with = "list")]
    runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    text: String,
    #[serde(default)]
    navigation_endpoint: Value,
}

impl Run {
    fn browse_id(&self) -> &str {
        let id = self.navigation_endpoint.pointer("/browseEndpoint/browseId");
        id.and_then(Value::as_str).unwrap_or("")
    }
}

#[cfg(test)]
mod tests;
