//! `openapi.tidal.com`: JSON:API, where `data` and `included` come in different orders.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, Group, GroupKind};
use super::exchange::{Ask, Reply};
use super::spotify_web::{has_token, token};
use super::track::{Track, iso};

const HERE: Platform = Platform::Tidal;
const COUNT: usize = 20;

/// `auth.tidal.com`.
pub(super) fn accounts(ask: &Ask, _: &Catalogue) -> Reply {
    token(ask)
}

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if !has_token(ask) {
        return error(401, "UNAUTHORIZED");
    }
    if ask.param("countryCode").is_none() {
        return error(400, "INVALID_REQUEST");
    }
    let parts = ask.parts();
    match parts.as_slice() {
        ["v2", "tracks"] => tracks(
            ask,
            &Track::with_isrc(
                catalogue,
                HERE,
                ask.param("filter[isrc]").unwrap_or_default(),
            ),
        ),
        ["v2", "tracks", id] => match Track::find(catalogue, HERE, id) {
            Some(track) => document(ask, &resource(&track), &[track]),
            None => error(404, "NOT_FOUND"),
        },
        ["v2", "albums", id] => match catalogue.group(GroupKind::Album, HERE, id) {
            Some(group) => Reply::json(&json!({"data": album_resource(group)})),
            None => error(404, "NOT_FOUND"),
        },
        ["v2", "albums"] => {
            let code = ask.param("filter[barcodeId]").unwrap_or_default();
            let found = catalogue
                .groups
                .iter()
                .filter(|group| group.kind == GroupKind::Album && group.upc == code);
            Reply::json(&json!({"data": found.map(album_resource).collect::<Vec<_>>()}))
        }
        ["v2", "artists", id] => match catalogue.group(GroupKind::Artist, HERE, id) {
            Some(group) => {
                Reply::json(&json!({"data": artist_resource(&group.ids[&HERE], &group.title)}))
            }
            None => error(404, "NOT_FOUND"),
        },
        ["v2", "searchResults", query, "relationships", "tracks"] => {
            found(ask, &Track::search(catalogue, HERE, query, COUNT))
        }
        ["v2", "searchResults", query, "relationships", "albums"] => groups(
            &catalogue.search_groups(GroupKind::Album, HERE, query, COUNT),
            album_resource,
        ),
        ["v2", "searchResults", query, "relationships", "artists"] => {
            let show = |group: &Group| artist_resource(&group.ids[&HERE], &group.title);
            groups(
                &catalogue.search_groups(GroupKind::Artist, HERE, query, COUNT),
                show,
            )
        }
        _ => error(404, "NOT_FOUND"),
    }
}

fn error(status: u16, code: &str) -> Reply {
    Reply::with_json(
        status,
        &json!({"errors": [{"code": code, "detail": "refused", "status": status.to_string()}]}),
    )
}

/// A list of whole tracks.
fn tracks(ask: &Ask, tracks: &[Track]) -> Reply {
    document(ask, &tracks.iter().map(resource).collect(), tracks)
}

/// A search: names in their order, the tracks themselves among what is included.
fn found(ask: &Ask, tracks: &[Track]) -> Reply {
    let names: Value = tracks
        .iter()
        .map(|track| json!({"id": track.id(), "type": "tracks"}))
        .collect();
    let mut included: Vec<Value> = tracks.iter().map(resource).collect();
    included.extend(others(ask, tracks));
    sort(&mut included);
    Reply::json(&json!({"data": names, "included": included, "links": {"self": ask.path}}))
}

fn groups(found: &[&Group], show: impl Fn(&Group) -> Value) -> Reply {
    let mut included: Vec<Value> = found.iter().map(|group| show(group)).collect();
    let names: Value = included
        .iter()
        .map(|one| json!({"id": one["id"], "type": one["type"]}))
        .collect();
    sort(&mut included);
    Reply::json(&json!({"data": names, "included": included}))
}

fn document(ask: &Ask, data: &Value, tracks: &[Track]) -> Reply {
    let mut included = others(ask, tracks);
    sort(&mut included);
    Reply::json(&json!({"data": data, "included": included, "links": {"self": ask.path}}))
}

/// Artists and albums of the tracks, if they are asked for.
fn others(ask: &Ask, tracks: &[Track]) -> Vec<Value> {
    let asks_for = |part: &str| {
        ask.param("include")
            .unwrap_or_default()
            .split(',')
            .any(|word| word.ends_with(part))
    };
    let mut others = Vec::new();
    for track in tracks {
        if asks_for("artists") {
            let artists = track.spelling.artists.iter().enumerate();
            others.extend(
                artists.map(|(place, name)| artist_resource(&artist_id(track, place), name)),
            );
        }
        if asks_for("albums") {
            others.push(json!({"id": track.album_id(), "type": "albums", "attributes": {
                "title": track.album_title(), "releaseDate": track.released(), "numberOfItems": 9,
            }}));
        }
    }
    others.dedup();
    others
}

/// By the ids' last digits: any order but the one of `data`.
fn sort(included: &mut [Value]) {
    included.sort_by_key(|one| {
        one["id"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .rev()
            .collect::<String>()
    });
}

fn artist_id(track: &Track, place: usize) -> String {
    match place {
        0 => track.artist_id(),
        _ => format!("{}{place}", track.id()),
    }
}

fn resource(track: &Track) -> Value {
    let artists: Vec<Value> = (0..track.spelling.artists.len())
        .map(|place| json!({"id": artist_id(track, place), "type": "artists"}))
        .collect();
    json!({"id": track.id(), "type": "tracks", "attributes": {
        "title": track.spelling.title, "version": track.spelling.tag, "isrc": track.isrc(),
        "duration": iso(track.length_s()), "explicit": track.recording.explicit == Some(true), "popularity": 0.4,
        "mediaTags": ["LOSSLESS"], "availability": ["STREAM"],
    }, "relationships": {
        "artists": {"data": artists}, "albums": {"data": [{"id": track.album_id(), "type": "albums"}]},
    }})
}

fn album_resource(group: &Group) -> Value {
    json!({"id": group.ids[&HERE], "type": "albums", "attributes": {
        "title": group.title, "barcodeId": group.upc, "numberOfItems": group.recordings.len(),
    }})
}

fn artist_resource(id: &str, name: &str) -> Value {
    json!({"id": id, "type": "artists", "attributes": {"name": name, "popularity": 0.3}})
}
