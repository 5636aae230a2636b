//! `music.youtube.com`: the search of the web player, unofficial.

use axum::http::Method;
use music::Platform;
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::exchange::{Ask, Reply};
use super::track::Track;

const COUNT: usize = 20;
/// The filters of songs and of videos.
const SONGS: &str = "EgWKAQIIAW";
const VIDEOS: &str = "EgWKAQIQAW";

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let is_search = ask.method == Method::POST && ask.path == "/youtubei/v1/search";
    let Ok(body) = serde_json::from_str::<Value>(&ask.body) else {
        return Reply::text(400, "text/html", "Bad Request");
    };
    if !is_search || body["context"]["client"]["clientName"] != "WEB_REMIX" {
        return Reply::empty(403);
    }
    let query = body["query"].as_str().unwrap_or_default();
    let filter = body["params"].as_str().unwrap_or_default();
    let (platform, kind) = match filter {
        _ if filter.starts_with(VIDEOS) => (Platform::Youtube, "MUSIC_VIDEO_TYPE_OMV"),
        _ if filter.starts_with(SONGS) => (Platform::YoutubeMusic, "MUSIC_VIDEO_TYPE_ATV"),
        _ => return Reply::json(&json!({"contents": {}})),
    };
    let tracks = Track::search(catalogue, platform, query, COUNT);
    let items: Vec<Value> = tracks.iter().map(|track| item(track, kind)).collect();
    let shelf =
        json!({"musicShelfRenderer": {"title": {"runs": [{"text": "Songs"}]}, "contents": items}});
    let list = json!({"sectionListRenderer": {"contents": [{"itemSectionRenderer": {}}, shelf]}});
    Reply::json(
        &json!({"contents": {"tabbedSearchResultsRenderer": {"tabs": [{"tabRenderer": {"content": list}}]}}}),
    )
}

fn item(track: &Track, kind: &str) -> Value {
    let column = |runs: Value| json!({"musicResponsiveListItemFlexColumnRenderer": {"text": {"runs": runs}}});
    let watch = json!({"watchEndpoint": {
        "videoId": track.id(),
        "watchEndpointMusicSupportedConfigs": {"watchEndpointMusicConfig": {"musicVideoType": kind}},
    }});
    json!({"musicResponsiveListItemRenderer": {
        "playlistItemData": {"videoId": track.id()},
        "flexColumns": [
            column(json!([{"text": track.spelling.bracketed(), "navigationEndpoint": watch}])),
            column(json!(details(track))),
        ],
        "thumbnail": {"musicThumbnailRenderer": {"thumbnail": {"thumbnails": [
            {"url": format!("https://lh3.googleusercontent.com/{}=w120-h120", track.picture()), "width": 120, "height": 120},
        ]}}},
    }})
}

/// Artists, album, length, with bullets between.
fn details(track: &Track) -> Vec<Value> {
    let browse = |id: String| json!({"browseEndpoint": {"browseId": id}});
    let bullet = || json!({"text": " • "});
    let artists = track
        .spelling
        .artists
        .iter()
        .enumerate()
        .flat_map(|(place, name)| {
            let join = (place > 0).then(|| json!({"text": " & "}));
            join.into_iter()
                .chain([json!({"text": name, "navigationEndpoint": browse(track.artist_id())})])
        });
    let seconds = track.length_s();
    let rest = [
        bullet(),
        json!({"text": track.album_title(), "navigationEndpoint": browse(track.album_id())}),
        bullet(),
        json!({"text": format!("{}:{:02}", seconds / 60, seconds % 60)}),
    ];
    artists.chain(rest).collect()
}
