//! Apple: the iTunes Search API without a key, and the Apple Music API with a developer token.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, Group, GroupKind};
use super::exchange::{Ask, Reply};
use super::keys;
use super::track::Track;

const HERE: Platform = Platform::AppleMusic;
const LIMIT_MAX: usize = 200;
/// How many codes one question may hold.
const CODES_MAX: usize = 25;
/// The id of the one playlist.
const PLAYLIST: &str = "pl.0123456789abcdef0123456789abcdef";

/// `itunes.apple.com`: JSON that calls itself JavaScript.
pub(super) fn itunes(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let results = match ask.path.as_str() {
        "/lookup" => lookup(ask, catalogue),
        "/search" => search(ask, catalogue),
        _ => return Reply::text(404, "text/html", "<html></html>"),
    };
    let text = json!({"resultCount": results.len(), "results": results}).to_string();
    Reply::text(
        200,
        "text/javascript; charset=utf-8",
        &format!("\n\n\n{text}\n\n\n"),
    )
}

fn lookup(ask: &Ask, catalogue: &Catalogue) -> Vec<Value> {
    if let Some(code) = ask.param("upc") {
        let mut albums = catalogue
            .groups
            .iter()
            .filter(|group| group.kind == GroupKind::Album);
        let found = albums.find(|group| group.upc == code);
        return found
            .map(|group| collection(catalogue, group, ask))
            .unwrap_or_default();
    }
    let ids = ask
        .param("id")
        .unwrap_or_default()
        .split(',')
        .take(LIMIT_MAX);
    ids.flat_map(|id| by_id(ask, catalogue, id)).collect()
}

fn by_id(ask: &Ask, catalogue: &Catalogue, id: &str) -> Vec<Value> {
    if let Some(track) = Track::find(catalogue, HERE, id) {
        return vec![song(&track)];
    }
    if let Some(group) = catalogue.group(GroupKind::Album, HERE, id) {
        return collection(catalogue, group, ask);
    }
    catalogue
        .group(GroupKind::Artist, HERE, id)
        .map(artist)
        .into_iter()
        .collect()
}

/// The album first, then its songs if they are asked for.
fn collection(catalogue: &Catalogue, group: &Group, ask: &Ask) -> Vec<Value> {
    let tracks = Track::of_group(catalogue, HERE, group);
    let album = std::iter::once(album(group, &tracks));
    match ask.param("entity") {
        Some("song") => album.chain(tracks.iter().map(song)).collect(),
        _ => album.collect(),
    }
}

fn search(ask: &Ask, catalogue: &Catalogue) -> Vec<Value> {
    let term = ask.param("term").unwrap_or_default();
    let count = ask.count("limit", 50, LIMIT_MAX);
    match ask.param("entity") {
        Some("album") => {
            let groups = catalogue
                .search_groups(GroupKind::Album, HERE, term, count)
                .into_iter();
            groups
                .map(|group| album(group, &Track::of_group(catalogue, HERE, group)))
                .collect()
        }
        Some("musicArtist") => catalogue
            .search_groups(GroupKind::Artist, HERE, term, count)
            .into_iter()
            .map(artist)
            .collect(),
        _ => Track::search(catalogue, HERE, term, count)
            .iter()
            .map(song)
            .collect(),
    }
}

fn song(track: &Track) -> Value {
    let (id, album) = (track.id(), track.album_id());
    let title = track.spelling.bracketed();
    json!({
        "wrapperType": "track", "kind": "song", "artistId": decimal(&track.artist_id()), "collectionId": decimal(&album),
        "trackId": track.number(), "artistName": track.spelling.artist_line(), "collectionName": track.album_title(),
        "trackName": title, "collectionCensoredName": track.album_title(), "trackCensoredName": title,
        "trackViewUrl": format!("https://music.apple.com/us/album/a-slug/{album}?i={id}&uo=4"),
        "previewUrl": "https://audio-ssl.itunes.apple.com/x.m4a", "artworkUrl100": picture(track, "100x100bb"),
        "releaseDate": format!("{}T12:00:00Z", track.released()), "discNumber": 1, "trackNumber": 3,
        "trackExplicitness": explicitness(track), "collectionExplicitness": "notExplicit",
        "trackTimeMillis": track.length_ms(), "country": "USA", "currency": "USD", "primaryGenreName": "Pop",
        "isStreamable": track.popularity() > 2,
    })
}

fn explicitness(track: &Track) -> &'static str {
    match track.recording.explicit {
        Some(true) => "explicit",
        Some(false) => "cleaned",
        None => "notExplicit",
    }
}

fn album(group: &Group, tracks: &[Track]) -> Value {
    let id = &group.ids[&HERE];
    json!({
        "wrapperType": "collection", "collectionType": "Album", "artistId": 11, "collectionId": decimal(id),
        "artistName": group.artist, "collectionName": group.title, "trackCount": tracks.len(),
        "collectionViewUrl": format!("https://music.apple.com/us/album/a-slug/{id}?uo=4"),
        "artworkUrl100": tracks.first().map(|track| picture(track, "100x100bb")),
        "releaseDate": tracks.first().map(|track| format!("{}T12:00:00Z", track.released())),
        "collectionExplicitness": "notExplicit", "country": "USA", "primaryGenreName": "Pop",
    })
}

fn artist(group: &Group) -> Value {
    let id = &group.ids[&HERE];
    json!({
        "wrapperType": "artist", "artistType": "Artist", "artistName": group.title, "artistId": decimal(id),
        "artistLinkUrl": format!("https://music.apple.com/us/artist/a-slug/{id}?uo=4"), "primaryGenreName": "Pop",
    })
}

/// `api.music.apple.com`.
pub(super) fn music(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let expected = format!("Bearer {}", keys::APPLE);
    let is_known = ask.header("authorization") == Some(expected.as_str());
    if !is_known {
        return Reply::empty(401);
    }
    let parts = ask.parts();
    let ["v1", "catalog", _storefront, rest @ ..] = parts.as_slice() else {
        return Reply::empty(404);
    };
    match rest {
        ["songs", id] => one(Track::find(catalogue, HERE, id).map(|track| song_resource(&track))),
        ["songs"] => many(&songs(ask, catalogue)),
        ["albums", id] => one(catalogue
            .group(GroupKind::Album, HERE, id)
            .map(|group| album_resource(catalogue, group))),
        ["albums"] => many(&albums(ask, catalogue)),
        ["artists", id] => one(catalogue
            .group(GroupKind::Artist, HERE, id)
            .map(artist_resource)),
        ["playlists", PLAYLIST] => one(Some(playlist_resource(catalogue))),
        ["search"] => {
            Reply::json(&json!({"results": search_resources(ask, catalogue), "meta": {}}))
        }
        _ => one(None),
    }
}

fn one(found: Option<Value>) -> Reply {
    match found {
        Some(resource) => Reply::json(&json!({"data": [resource]})),
        None => {
            let error =
                json!({"id": "X", "title": "Resource Not Found", "status": "404", "code": "40400"});
            Reply::with_json(404, &json!({"errors": [error]}))
        }
    }
}

fn many(found: &[Value]) -> Reply {
    Reply::json(&json!({"data": found}))
}

fn songs(ask: &Ask, catalogue: &Catalogue) -> Vec<Value> {
    if let Some(id) = ask.param("filter[equivalents]") {
        return Track::find(catalogue, HERE, id)
            .iter()
            .map(song_resource)
            .collect();
    }
    let codes = ask
        .param("filter[isrc]")
        .unwrap_or_default()
        .split(',')
        .take(CODES_MAX);
    let tracks = codes.flat_map(|code| Track::with_isrc(catalogue, HERE, code));
    tracks.map(|track| song_resource(&track)).collect()
}

fn albums(ask: &Ask, catalogue: &Catalogue) -> Vec<Value> {
    let code = ask.param("filter[upc]").unwrap_or_default();
    let found = catalogue
        .groups
        .iter()
        .filter(|group| group.kind == GroupKind::Album && group.upc == code);
    found
        .map(|group| album_resource(catalogue, group))
        .collect()
}

fn search_resources(ask: &Ask, catalogue: &Catalogue) -> Value {
    let term = ask.param("term").unwrap_or_default();
    let count = ask.count("limit", 5, 25);
    let mut results = json!({});
    for kind in ask.param("types").unwrap_or_default().split(',') {
        let data: Vec<Value> = match kind {
            "songs" => Track::search(catalogue, HERE, term, count)
                .iter()
                .map(song_resource)
                .collect(),
            "albums" => {
                let groups = catalogue
                    .search_groups(GroupKind::Album, HERE, term, count)
                    .into_iter();
                groups
                    .map(|group| album_resource(catalogue, group))
                    .collect()
            }
            "artists" => {
                let groups = catalogue
                    .search_groups(GroupKind::Artist, HERE, term, count)
                    .into_iter();
                groups.map(artist_resource).collect()
            }
            _ => Vec::new(),
        };
        // A kind without results is left out.
        if !data.is_empty() {
            results[kind] = json!({"href": "/v1/catalog/us/search", "data": data});
        }
    }
    results
}

fn song_resource(track: &Track) -> Value {
    let (id, album) = (track.id(), track.album_id());
    let mut attributes = json!({
        "name": track.spelling.bracketed(), "artistName": track.spelling.artist_line(), "albumName": track.album_title(),
        "durationInMillis": track.length_ms(), "releaseDate": track.released(), "genreNames": ["Pop"],
        "url": format!("https://music.apple.com/us/album/a-slug/{album}?i={id}"),
        "artwork": {"url": picture(track, "{w}x{h}bb"), "width": 3000, "height": 3000},
        "previews": [{"url": "https://audio-ssl.itunes.apple.com/x.m4a"}], "trackNumber": 3, "discNumber": 1,
    });
    if track.popularity() > 2 {
        attributes["playParams"] = json!({"id": id, "kind": "song"});
    }
    if let Some(code) = track.isrc() {
        attributes["isrc"] = json!(code);
    }
    if let Some(explicit) = track.recording.explicit {
        attributes["contentRating"] = json!(if explicit { "explicit" } else { "clean" });
    }
    json!({"id": id, "type": "songs", "href": format!("/v1/catalog/us/songs/{id}"), "attributes": attributes})
}

fn album_resource(catalogue: &Catalogue, group: &Group) -> Value {
    let id = &group.ids[&HERE];
    let tracks = Track::of_group(catalogue, HERE, group);
    json!({"id": id, "type": "albums", "href": format!("/v1/catalog/us/albums/{id}"), "attributes": {
        "name": group.title, "artistName": group.artist, "upc": group.upc, "trackCount": tracks.len(),
        "releaseDate": tracks.first().map(Track::released), "url": format!("https://music.apple.com/us/album/a-slug/{id}"),
        "playParams": {"id": id, "kind": "album"},
        "artwork": {"url": tracks.first().map(|track| picture(track, "{w}x{h}bb")), "width": 3000, "height": 3000},
    }})
}

fn artist_resource(group: &Group) -> Value {
    let id = &group.ids[&HERE];
    json!({"id": id, "type": "artists", "href": format!("/v1/catalog/us/artists/{id}"), "attributes": {
        "name": group.title, "genreNames": ["Pop"], "url": format!("https://music.apple.com/us/artist/a-slug/{id}"),
    }})
}

fn playlist_resource(catalogue: &Catalogue) -> Value {
    let tracks: Vec<Value> = Track::of_playlist(catalogue, HERE)
        .iter()
        .map(song_resource)
        .collect();
    json!({"id": PLAYLIST, "type": "playlists", "href": format!("/v1/catalog/us/playlists/{PLAYLIST}"),
        "attributes": {"name": "Evenings", "curatorName": "somebody"},
        "relationships": {"tracks": {"data": tracks}}})
}

fn picture(track: &Track, size: &str) -> String {
    format!(
        "https://is1-ssl.mzstatic.com/image/thumb/{}/{size}.jpg",
        track.picture()
    )
}

fn decimal(id: &str) -> u64 {
    id.parse().unwrap_or(0)
}
