use std::time::Duration;

use base::Secret;
use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question, Settings};

const TRACK: &str = r#"{"id":"46519502","title":"Ночной паром","version":"Remastered","available":true,"durationMs":213900,
    "contentWarning":"explicit","coverUri":"avatars.yandex.net/get-music-content/1/a/%%",
    "artists":[{"id":41052,"name":"Ада Пример","various":false}],"albums":[{"id":6275545,"title":"Гавань","year":2005}]}"#;

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.yandex_music.enabled = Some(true);
    settings.providers.yandex_music.token = Some(Secret::new("t".to_owned()));
    settings
}

fn wrapped(result: &str) -> Act {
    ok(&format!(
        r#"{{"invocationInfo":{{"req-id":"x"}},"result":{result}}}"#
    ))
}

async fn about(question: &Question, result: &str) -> Answered {
    ask_with(
        &settings(),
        ProviderId::YandexMusic,
        question,
        [wrapped(result)],
    )
    .await
}

#[tokio::test(start_paused = true)]
async fn a_track_is_asked_for_by_form_and_read_whole() {
    let link = music::parse("https://music.yandex.ru/album/6275545/track/46519502").unwrap();
    let answered = about(&Question::Lookup(link), &format!("[{TRACK}]")).await;
    let sent = answered.http.sent.lock().unwrap();
    assert_eq!(sent[0].url.as_str(), "https://api.music.yandex.net/tracks");
    assert_eq!(
        sent[0].body.as_ref().unwrap().1.expose(),
        "track-ids=46519502%3A6275545&with-positions=false"
    );
    assert_eq!(sent[0].authorization.as_ref().unwrap().expose(), "OAuth t");
    drop(sent);
    assert_eq!(
        answered.links(),
        ["https://music.yandex.ru/album/6275545/track/46519502"]
    );
    let track = answered.track();
    assert_eq!(
        (track.title.as_str(), track.version.as_deref()),
        ("Ночной паром", Some("Remastered"))
    );
    assert_eq!(
        (track.released.as_deref(), track.is_explicit),
        (Some("2005"), Some(true))
    );
    let art = answered.first().art.as_deref();
    assert_eq!(
        art,
        Some("https://avatars.yandex.net/get-music-content/1/a/400x400")
    );
}

#[tokio::test(start_paused = true)]
async fn a_search_takes_ids_as_numbers_too() {
    let found = format!(
        r#"{{"tracks":{{"total":1,"results":[{}]}}}}"#,
        TRACK.replace("\"46519502\"", "46519502")
    );
    assert_eq!(about(&search(), &found).await.links().len(), 1);
    assert_eq!(
        about(&search(), r#"{"text":"x"}"#).await.outcome,
        Ok(Vec::new())
    );
}

#[tokio::test(start_paused = true)]
async fn an_artist_and_a_playlist_are_read() {
    let artist = lookup(Platform::YandexMusic, Kind::Artist, "41052");
    let answered = about(&artist, r#"{"artist":{"id":41052,"name":"Ада Пример"}}"#).await;
    assert_eq!(answered.links(), ["https://music.yandex.ru/artist/41052"]);
    let playlist = lookup(Platform::YandexMusic, Kind::Playlist, "ada.example:3");
    let list = format!(
        r#"{{"title":"Паромы","kind":3,"owner":{{"login":"ada.example"}},"trackCount":2,"tracks":[{{"id":1,"track":{TRACK}}},{{"id":2}}]}}"#
    );
    let answered = about(&playlist, &list).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://api.music.yandex.net/users/ada.example/playlists/3"]
    );
    assert!(
        matches!(&answered.first().piece, Some(Piece::Playlist(list)) if list.tracks.len() == 1 && list.total == 2)
    );
}

#[tokio::test(start_paused = true)]
async fn outside_its_regions_it_is_left_alone() {
    let answered = ask_with(
        &settings(),
        ProviderId::YandexMusic,
        &search(),
        [status(451)],
    )
    .await;
    let resting = Failure::Resting {
        retry_after: Duration::from_secs(600),
    };
    assert_eq!(answered.outcome, Err(resting));
}
