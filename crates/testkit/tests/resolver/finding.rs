//! Finding music by words.

use app::LinkRefusal;
use music::Platform;
use testkit::providers::{Behaviour, EVERY_HOST, Fault};

use crate::scene::{Scene, is_at};

#[tokio::test]
async fn words_find_tracks_whose_links_lead_to_pages() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer, Platform::AppleMusic]);
    let words = format!("{} {}", song.artist, song.title);
    let client = scene.client("192.0.2.1");
    let found = scene.app.app().find_tracks(client, &words).await.unwrap();
    assert!((1..=12).contains(&found.len()), "{found:#?}");
    let first = &found[0];
    assert!(
        is_at(&song, first.platform, &first.url),
        "{first:?} {song:?}"
    );
    assert!(!first.artists.is_empty() && first.duration_ms.is_some());
    let page = scene.page(&first.url).await;
    assert!(!page.matches.is_empty());
    let both = [Platform::Deezer, Platform::AppleMusic].map(|platform| {
        let at = |one: &&app::FoundTrack| is_at(&song, platform, &one.url);
        found.iter().filter(at).count()
    });
    assert_eq!(
        both.iter().sum::<usize>(),
        1,
        "one piece is listed once: {found:#?}"
    );
}

#[tokio::test]
async fn nothing_found_is_not_the_same_as_nobody_asked() {
    let scene = Scene::start().await;
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let nothing = app.find_tracks(client, "zzxqj vvwkq").await;
    assert_eq!(nothing, Ok(Vec::new()));
    for words in ["", "  ", &"x".repeat(201)] {
        let refused = app.find_tracks(client, words).await;
        assert_eq!(refused, Err(LinkRefusal::Words));
    }
    scene
        .providers
        .behave(EVERY_HOST, Behaviour::broken(Fault::Garbage));
    let silence = app.find_tracks(client, "another song").await;
    assert_eq!(silence, Err(LinkRefusal::Silence));
}
