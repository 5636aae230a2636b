use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const EMBED: &str = r#"{"title":"Night Ferry","author_name":"Ada Example - Topic","type":"video","version":"1.0",
    "thumbnail_url":"https://i.ytimg.com/vi/AAAAAAAAAAA/hqdefault.jpg","html":"<iframe>"}"#;

fn video(platform: Platform) -> Question {
    lookup(platform, Kind::Track, "AAAAAAAAAAA")
}

#[tokio::test(start_paused = true)]
async fn official_audio_has_a_clean_title_and_artist() {
    for platform in [Platform::Youtube, Platform::YoutubeMusic] {
        let answered = ask(ProviderId::YoutubeOembed, &video(platform), [ok(EMBED)]).await;
        assert_eq!(
            answered.http.addresses(),
            [
                "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DAAAAAAAAAAA"
            ]
        );
        assert_eq!(answered.first().link.platform(), platform);
        assert_eq!(
            (
                answered.track().title.as_str(),
                answered.track().artists[0].as_str()
            ),
            ("Night Ferry", "Ada Example")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_missing_video_is_nothing_and_a_private_one_is_refused() {
    for none in [400, 404] {
        let outcome = ask(
            ProviderId::YoutubeOembed,
            &video(Platform::Youtube),
            [status(none)],
        )
        .await
        .outcome;
        assert_eq!(outcome, Ok(Vec::new()), "{none}");
    }
    let private = ask(
        ProviderId::YoutubeOembed,
        &video(Platform::Youtube),
        [status(403)],
    )
    .await
    .outcome;
    assert_eq!(private, Err(Failure::Refused { status: 403 }));
}

#[tokio::test(start_paused = true)]
async fn an_album_that_is_a_list_is_known_by_its_title() {
    let id = "OLAK5uy_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let album = lookup(Platform::YoutubeMusic, Kind::Album, id);
    let embed = EMBED.replace("Night Ferry", "Album - Harbour");
    let answered = ask(ProviderId::YoutubeOembed, &album, [ok(&embed)]).await;
    let Some(Piece::Album(release)) = &answered.first().piece else {
        panic!("not an album");
    };
    assert_eq!(
        (release.title.as_str(), release.artists[0].as_str()),
        ("Harbour", "Ada Example")
    );
    let unknown = ask(ProviderId::YoutubeOembed, &album, [status(404)]).await;
    assert_eq!(unknown.outcome, Err(Failure::Unsupported));
}
