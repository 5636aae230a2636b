use music::{Kind, Piece, Platform};

use crate::ProviderId;
use crate::providers::recorded::*;

fn embed(title: &str, author: &str) -> String {
    serde_json::json!({"title": title, "author_name": author, "thumbnail_url": "https://i1.sndcdn.com/a.jpg"}).to_string()
}

#[tokio::test(start_paused = true)]
async fn the_uploader_is_taken_off_the_title() {
    let question = lookup(Platform::Soundcloud, Kind::Track, "ada-example/night-ferry");
    let answered = ask(
        ProviderId::SoundcloudOembed,
        &question,
        [ok(&embed("Night Ferry by Ada Example", "Ada Example"))],
    )
    .await;
    assert_eq!(
        answered.http.addresses(),
        [
            "https://soundcloud.com/oembed?format=json&url=https%3A%2F%2Fsoundcloud.com%2Fada-example%2Fnight-ferry"
        ]
    );
    assert_eq!(
        (
            answered.track().title.as_str(),
            answered.track().artists[0].as_str()
        ),
        ("Night Ferry", "Ada Example")
    );

    let label = embed("Ada Example - Night Ferry by Quay Records", "Quay Records");
    let answered = ask(ProviderId::SoundcloudOembed, &question, [ok(&label)]).await;
    assert_eq!(
        (
            answered.track().title.as_str(),
            answered.track().artists[0].as_str()
        ),
        ("Night Ferry", "Ada Example")
    );
}

#[tokio::test(start_paused = true)]
async fn an_uploader_is_an_artist_and_a_missing_track_is_nothing() {
    let artist = lookup(Platform::Soundcloud, Kind::Artist, "ada-example");
    let answered = ask(
        ProviderId::SoundcloudOembed,
        &artist,
        [ok(&embed("Ada Example", "Ada Example"))],
    )
    .await;
    assert!(
        matches!(&answered.first().piece, Some(Piece::Artist(artist)) if artist.name == "Ada Example")
    );
    assert_eq!(
        ask(ProviderId::SoundcloudOembed, &artist, [status(404)])
            .await
            .outcome,
        Ok(Vec::new())
    );
}
