use std::time::Duration;

use music::{Kind, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const SPOTIFY: &str = r#"[{"artist_name":"Ada Example","track_name":"Night Ferry","spotify_track_ids":["4Zz0000000000000000aaa","bad"]}]"#;
const APPLE: &str = r#"[{"apple_music_track_ids":["200000002",200000003]}]"#;
const NONE: &str = r#"[{"soundcloud_track_ids":[]}]"#;

#[tokio::test(start_paused = true)]
async fn three_services_are_asked_with_title_and_artist() {
    let answered = ask(
        ProviderId::Listenbrainz,
        &search(),
        [ok(SPOTIFY), ok(APPLE), ok(NONE)],
    )
    .await;
    let asked = answered.http.addresses();
    assert_eq!(
        asked[0],
        "https://labs.api.listenbrainz.org/spotify-id-from-metadata/json"
    );
    assert_eq!(
        asked[1],
        "https://labs.api.listenbrainz.org/apple-music-id-from-metadata/json"
    );
    let body = answered.http.sent.lock().unwrap()[0]
        .body
        .clone()
        .unwrap()
        .1;
    assert_eq!(
        body.expose(),
        r#"[{"artist_name":"Ada Example","release_name":"","track_name":"Night Ferry (Remastered)"}]"#
    );
    let links = answered.links();
    assert_eq!(
        links[0],
        "https://open.spotify.com/track/4Zz0000000000000000aaa"
    );
    assert_eq!(links.len(), 3);
    assert_eq!(answered.first().piece, None);
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_does_not_hide_the_others() {
    let refused = Act::Fail(Failure::BadAnswer);
    let answered = ask(
        ProviderId::Listenbrainz,
        &search(),
        [refused.clone(), ok(APPLE), ok("[")],
    )
    .await;
    assert_eq!(answered.links().len(), 2);
    let none = ask(
        ProviderId::Listenbrainz,
        &search(),
        [refused, ok(NONE), ok(NONE)],
    )
    .await
    .outcome;
    assert_eq!(none, Err(Failure::BadAnswer));
}

#[tokio::test(start_paused = true)]
async fn a_recording_is_asked_for_by_its_id() {
    let recording = link(
        Platform::Musicbrainz,
        Kind::Track,
        "11111111-2222-4333-8444-555555555555",
    );
    let question = Question::Linked(recording);
    let answered = ask(
        ProviderId::Listenbrainz,
        &question,
        [ok(SPOTIFY), ok(APPLE), ok(NONE)],
    )
    .await;
    assert!(answered.http.addresses()[0].ends_with("/spotify-id-from-mbid/json"));
}

#[tokio::test(start_paused = true)]
async fn a_spent_allowance_makes_it_rest() {
    let spent = answer(
        200,
        &[
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset-in", "9"),
        ],
        SPOTIFY,
    );
    let http = Recorded::playing([spent, ok(APPLE), ok(NONE)]);
    let outbound = outbound(&crate::Settings::default(), &http);
    assert!(
        outbound
            .ask(ProviderId::Listenbrainz, &search(), WITHIN)
            .await
            .is_ok()
    );
    let resting = Failure::Resting {
        retry_after: Duration::from_secs(9),
    };
    assert_eq!(
        outbound
            .ask(ProviderId::Listenbrainz, &search(), WITHIN)
            .await,
        Err(resting)
    );
}
