//! `api.music.yandex.net`: the app's own API, unofficial; refuses whoever has no token, as outside its regions.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::exchange::{Ask, Reply};
use super::keys;
use super::track::Track;

const HERE: Platform = Platform::YandexMusic;
const PAGE: usize = 20;

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let expected = format!("OAuth {}", keys::YANDEX);
    if ask.header("authorization") != Some(expected.as_str()) {
        let error = json!({"name": "Unavailable For Legal Reasons", "message": "Unavailable For Legal Reasons"});
        return Reply::with_json(
            451,
            &json!({"invocationInfo": invocation(), "error": error}),
        );
    }
    let parts = ask.parts();
    let result = match parts.as_slice() {
        ["search"] => search(ask, catalogue),
        ["tracks"] => {
            let ids = ask
                .form()
                .into_iter()
                .find(|(name, _)| name == "track-ids")
                .map(|(_, ids)| ids);
            let ids = ids.unwrap_or_default();
            tracks(
                catalogue,
                ids.split(',').map(|id| id.split(':').next().unwrap_or(id)),
            )
        }
        ["tracks", id] => tracks(catalogue, [*id].into_iter()),
        _ => {
            let error = json!({"name": "not-found", "message": "Not found"});
            return Reply::with_json(
                404,
                &json!({"invocationInfo": invocation(), "error": error}),
            );
        }
    };
    Reply::json(&json!({"invocationInfo": invocation(), "result": result}))
}

fn invocation() -> Value {
    json!({"req-id": "1", "hostname": "fixture", "exec-duration-millis": 5})
}

fn search(ask: &Ask, catalogue: &Catalogue) -> Value {
    let text = ask.param("text").unwrap_or_default();
    let found: Vec<Value> = Track::search(catalogue, HERE, text, PAGE)
        .iter()
        .map(track_value)
        .collect();
    let mut result = json!({"searchRequestId": "1", "text": text, "page": 0});
    // No result: no list at all.
    if !found.is_empty() {
        result["tracks"] =
            json!({"total": found.len(), "perPage": PAGE, "order": 0, "results": found});
    }
    result
}

fn tracks<'i>(catalogue: &Catalogue, ids: impl Iterator<Item = &'i str>) -> Value {
    let found = ids.filter_map(|id| Track::find(catalogue, HERE, id));
    found.map(|track| track_value(&track)).collect()
}

fn track_value(track: &Track) -> Value {
    let cover = format!(
        "avatars.yandex.net/get-music-content/{}/%%",
        track.picture()
    );
    let artists: Value = track
        .spelling
        .artists
        .iter()
        .map(|name| json!({"id": 41_052, "name": name, "various": false}))
        .collect();
    // An id is a number in some answers and a text in others.
    let id = if track.number().is_multiple_of(2) {
        json!(track.number())
    } else {
        json!(track.id())
    };
    let mut value = json!({
        "id": id, "realId": track.id(), "title": track.spelling.title, "available": track.popularity() > 2,
        "durationMs": track.length_ms(), "type": "music", "coverUri": cover, "artists": artists,
        "albums": [{
            "id": track.album_id().parse().unwrap_or(0_u64), "title": track.album_title(),
            "year": track.recording.year, "coverUri": cover,
        }],
    });
    if let Some(tag) = &track.spelling.tag {
        value["version"] = json!(tag);
    }
    if let Some(explicit) = track.recording.explicit {
        value["contentWarning"] = json!(if explicit { "explicit" } else { "clean" });
    }
    value
}
