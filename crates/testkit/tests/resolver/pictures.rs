//! Pictures that cannot be had.

use std::time::Duration;

use app::{ArtSize, LinkRefusal};
use music::Platform;
use testkit::providers::{Behaviour, EVERY_HOST, Fault};

use crate::scene::{Scene, link_of};

#[tokio::test]
async fn a_passing_fault_of_a_picture_is_the_same_answer_for_all_and_soon_over() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let broken = |status| {
        Behaviour::broken(Fault::Status {
            status,
            retry_after: None,
        })
    };
    scene.providers.behave(EVERY_HOST, broken(503));
    scene.providers.forget_requests();
    let looks = (0..20).map(|_| app.link_art(&page.id, ArtSize::Small));
    for art in futures_util::future::join_all(looks).await {
        assert_eq!(art.err(), Some(LinkRefusal::Unidentified));
    }
    assert_eq!(scene.providers.requests().len(), 1);
    scene.providers.behave(EVERY_HOST, broken(404));
    scene.app.clock.advance(Duration::from_secs(6));
    for _ in 0..2 {
        let art = app.link_art(&page.id, ArtSize::Small).await;
        assert_eq!(art.err(), Some(LinkRefusal::Nothing));
        scene.app.clock.advance(Duration::from_secs(6));
    }
    assert_eq!(scene.providers.requests().len(), 2);
    scene.providers.behave(EVERY_HOST, Behaviour::default());
    scene.app.clock.advance(Duration::from_secs(60));
    assert!(app.link_art(&page.id, ArtSize::Small).await.is_ok());
}
