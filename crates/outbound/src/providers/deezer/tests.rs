use std::time::Duration;

use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const TRACK: &str = r#"{"id":100000001,"readable":true,"title":"Night Ferry (Remastered)","title_short":"Night Ferry",
    "title_version":"(Remastered)","isrc":"GBAAA0500123","link":"https://www.deezer.com/track/100000001","duration":214,
    "release_date":"2005-03-01","explicit_lyrics":false,"preview":"https://cdnt-preview.dzcdn.net/x.mp3?hdnea=exp=1",
    "contributors":[{"id":7,"name":"Ada Example","role":"Main"},{"id":8,"name":"Bo Guest","role":"Featured"}],
    "artist":{"id":7,"name":"Ada Example","type":"artist"},"album":{"id":55,"title":"Harbour",
    "cover_medium":"https://cdn-images.dzcdn.net/images/cover/h/250x250.jpg",
    "cover_xl":"https://cdn-images.dzcdn.net/images/cover/h/1000x1000.jpg"},"type":"track"}"#;
const NO_DATA: &str = r#"{"error":{"type":"DataException","message":"no data","code":800}}"#;
const QUOTA: &str = r#"{"error":{"type":"Exception","message":"Quota limit exceeded","code":4}}"#;

fn track() -> Question {
    lookup(Platform::Deezer, Kind::Track, "100000001")
}

#[tokio::test(start_paused = true)]
async fn a_track_is_read_with_all_that_it_says() {
    let answered = ask(ProviderId::Deezer, &track(), [ok(TRACK)]).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://api.deezer.com/track/100000001"]
    );
    assert_eq!(answered.links(), ["https://www.deezer.com/track/100000001"]);
    let found = answered.track();
    assert_eq!(found.title, "Night Ferry (Remastered)");
    assert_eq!(found.version.as_deref(), Some("Remastered"));
    assert_eq!(found.artists, ["Ada Example", "Bo Guest"]);
    assert_eq!(found.album.as_deref(), Some("Harbour"));
    assert_eq!(found.duration, Some(Duration::from_secs(214)));
    assert_eq!(found.isrc, "GBAAA0500123".parse().ok());
    assert_eq!(found.released.as_deref(), Some("2005-03-01"));
    assert_eq!(found.is_explicit, Some(false));
    let art = answered.first().art.as_deref();
    assert_eq!(
        art,
        Some("https://cdn-images.dzcdn.net/images/cover/h/1000x1000.jpg")
    );
    assert!(answered.first().is_playable);
}

#[tokio::test(start_paused = true)]
async fn a_code_may_return_another_track_than_one_knows() {
    let other = TRACK
        .replace("100000001", "100000009")
        .replace("true", "false");
    let answered = ask(ProviderId::Deezer, &isrc(), [ok(&other)]).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://api.deezer.com/track/isrc:GBAAA0500123"]
    );
    assert_eq!(answered.links(), ["https://www.deezer.com/track/100000009"]);
    assert!(!answered.first().is_playable);
}

#[tokio::test(start_paused = true)]
async fn a_search_lists_what_can_be_read_and_leaves_out_what_cannot() {
    let found = format!(
        r#"{{"data":[{TRACK},{{"id":-5,"title":"upload"}},{{"id":3}},{{"id":4,"title":"Bare"}}],"total":4}}"#
    );
    let answered = ask(ProviderId::Deezer, &search(), [ok(&found)]).await;
    let asked = &answered.http.addresses()[0];
    assert!(
        asked.starts_with("https://api.deezer.com/search/track?q="),
        "{asked}"
    );
    assert!(asked.ends_with("&limit=10"), "{asked}");
    let links = answered.links();
    assert_eq!(
        links,
        [
            "https://www.deezer.com/track/100000001",
            "https://www.deezer.com/track/4"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn errors_that_come_as_success_are_read_as_errors() {
    let none = ask(ProviderId::Deezer, &track(), [ok(NO_DATA)]).await;
    assert_eq!(none.outcome, Ok(Vec::new()));
    let quota = ask(ProviderId::Deezer, &track(), [ok(QUOTA)]).await;
    let resting = Failure::Resting {
        retry_after: Duration::from_secs(5),
    };
    assert_eq!(quota.outcome, Err(resting));
    let wrong = ask(
        ProviderId::Deezer,
        &track(),
        [ok(&QUOTA.replace('4', "600"))],
    )
    .await;
    assert_eq!(wrong.outcome, Err(Failure::Refused { status: 400 }));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_none_is_said_to_be_bad() {
    for body in ["", "<html>", "[]", r#"{"id":1}"#, "null"] {
        let answered = ask(ProviderId::Deezer, &track(), [ok(body)]).await;
        assert_eq!(answered.outcome, Err(Failure::BadAnswer), "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn albums_artists_and_playlists_are_read_too() {
    let album = r#"{"id":55,"title":"Harbour","upc":"0600000000012","release_date":"2005-03-01","nb_tracks":11,
        "artist":{"name":"Ada Example"},"cover_xl":"https://cdn-images.dzcdn.net/a.jpg"}"#;
    let answered = ask(
        ProviderId::Deezer,
        &Question::Upc("600000000012".to_owned()),
        [ok(album)],
    )
    .await;
    assert_eq!(
        answered.http.addresses(),
        ["https://api.deezer.com/album/upc:600000000012"]
    );
    let Some(Piece::Album(release)) = &answered.first().piece else {
        panic!("not an album");
    };
    assert_eq!(
        (release.upc.as_deref(), release.tracks),
        (Some("0600000000012"), Some(11))
    );

    let artist = lookup(Platform::Deezer, Kind::Artist, "7");
    let answered = ask(
        ProviderId::Deezer,
        &artist,
        [ok(r#"{"id":7,"name":"Ada Example"}"#)],
    )
    .await;
    assert_eq!(answered.links(), ["https://www.deezer.com/artist/7"]);

    let many = vec![TRACK; 130].join(",");
    let list =
        format!(r#"{{"id":9,"title":"Ferries","nb_tracks":130,"tracks":{{"data":[{many}]}}}}"#);
    let answered = ask(
        ProviderId::Deezer,
        &lookup(Platform::Deezer, Kind::Playlist, "9"),
        [ok(&list)],
    )
    .await;
    let Some(Piece::Playlist(playlist)) = &answered.first().piece else {
        panic!("not a playlist");
    };
    assert_eq!((playlist.tracks.len(), playlist.total), (100, 130));
    assert_eq!(playlist.tracks[0].id.as_deref(), Some("100000001"));
}
