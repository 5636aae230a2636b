//! `api.deezer.com`: no key, errors with status 200.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, Group, GroupKind};
use super::exchange::{Ask, Reply};
use super::track::Track;

const HERE: Platform = Platform::Deezer;

/// The id of the one playlist.
const PLAYLIST: &str = "9000000001";

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let parts = ask.parts();
    let found = match parts.as_slice() {
        ["track", id] => by_id(catalogue, id),
        ["album", id] => album(catalogue, id),
        ["artist", id] => catalogue
            .group(GroupKind::Artist, HERE, id)
            .map(artist_value),
        ["playlist", PLAYLIST] => Some(playlist(catalogue)),
        ["playlist", PLAYLIST, "tracks"] => Some(page(
            ask,
            &tracks(&Track::of_playlist(catalogue, HERE), false),
        )),
        ["search"] | ["search", "track"] => Some(page(ask, &search(ask, catalogue))),
        ["search", "album"] => Some(page(ask, &search_groups(ask, catalogue, GroupKind::Album))),
        ["search", "artist"] => Some(page(ask, &search_groups(ask, catalogue, GroupKind::Artist))),
        _ => {
            return Reply::json(&error(
                "InvalidQueryException",
                "Unknown path components",
                600,
            ));
        }
    };
    let missing = || error("DataException", "no data", 800);
    Reply::json(&found.unwrap_or_else(missing))
}

fn error(kind: &str, message: &str, code: u16) -> Value {
    json!({"error": {"type": kind, "message": message, "code": code}})
}

fn by_id(catalogue: &Catalogue, id: &str) -> Option<Value> {
    let track = match id.strip_prefix("isrc:") {
        Some(code) => Track::with_isrc(catalogue, HERE, code).into_iter().next()?,
        None => Track::find(catalogue, HERE, id)?,
    };
    Some(track_value(&track, true))
}

fn album(catalogue: &Catalogue, id: &str) -> Option<Value> {
    let group = match id.strip_prefix("upc:") {
        Some(code) => catalogue
            .groups
            .iter()
            .find(|group| group.kind == GroupKind::Album && group.upc == code)?,
        None => catalogue.group(GroupKind::Album, HERE, id)?,
    };
    let listed = Track::of_group(catalogue, HERE, group);
    let mut value = album_value(group, &listed);
    value["tracks"] = json!({"data": tracks(&listed, false)});
    value["contributors"] = json!([{"id": 1, "name": group.artist, "role": "Main"}]);
    Some(value)
}

fn playlist(catalogue: &Catalogue) -> Value {
    let listed = Track::of_playlist(catalogue, HERE);
    json!({
        "id": number(PLAYLIST), "title": "Evenings", "nb_tracks": listed.len(), "public": true,
        "link": format!("https://www.deezer.com/playlist/{PLAYLIST}"),
        "picture_xl": picture("playlist", 1000), "creator": {"id": 5, "name": "somebody"}, "type": "playlist",
        "tracks": {"data": tracks(&listed, false), "checksum": "0"},
    })
}

fn tracks(listed: &[Track], is_whole: bool) -> Vec<Value> {
    listed
        .iter()
        .map(|track| track_value(track, is_whole))
        .collect()
}

fn search(ask: &Ask, catalogue: &Catalogue) -> Vec<Value> {
    let (words, [least, most]) = query(ask.param("q").unwrap_or_default());
    let count = ask.count("limit", 25, 100);
    let found = Track::search(catalogue, HERE, &words, count);
    let fits = |track: &&Track| (least..=most).contains(&track.length_s());
    found
        .iter()
        .filter(fits)
        .map(|track| track_value(track, false))
        .collect()
}

/// The words of `artist:"A" track:"T" dur_min:200`, and the bounds of the duration.
fn query(text: &str) -> (String, [u64; 2]) {
    let mut bounds = [0, u64::MAX];
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        match word.split_once(':') {
            Some(("dur_min", seconds)) => bounds[0] = seconds.parse().unwrap_or(0),
            Some(("dur_max", seconds)) => bounds[1] = seconds.parse().unwrap_or(u64::MAX),
            Some(("artist" | "track" | "album" | "label", rest)) => words.push(rest),
            _ => words.push(word),
        }
    }
    (words.join(" "), bounds)
}

fn search_groups(ask: &Ask, catalogue: &Catalogue, kind: GroupKind) -> Vec<Value> {
    let (words, _) = query(ask.param("q").unwrap_or_default());
    let groups = catalogue.search_groups(kind, HERE, &words, ask.count("limit", 25, 100));
    let values = groups.into_iter().map(|group| match kind {
        GroupKind::Album => album_value(group, &Track::of_group(catalogue, HERE, group)),
        GroupKind::Artist => artist_value(group),
    });
    values.collect()
}

fn page(ask: &Ask, data: &[Value]) -> Value {
    let total = data.len();
    let next = format!("https://api.deezer.com{}?index=25", ask.path);
    match total {
        0 => json!({"data": data, "total": 0}),
        _ => json!({"data": data, "total": total * 3, "next": next}),
    }
}

fn track_value(track: &Track, is_whole: bool) -> Value {
    let spelling = &track.spelling;
    let artist_id = number(&track.artist_id());
    let mut value = json!({
        "id": track.number(), "readable": track.popularity() > 2,
        "title": spelling.bracketed(), "title_short": spelling.title,
        "title_version": spelling.tag.as_ref().map(|tag| format!("({tag})")).unwrap_or_default(),
        "link": format!("https://www.deezer.com/track/{}", track.id()),
        "duration": track.length_s(), "rank": track.popularity() * 10_000,
        "explicit_lyrics": track.recording.explicit == Some(true),
        "explicit_content_lyrics": match track.recording.explicit { Some(true) => 1, Some(false) => 3, None => 0 },
        "preview": "https://cdnt-preview.dzcdn.net/x.mp3?hdnea=exp=1790000000",
        "artist": {
            "id": artist_id, "name": spelling.main_artist(), "type": "artist",
            "link": format!("https://www.deezer.com/artist/{artist_id}"),
        },
        "album": {
            "id": number(&track.album_id()), "title": track.album_title(), "type": "album",
            "cover_medium": picture(&track.picture(), 250), "cover_xl": picture(&track.picture(), 1000),
        },
        "type": "track",
    });
    // Most answers hold a code; some do not.
    if let Some(code) = track.isrc() {
        value["isrc"] = json!(code);
    }
    if is_whole {
        value["release_date"] = json!(track.released());
        value["album"]["release_date"] = json!(track.released());
        value["track_position"] = json!(3);
        value["disk_number"] = json!(1);
        value["bpm"] = json!(0);
        value["gain"] = json!(-9.1);
        value["available_countries"] = json!(["DE", "FR", "US"]);
        value["contributors"] = contributors(track);
    }
    value
}

fn contributors(track: &Track) -> Value {
    let each = track
        .spelling
        .artists
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let role = if place == 0 { "Main" } else { "Featured" };
            json!({"id": place + 7, "name": name, "role": role, "type": "artist"})
        });
    each.collect()
}

fn album_value(group: &Group, listed: &[Track]) -> Value {
    let id = &group.ids[&HERE];
    let first = listed.first();
    json!({
        "id": number(id), "title": group.title, "upc": group.upc, "link": format!("https://www.deezer.com/album/{id}"),
        "cover_xl": picture(&first.map(Track::picture).unwrap_or_default(), 1000), "nb_tracks": listed.len(),
        "release_date": first.map(Track::released), "record_type": "album", "explicit_lyrics": false,
        "artist": {"id": 1, "name": group.artist, "type": "artist"}, "type": "album",
    })
}

fn artist_value(group: &Group) -> Value {
    let id = &group.ids[&HERE];
    json!({
        "id": number(id), "name": group.title, "link": format!("https://www.deezer.com/artist/{id}"),
        "picture_xl": picture("artist", 1000), "nb_album": 4, "nb_fan": 12_000, "type": "artist",
    })
}

fn number(id: &str) -> u64 {
    id.parse().unwrap_or(0)
}

fn picture(name: &str, size: u16) -> String {
    format!("https://cdn-images.dzcdn.net/images/cover/{name}/{size}x{size}.jpg")
}
