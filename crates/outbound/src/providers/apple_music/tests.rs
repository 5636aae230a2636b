use base::Secret;
use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{BadSettings, Failure, Outbound, ProviderId, Settings};

const SONG: &str = r#"{"id":"200000002","type":"songs","attributes":{"name":"Night Ferry","artistName":"Ada Example",
    "albumName":"Harbour","durationInMillis":213900,"isrc":"GBAAA0500123","releaseDate":"2005-03-01","contentRating":"explicit",
    "url":"https://music.apple.com/us/album/night-ferry/200000001?i=200000002","playParams":{"id":"200000002"},
    "artwork":{"url":"https://is1-ssl.mzstatic.com/image/thumb/a/{w}x{h}bb.jpg"}}}"#;

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.apple_music.developer_token = Some(Secret::new("jwt".to_owned()));
    settings
}

#[tokio::test(start_paused = true)]
async fn a_code_is_filtered_for_with_the_operators_token() {
    let found = format!(r#"{{"data":[{SONG}]}}"#);
    let answered = ask_with(&settings(), ProviderId::AppleMusic, &isrc(), [ok(&found)]).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://api.music.apple.com/v1/catalog/us/songs?filter%5Bisrc%5D=GBAAA0500123"]
    );
    let secret = answered.http.sent.lock().unwrap()[0]
        .authorization
        .clone()
        .unwrap();
    assert_eq!(secret.expose(), "Bearer jwt");
    assert_eq!(
        answered.links(),
        ["https://music.apple.com/us/album/200000001?i=200000002"]
    );
    assert_eq!(answered.track().is_explicit, Some(true));
    let art = answered.first().art.as_deref();
    assert_eq!(
        art,
        Some("https://is1-ssl.mzstatic.com/image/thumb/a/600x600bb.jpg")
    );
    assert!(answered.first().is_playable);
}

#[tokio::test(start_paused = true)]
async fn a_search_is_wrapped_and_a_song_without_a_player_is_not_playable() {
    let withdrawn = SONG.replace("playParams", "formerly");
    let found = format!(r#"{{"results":{{"songs":{{"data":[{withdrawn}]}}}}}}"#);
    let answered = ask_with(&settings(), ProviderId::AppleMusic, &search(), [ok(&found)]).await;
    assert_eq!(answered.links().len(), 1);
    assert!(!answered.first().is_playable);
}

#[tokio::test(start_paused = true)]
async fn a_playlist_brings_its_first_tracks() {
    let id = "pl.0123456789abcdef0123456789abcdef";
    let list = format!(
        r#"{{"data":[{{"id":"{id}","attributes":{{"name":"Ferries"}},"relationships":{{"tracks":{{"data":[{SONG}]}}}}}}]}}"#
    );
    let question = lookup(Platform::AppleMusic, Kind::Playlist, id);
    let answered = ask_with(&settings(), ProviderId::AppleMusic, &question, [ok(&list)]).await;
    assert!(
        matches!(&answered.first().piece, Some(Piece::Playlist(list)) if list.tracks.len() == 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_a_refusal_and_a_broken_key_stops_the_start() {
    let refused = ask_with(&settings(), ProviderId::AppleMusic, &isrc(), [status(401)])
        .await
        .outcome;
    assert_eq!(refused, Err(Failure::Refused { status: 401 }));
    let mut broken = Settings::default();
    broken.providers.apple_music.team_id = Some("TEAM".to_owned());
    broken.providers.apple_music.key_id = Some("KEY".to_owned());
    broken.providers.apple_music.private_key = Some(Secret::new("no key".to_owned()));
    let started = Outbound::start(broken, RuntimeClock::start());
    assert_eq!(
        started.err(),
        Some(BadSettings::BadKey(ProviderId::AppleMusic))
    );
}
