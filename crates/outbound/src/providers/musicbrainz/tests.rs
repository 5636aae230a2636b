use std::time::Duration;

use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const MBID: &str = "11111111-2222-4333-8444-555555555555";
const RECORDING: &str = r#"{"id":"11111111-2222-4333-8444-555555555555","title":"Night Ferry","length":213900,
    "video":false,"disambiguation":"","first-release-date":"2005-03-01","isrcs":["GBAAA0500123"],
    "artist-credit":[{"name":"Ada Example","joinphrase":" feat. "},{"name":"Bo Guest","joinphrase":""}],
    "releases":[{"id":"99999999-2222-4333-8444-555555555555","title":"Harbour"}],
    "relations":[
      {"type":"free streaming","target-type":"url","ended":false,"url":{"resource":"https://open.spotify.com/track/4Zz0000000000000000aaa"}},
      {"type":"streaming","target-type":"url","ended":true,"url":{"resource":"https://www.deezer.com/track/1"}},
      {"type":"streaming","target-type":"url","ended":false,"url":{"resource":"https://tidal.com/track/77"}},
      {"type":"streaming","target-type":"url","ended":false,"url":{"resource":"https://tidal.com/album/78"}},
      {"type":"lyrics","target-type":"url","ended":false,"url":{"resource":"https://lyrics.example/1"}}]}"#;

fn spotify() -> Question {
    Question::Linked(link(
        Platform::Spotify,
        Kind::Track,
        "4Zz0000000000000000aaa",
    ))
}

#[tokio::test(start_paused = true)]
async fn a_code_brings_the_recording_and_where_it_still_is() {
    let found = format!(r#"{{"isrc":"GBAAA0500123","recordings":[{RECORDING}]}}"#);
    let answered = ask(ProviderId::Musicbrainz, &isrc(), [ok(&found)]).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://musicbrainz.org/ws/2/isrc/GBAAA0500123?fmt=json&inc=artist-credits+url-rels"]
    );
    assert_eq!(
        answered.links(),
        [
            format!("https://musicbrainz.org/recording/{MBID}").as_str(),
            "https://open.spotify.com/track/4Zz0000000000000000aaa",
            "https://tidal.com/track/77",
        ]
    );
    let track = answered.track();
    assert_eq!(track.artists, ["Ada Example", "Bo Guest"]);
    assert_eq!(track.isrc, "GBAAA0500123".parse().ok());
    assert_eq!(track.duration, Some(Duration::from_millis(213_900)));
    assert_eq!(
        (track.version.as_deref(), track.album.as_deref()),
        (None, Some("Harbour"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_unknown_code_is_nothing() {
    assert_eq!(
        ask(ProviderId::Musicbrainz, &isrc(), [status(404)])
            .await
            .outcome,
        Ok(Vec::new())
    );
}

#[tokio::test(start_paused = true)]
async fn a_link_leads_to_its_recording_and_from_there_elsewhere() {
    let relation = r#"{"resource":"x","relations":[
        {"type":"streaming","ended":true,"recording":{"id":"00000000-2222-4333-8444-555555555555","title":"Old"}},
        {"type":"streaming","ended":false,"recording":{"id":"11111111-2222-4333-8444-555555555555","title":"Night Ferry"}}]}"#;
    let answered = ask(
        ProviderId::Musicbrainz,
        &spotify(),
        [ok(relation), ok(RECORDING)],
    )
    .await;
    let asked = answered.http.addresses();
    assert_eq!(
        asked[0],
        "https://musicbrainz.org/ws/2/url?fmt=json&inc=recording-rels\
         &resource=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F4Zz0000000000000000aaa"
    );
    assert!(asked[1].starts_with(&format!("https://musicbrainz.org/ws/2/recording/{MBID}?")));
    assert_eq!(answered.links().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn without_time_for_the_second_call_the_name_is_the_answer() {
    let relation = r#"{"relations":[{"ended":false,"recording":{"id":"11111111-2222-4333-8444-555555555555","title":"Night Ferry"}}]}"#;
    let http = Recorded::playing([ok(relation)]);
    let outbound = outbound(&crate::Settings::default(), &http);
    let found = outbound
        .ask(
            ProviderId::Musicbrainz,
            &spotify(),
            Duration::from_millis(900),
        )
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_search_takes_the_meaning_from_operators() {
    let mut track = night_ferry();
    track.artists = vec!["AC/DC (\"live\")".to_owned()];
    let found = format!(r#"{{"count":1,"recordings":[{RECORDING}]}}"#);
    let question = Question::Search(Piece::Track(track));
    let answered = ask(ProviderId::Musicbrainz, &question, [ok(&found)]).await;
    let sent = answered.http.sent.lock().unwrap();
    let query = sent[0]
        .url
        .query_pairs()
        .find(|(name, _)| name == "query")
        .unwrap()
        .1
        .into_owned();
    assert!(
        query.ends_with(r#" AND artist:"AC\/DC \(\"live\"\)""#),
        "{query}"
    );
    assert!(query.starts_with("recording:\"night ferry\""), "{query}");
    drop(sent);
    assert_eq!(answered.links().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_album_may_be_a_release_or_a_group_of_them() {
    let group = r#"{"id":"11111111-2222-4333-8444-555555555555","title":"Harbour","first-release-date":"2005-03","artist-credit":[{"name":"Ada Example"}]}"#;
    let question = lookup(Platform::Musicbrainz, Kind::Album, MBID);
    let answered = ask(ProviderId::Musicbrainz, &question, [status(404), ok(group)]).await;
    assert!(answered.http.addresses()[1].contains("/release-group/"));
    let art = answered.first().art.as_deref().unwrap();
    assert!(
        art.starts_with("https://coverartarchive.org/release-group/"),
        "{art}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_artist_brings_other_spellings() {
    let person = r#"{"id":"11111111-2222-4333-8444-555555555555","name":"Ада Пример","aliases":[{"name":"Ada Example"},{"name":"Ада Пример"}],"relations":[]}"#;
    let question = lookup(Platform::Musicbrainz, Kind::Artist, MBID);
    let answered = ask(ProviderId::Musicbrainz, &question, [ok(person)]).await;
    let Some(Piece::Artist(artist)) = &answered.first().piece else {
        panic!("not an artist");
    };
    assert_eq!(artist.aliases, ["Ada Example"]);
}

#[tokio::test(start_paused = true)]
async fn a_busy_server_is_asked_once_more_a_turn_later_and_then_left_alone() {
    let found = format!(r#"{{"recordings":[{RECORDING}]}}"#);
    assert!(
        ask(ProviderId::Musicbrainz, &isrc(), [status(503), ok(&found)])
            .await
            .outcome
            .is_ok()
    );
    let refused = ask(ProviderId::Musicbrainz, &isrc(), [status(503), status(503)])
        .await
        .outcome;
    assert_eq!(refused, Err(Failure::Refused { status: 503 }));
    let told = ask(
        ProviderId::Musicbrainz,
        &isrc(),
        [answer(503, &[("retry-after", "7")], "")],
    )
    .await
    .outcome;
    let resting = Failure::Resting {
        retry_after: Duration::from_secs(7),
    };
    assert_eq!(told, Err(resting));
}
