//! ListenBrainz Labs: from title and artist, or a recording's id, to ids on three platforms.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::exchange::{Ask, Reply};
use super::track::Track;

/// How many recordings a question's words are compared with.
const COMPARED_MAX: usize = 5;

/// `labs.api.listenbrainz.org`.
pub(super) fn labs(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let parts = ask.parts();
    let [job, "json"] = parts.as_slice() else {
        return Reply::empty(404);
    };
    let Some((platform, key, by)) = read_job(job) else {
        return Reply::empty(404);
    };
    let Ok(Value::Array(questions)) = serde_json::from_str::<Value>(&ask.body) else {
        return Reply::with_json(400, &json!({"error": "the body must be a list of objects"}));
    };
    let answers = questions.into_iter().map(|mut question| {
        let recording = match by {
            "metadata" => named(catalogue, &question),
            _ => question["recording_mbid"]
                .as_str()
                .and_then(|mbid| catalogue.with_mbid(mbid)),
        };
        let listings = recording
            .into_iter()
            .flat_map(|number| catalogue.listings_of(number, platform));
        let known = listings
            .map(|number| Track::new(catalogue, number))
            .filter(Track::is_in_labs);
        let ids: Vec<String> = known.map(|track| id(platform, track.id())).collect();
        question[key] = json!(ids);
        question
    });
    Reply::json(&answers.collect())
        .with("x-ratelimit-remaining", "29")
        .with("x-ratelimit-reset-in", "10")
}

/// `spotify-id-from-metadata`: platform, name of the ids, and what it starts from.
fn read_job(job: &str) -> Option<(Platform, &'static str, &str)> {
    let (name, by) = job.split_once("-id-from-")?;
    let (platform, key) = match name {
        "spotify" => (Platform::Spotify, "spotify_track_ids"),
        "apple-music" => (Platform::AppleMusic, "apple_music_track_ids"),
        "soundcloud" => (Platform::Soundcloud, "soundcloud_track_ids"),
        _ => return None,
    };
    Some((platform, key, by)).filter(|_| matches!(by, "metadata" | "mbid"))
}

/// SoundCloud's ids are numbers there.
fn id(platform: Platform, id: &str) -> String {
    match platform {
        Platform::Soundcloud => id.chars().filter(char::is_ascii_digit).collect(),
        _ => id.to_owned(),
    }
}

/// The recording with this title by this artist, but for signs and capitals; else the song without what its title adds.
fn named(catalogue: &Catalogue, question: &Value) -> Option<usize> {
    let text = |key: &str| question[key].as_str().unwrap_or_default().to_owned();
    let (artist, title) = (plain(&text("artist_name")), text("track_name"));
    let words = format!("{title} {}", text("artist_name"));
    let close = catalogue.search_recordings(&words, COMPARED_MAX, |_| true);
    let by_artist = |number: &usize| {
        let names = &catalogue.recordings[*number].artists;
        plain(names.first().map_or("", String::as_str)) == artist
            || plain(&names.join("")) == artist
    };
    let close: Vec<usize> = close.into_iter().filter(by_artist).collect();
    let whole =
        |number: &&usize| plain(&catalogue.recordings[**number].title.with_dash()) == plain(&title);
    let bare = |number: &&usize| {
        let recording = &catalogue.recordings[**number];
        let base = title.split(['(', '[']).next().unwrap_or(&title);
        recording.version == super::Version::Original && plain(&recording.title.base) == plain(base)
    };
    close
        .iter()
        .find(whole)
        .or_else(|| close.iter().find(bare))
        .copied()
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
