use std::time::Duration;

use base::Secret;
use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Settings};

const ID: &str = "4Zz0000000000000000aaa";
const TOKEN: &str = r#"{"access_token":"t1","token_type":"Bearer","expires_in":3600}"#;
const TRACK: &str = r#"{"id":"4Zz0000000000000000aaa","name":"Night Ferry","type":"track","duration_ms":213900,"explicit":true,
    "preview_url":null,"external_ids":{"isrc":"GBAAA0500123"},"artists":[{"id":"1","name":"Ada Example"}],
    "album":{"id":"2Bb000000000000000000b","name":"Harbour","release_date":"2005-03","images":[{"url":"https://i.scdn.co/image/ab67","width":640}]}}"#;

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.spotify_web.client_id = Some("id".to_owned());
    settings.providers.spotify_web.client_secret = Some(Secret::new("secret".to_owned()));
    settings
}

#[tokio::test(start_paused = true)]
async fn one_token_serves_many_questions_and_is_renewed_before_its_end() {
    let track = lookup(Platform::Spotify, Kind::Track, ID);
    let http = Recorded::playing([
        ok(TOKEN),
        ok(TRACK),
        ok(TRACK),
        ok(&TOKEN.replace("t1", "t2")),
        ok(TRACK),
    ]);
    let outbound = outbound(&settings(), &http);
    for wait in [0, 3_000, 600] {
        tokio::time::advance(Duration::from_secs(wait)).await;
        assert!(
            outbound
                .ask(ProviderId::SpotifyWeb, &track, WITHIN)
                .await
                .is_ok()
        );
    }
    let sent = http.sent.lock().unwrap();
    let secrets: Vec<&str> = sent
        .iter()
        .map(|one| one.authorization.as_ref().unwrap().expose().as_str())
        .collect();
    assert_eq!(
        secrets,
        [
            "Basic aWQ6c2VjcmV0",
            "Bearer t1",
            "Bearer t1",
            "Basic aWQ6c2VjcmV0",
            "Bearer t2"
        ]
    );
    assert_eq!(
        sent[0].url.as_str(),
        "https://accounts.spotify.com/api/token"
    );
    assert_eq!(
        sent[0].body.as_ref().unwrap().1.expose(),
        "grant_type=client_credentials"
    );
    assert_eq!(
        sent[1].url.as_str(),
        format!("https://api.spotify.com/v1/tracks/{ID}")
    );
}

#[tokio::test(start_paused = true)]
async fn a_revoked_token_is_forgotten() {
    let track = lookup(Platform::Spotify, Kind::Track, ID);
    let http = Recorded::playing([ok(TOKEN), status(401), ok(TOKEN), ok(TRACK)]);
    let outbound = outbound(&settings(), &http);
    let refused = outbound.ask(ProviderId::SpotifyWeb, &track, WITHIN).await;
    assert_eq!(refused, Err(Failure::Refused { status: 401 }));
    assert!(
        outbound
            .ask(ProviderId::SpotifyWeb, &track, WITHIN)
            .await
            .is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_is_searched_for() {
    let found = format!(r#"{{"tracks":{{"items":[{TRACK},null],"total":2}}}}"#);
    let answered = ask_with(
        &settings(),
        ProviderId::SpotifyWeb,
        &isrc(),
        [ok(TOKEN), ok(&found)],
    )
    .await;
    let asked = &answered.http.addresses()[1];
    assert_eq!(
        asked,
        "https://api.spotify.com/v1/search?type=track&limit=10&q=isrc%3AGBAAA0500123"
    );
    let track = answered.track();
    assert_eq!(
        (track.is_explicit, track.released.as_deref()),
        (Some(true), Some("2005-03"))
    );
    assert_eq!(track.isrc, "GBAAA0500123".parse().ok());
    assert_eq!(
        answered.first().art.as_deref(),
        Some("https://i.scdn.co/image/ab67")
    );
}

#[tokio::test(start_paused = true)]
async fn a_playlist_is_read_under_both_of_its_names() {
    let question = lookup(Platform::Spotify, Kind::Playlist, ID);
    for (page, entry) in [("tracks", "track"), ("items", "item")] {
        let list = format!(
            r#"{{"id":"{ID}","name":"Ferries","{page}":{{"total":120,"items":[{{"{entry}":{TRACK}}},{{"{entry}":null}}]}}}}"#
        );
        let answered = ask_with(
            &settings(),
            ProviderId::SpotifyWeb,
            &question,
            [ok(TOKEN), ok(&list)],
        )
        .await;
        let Some(Piece::Playlist(playlist)) = &answered.first().piece else {
            panic!("not a playlist");
        };
        assert_eq!((playlist.tracks.len(), playlist.total), (1, 120), "{page}");
    }
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_are_answered_with_the_rest_it_asks_for() {
    let busy = answer(429, &[("retry-after", "12")], r#"{"error":{"status":429}}"#);
    let answered = ask_with(
        &settings(),
        ProviderId::SpotifyWeb,
        &isrc(),
        [ok(TOKEN), busy],
    )
    .await;
    let resting = Failure::Resting {
        retry_after: Duration::from_secs(12),
    };
    assert_eq!(answered.outcome, Err(resting));
}
