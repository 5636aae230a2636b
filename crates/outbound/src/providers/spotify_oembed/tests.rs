use music::{Kind, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const ID: &str = "4Zz0000000000000000aaa";
const EMBED: &str = r#"{"html":"<iframe>","width":456,"version":"1.0","provider_name":"Spotify","type":"rich","title":"Night Ferry",
    "thumbnail_url":"https://image-cdn-ak.spotifycdn.com/image/ab67","thumbnail_width":300}"#;

fn track() -> Question {
    lookup(Platform::Spotify, Kind::Track, ID)
}

#[tokio::test(start_paused = true)]
async fn a_track_has_a_title_and_a_picture_and_no_artist() {
    let answered = ask(ProviderId::SpotifyOembed, &track(), [ok(EMBED)]).await;
    let asked = format!(
        "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F{ID}"
    );
    assert_eq!(answered.http.addresses(), [asked]);
    assert_eq!(answered.track().title, "Night Ferry");
    assert!(answered.track().artists.is_empty());
    let art = answered.first().art.as_deref();
    assert_eq!(art, Some("https://image-cdn-ak.spotifycdn.com/image/ab67"));
}

#[tokio::test(start_paused = true)]
async fn a_picture_elsewhere_is_left_out() {
    let foreign = EMBED.replace("image-cdn-ak.spotifycdn.com", "tracker.example");
    let answered = ask(ProviderId::SpotifyOembed, &track(), [ok(&foreign)]).await;
    assert_eq!(answered.first().art, None);
}

#[tokio::test(start_paused = true)]
async fn no_such_track_is_nothing_and_a_refusal_is_one() {
    for none in [400, 404] {
        let outcome = ask(ProviderId::SpotifyOembed, &track(), [status(none)])
            .await
            .outcome;
        assert_eq!(outcome, Ok(Vec::new()), "{none}");
    }
    let refused = ask(ProviderId::SpotifyOembed, &track(), [status(401)])
        .await
        .outcome;
    assert_eq!(refused, Err(Failure::Refused { status: 401 }));
}
