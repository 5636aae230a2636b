//! What people set, while conversions go on, pages become one, and other nodes delete.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::{LinkEvent, LinkRefusal};
use base::Secret;
use music::Platform;
use store::Store;
use testkit::providers::{Behaviour, Fault};

use crate::scene::{Scene, found, link_of, track};

/// Longer than it is taken that a service has nothing, or gave no answer.
const LATER: Duration = Duration::from_secs(2 * 60 * 60);

fn down() -> Behaviour {
    Behaviour::broken(Fault::Status {
        status: 503,
        retry_after: None,
    })
}

/// Deletes a page as another node of the same database would.
async fn delete_elsewhere(scene: &Scene, id: &str) {
    let file = scene.app.folder().join("data").join("unisono.db");
    let settings = store::Settings {
        url: Secret::new(file.display().to_string()),
        ..store::Settings::default()
    };
    let store = Store::open(&settings).await.unwrap();
    store.delete_page(id.parse().unwrap()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_made_while_two_pages_become_one_is_kept() {
    let scene = Scene::start_with(|settings| {
        settings.links.corrections_per_client_minute = 100_000;
        settings.links.conversions_per_client_minute = 1_000;
    })
    .await;
    let app = scene.app.app();
    let client = scene.client("192.0.2.1");
    let songs = scene.songs(&[Platform::Deezer, Platform::AppleMusic, Platform::Spotify]);
    let mut merged = 0;
    for song in songs.iter().take(2) {
        for host in ["api.deezer.com", "musicbrainz.org"] {
            scene.providers.behave(host, down());
        }
        let apple = scene.page(&link_of(song, Platform::AppleMusic)).await;
        scene.app.clock.advance(LATER);
        let well = Behaviour::default();
        scene.providers.behave("api.deezer.com", well.clone());
        scene.providers.behave("itunes.apple.com", down());
        let deezer = scene.page(&link_of(song, Platform::Deezer)).await;
        scene.app.clock.advance(LATER);
        scene.providers.behave("itunes.apple.com", well);
        let is_merged = AtomicBool::new(false);
        let merging = async {
            let followed = app.follow_link(client, &apple.id).await.unwrap();
            followed.finish().await;
            is_merged.store(true, Ordering::Relaxed);
        };
        let correcting = async {
            let mut numbers = 1u32..;
            loop {
                let is_last = is_merged.load(Ordering::Relaxed);
                let number = numbers.next().unwrap().to_string();
                let by_hand = track(Platform::Tidal, &number);
                let set = app.correct_link(client, &apple.id, Platform::Tidal, &by_hand);
                set.await.unwrap();
                tokio::time::sleep(Duration::from_millis(1)).await;
                let shown = app.link_page(&apple.id).await.unwrap();
                assert_eq!(found(&shown, Platform::Tidal).unwrap().0, by_hand);
                if is_last {
                    merged += u32::from(shown.id == deezer.id);
                    return by_hand;
                }
            }
        };
        let ((), by_hand) = tokio::join!(merging, correcting);
        let kept = scene.kept(&apple.id).await;
        assert_eq!(kept.corrections[0].link.canonical(), by_hand);
        scene.app.clock.advance(LATER);
    }
    assert_ne!(merged, 0, "no two pages became one");
}

#[tokio::test]
async fn a_late_answer_does_not_show_over_what_somebody_set_meanwhile() {
    let scene = Scene::start().await;
    let songs = scene.songs(&[Platform::Deezer, Platform::Spotify]);
    let spotify = Platform::Spotify;
    for directory in ["labs.api.listenbrainz.org", "musicbrainz.org"] {
        let slow = Behaviour::slow(Duration::from_millis(700));
        scene.providers.behave(directory, slow);
    }
    let link = link_of(&songs[0], Platform::Deezer);
    let mut conversion = scene.convert(&link).await.unwrap();
    let id = conversion.view().id.clone();
    let by_hand = link_of(&songs[1], spotify);
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let set = app.correct_link(client, &id, spotify, &by_hand);
    set.await.unwrap();
    let mut shown = None;
    while let Some(step) = conversion.next().await {
        if let LinkEvent::Match { found } = step
            && found.platform == spotify
        {
            shown = Some(found);
        }
    }
    let shown = shown.expect("a directory knows it");
    assert!(shown.is_corrected, "{shown:?}");
    let page = app.link_page(&id).await.unwrap();
    assert_eq!(found(&page, spotify).unwrap().0, by_hand);
}

#[tokio::test]
async fn what_another_node_deleted_is_gone_here_too_and_made_anew() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer]);
    let link = link_of(&song, Platform::Deezer);
    let page = scene.page(&link).await;
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    delete_elsewhere(&scene, &page.id).await;
    let tidal = track(Platform::Tidal, "7");
    let set = app.correct_link(client, &page.id, Platform::Tidal, &tidal);
    assert_eq!(set.await.err(), Some(LinkRefusal::NoPage));
    assert_eq!(
        app.link_page(&page.id).await.err(),
        Some(LinkRefusal::NoPage)
    );
    let again = scene.page(&link).await;
    assert_ne!(again.id, page.id);
    let set = app.correct_link(client, &again.id, Platform::Tidal, &tidal);
    assert!(set.await.is_ok());
}

#[tokio::test]
async fn a_page_that_more_is_asked_for_is_first_looked_for_in_the_store() {
    let scene = Scene::start().await;
    scene.providers.behave("itunes.apple.com", down());
    let song = scene.song(&[Platform::Deezer]);
    let link = link_of(&song, Platform::Deezer);
    let page = scene.page(&link).await;
    delete_elsewhere(&scene, &page.id).await;
    scene.app.clock.advance(LATER);
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let followed = app.follow_link(client, &page.id).await;
    assert_eq!(followed.err().unwrap(), LinkRefusal::NoPage);
    let again = scene.page(&link).await;
    assert_ne!(again.id, page.id);
    assert_eq!(scene.kept(&again.id).await.page.link.canonical(), link);
}

#[tokio::test]
async fn a_page_deleted_while_it_is_converted_breaks_nothing() {
    let scene = Scene::start().await;
    let slow = Behaviour::slow(Duration::from_millis(700));
    scene.providers.behave("itunes.apple.com", slow);
    let song = scene.song(&[Platform::Deezer]);
    let link = link_of(&song, Platform::Deezer);
    let conversion = scene.convert(&link).await.unwrap();
    let id = conversion.view().id.clone();
    delete_elsewhere(&scene, &id).await;
    conversion.finish().await;
    let app = scene.app.app();
    let ended = async {
        while app.open_conversions() != 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, ended).await.unwrap();
    assert_eq!(app.link_page(&id).await.err(), Some(LinkRefusal::NoPage));
    assert_ne!(scene.page(&link).await.id, id);
}
