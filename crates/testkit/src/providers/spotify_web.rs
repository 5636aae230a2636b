//! `accounts.spotify.com` and `api.spotify.com`: the Web API for whoever has a client id and secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, Group, GroupKind};
use super::exchange::{Ask, Reply};
use super::keys;
use super::track::Track;

const HERE: Platform = Platform::Spotify;
const LIMIT_MAX: usize = 10;
/// The id of the one playlist.
pub(super) const PLAYLIST: &str = "37i9dQFixture000000000";

/// Seconds that a token lasts.
const TOKEN_LASTS_S: u32 = 3600;

/// Client id and secret for a token.
pub(super) fn accounts(ask: &Ask, _: &Catalogue) -> Reply {
    token(ask)
}

/// `POST` of `grant_type=client_credentials` with HTTP Basic, as Spotify and Tidal take it.
pub(super) fn token(ask: &Ask) -> Reply {
    let (id, secret) = keys::CLIENT;
    let expected = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let grant = ask
        .form()
        .into_iter()
        .any(|(name, value)| name == "grant_type" && value == "client_credentials");
    if ask.method != axum::http::Method::POST || !grant {
        return Reply::with_json(400, &json!({"error": "unsupported_grant_type"}));
    }
    if ask.header("authorization") != Some(expected.as_str()) {
        return Reply::with_json(
            400,
            &json!({"error": "invalid_client", "error_description": "Invalid client"}),
        );
    }
    Reply::json(
        &json!({"access_token": keys::ACCESS_TOKEN, "token_type": "Bearer", "expires_in": TOKEN_LASTS_S}),
    )
}

/// Whether the request carries the token that [`token`] gives.
pub(super) fn has_token(ask: &Ask) -> bool {
    let bearer = ask
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    bearer == Some(keys::ACCESS_TOKEN)
}

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if !has_token(ask) {
        return error(401, "No token provided");
    }
    let parts = ask.parts();
    let found = match parts.as_slice() {
        ["v1", "tracks", id] => Track::find(catalogue, HERE, id).map(|track| track_value(&track)),
        ["v1", "albums", id] => catalogue
            .group(GroupKind::Album, HERE, id)
            .map(|group| album_value(catalogue, group)),
        ["v1", "artists", id] => catalogue
            .group(GroupKind::Artist, HERE, id)
            .map(artist_value),
        ["v1", "playlists", PLAYLIST] => Some(playlist(catalogue)),
        ["v1", "playlists", PLAYLIST, "tracks" | "items"] => {
            Some(playlist(catalogue)["tracks"].clone())
        }
        ["v1", "search"] if ask.count("limit", 5, usize::MAX) > LIMIT_MAX => {
            return error(400, "Invalid limit");
        }
        ["v1", "search"] => Some(search(ask, catalogue)),
        _ => None,
    };
    match found {
        Some(value) => Reply::json(&value),
        None => error(404, "Resource not found"),
    }
}

fn error(status: u16, message: &str) -> Reply {
    Reply::with_json(
        status,
        &json!({"error": {"status": status, "message": message}}),
    )
}

fn search(ask: &Ask, catalogue: &Catalogue) -> Value {
    let query = ask.param("q").unwrap_or_default();
    let count = ask.count("limit", 5, LIMIT_MAX);
    let mut value = json!({});
    for kind in ask.param("type").unwrap_or_default().split(',') {
        let items: Vec<Value> = match kind {
            "track" => tracks(catalogue, query, count)
                .iter()
                .map(track_value)
                .collect(),
            "album" => albums(catalogue, query, count),
            "artist" => {
                let found = catalogue
                    .search_groups(GroupKind::Artist, HERE, &words(query), count)
                    .into_iter();
                found.map(artist_value).collect()
            }
            _ => Vec::new(),
        };
        value[format!("{kind}s")] = json!({"items": items, "limit": count, "offset": 0, "total": items.len(), "next": null});
    }
    value
}

fn tracks<'c>(catalogue: &'c Catalogue, query: &str, count: usize) -> Vec<Track<'c>> {
    match query.trim().strip_prefix("isrc:") {
        Some(code) => Track::with_isrc(catalogue, HERE, code.trim_matches('"')),
        None => Track::search(catalogue, HERE, &words(query), count),
    }
}

fn albums(catalogue: &Catalogue, query: &str, count: usize) -> Vec<Value> {
    let found = match query.trim().strip_prefix("upc:") {
        Some(code) => {
            let is_it = |group: &&Group| {
                group.kind == GroupKind::Album && group.upc == code.trim_matches('"')
            };
            catalogue.groups.iter().filter(is_it).collect()
        }
        None => catalogue.search_groups(GroupKind::Album, HERE, &words(query), count),
    };
    found
        .into_iter()
        .map(|group| album_value(catalogue, group))
        .collect()
}

/// A query without the names of its fields.
fn words(query: &str) -> String {
    ["track:", "artist:", "album:"]
        .iter()
        .fold(query.to_owned(), |text, field| text.replace(field, " "))
}

fn track_value(track: &Track) -> Value {
    let id = track.id();
    let artists: Value = track
        .spelling
        .artists
        .iter()
        .map(|name| json!({"name": name, "type": "artist"}))
        .collect();
    let codes = track
        .isrc()
        .map_or_else(|| json!({}), |code| json!({"isrc": code}));
    json!({
        "id": id, "name": track.spelling.dashed(), "uri": format!("spotify:track:{id}"), "type": "track",
        "duration_ms": track.length_ms(), "explicit": track.recording.explicit == Some(true), "is_local": false,
        "is_playable": track.popularity() > 2, "track_number": 3, "disc_number": 1, "preview_url": null,
        "external_ids": codes, "external_urls": {"spotify": format!("https://open.spotify.com/track/{id}")},
        "artists": artists,
        "album": {
            "id": track.album_id(), "name": track.album_title(), "album_type": "album",
            "release_date": track.released(), "release_date_precision": "day",
            "images": [{"url": format!("https://i.scdn.co/image/{}", track.picture()), "width": 640, "height": 640}],
        },
    })
}

fn album_value(catalogue: &Catalogue, group: &Group) -> Value {
    let id = &group.ids[&HERE];
    let tracks = Track::of_group(catalogue, HERE, group);
    json!({
        "id": id, "name": group.title, "type": "album", "album_type": "album", "total_tracks": tracks.len(),
        "artists": [{"name": group.artist, "type": "artist"}], "external_ids": {"upc": group.upc},
        "release_date": tracks.first().map(Track::released), "release_date_precision": "day",
        "images": [{"url": "https://i.scdn.co/image/group", "width": 640, "height": 640}],
        "external_urls": {"spotify": format!("https://open.spotify.com/album/{id}")},
    })
}

fn artist_value(group: &Group) -> Value {
    let id = &group.ids[&HERE];
    json!({
        "id": id, "name": group.title, "type": "artist", "popularity": 40, "genres": [],
        "images": [{"url": "https://i.scdn.co/image/artist", "width": 640, "height": 640}],
        "external_urls": {"spotify": format!("https://open.spotify.com/artist/{id}")},
    })
}

fn playlist(catalogue: &Catalogue) -> Value {
    let items: Vec<Value> = Track::of_playlist(catalogue, HERE)
        .iter()
        .map(|track| json!({"track": track_value(track), "is_local": false}))
        .collect();
    json!({
        "id": PLAYLIST, "name": "Evenings", "type": "playlist", "owner": {"id": "somebody"},
        "images": [{"url": "https://mosaic.scdn.co/640/playlist", "width": 640, "height": 640}],
        "tracks": {"items": items, "total": items.len(), "limit": 100, "offset": 0, "next": null},
    })
}
