//! Converting.

use std::time::Duration;

use app::{LinkEvent, LinkRefusal, Outcome, SearchReason};
use music::{Level, Platform};
use testkit::providers::{Behaviour, EVERY_HOST, Fault};

use crate::scene::{Scene, found, is_at, link_of, outcome, track};

#[tokio::test]
async fn a_link_is_found_on_other_platforms_without_any_key() {
    let scene = Scene::start().await;
    let all = [Platform::Deezer, Platform::AppleMusic, Platform::Spotify];
    let song = scene.song(&all);
    let (steps, page) = scene.steps(&link_of(&song, Platform::Deezer)).await;
    assert!(matches!(steps.first(), Some(LinkEvent::Identified { .. })));
    assert!(matches!(steps.last(), Some(LinkEvent::Done { .. })));
    let own = found(&page, Platform::Deezer).unwrap();
    assert_eq!(own.1, Level::Exact);
    for platform in [Platform::AppleMusic, Platform::Spotify] {
        let (url, level) = found(&page, platform).unwrap_or_else(|| panic!("{page:#?}"));
        assert!(is_at(&song, platform, &url), "{url} {level:?} {song:?}");
        assert!(level >= Level::Likely, "{platform:?} {level:?}");
    }
    let yandex = outcome(&page, Platform::YandexMusic);
    let Outcome::Search { url, why } = yandex else {
        panic!("{yandex:?}");
    };
    assert_eq!(*why, SearchReason::NotAsked);
    assert!(url.starts_with("https://music.yandex.ru/search"));
    assert!(
        !page
            .matches
            .iter()
            .any(|one| one.outcome == Outcome::Pending)
    );
}

#[tokio::test]
async fn a_spotify_link_is_identified_and_found_without_any_key() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Spotify, Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Spotify)).await;
    let (url, level) = found(&page, Platform::Deezer).unwrap_or_else(|| panic!("{page:#?}"));
    assert!(
        is_at(&song, Platform::Deezer, &url),
        "{url} {level:?} {song:?}"
    );
}

#[tokio::test]
async fn what_is_known_asks_nobody_also_after_a_restart() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer, Platform::Spotify]);
    let link = link_of(&song, Platform::Deezer);
    let first = scene.page(&link).await;
    scene.providers.forget_requests();
    let again = scene.page(&link).await;
    assert_eq!(again.id, first.id);
    let scene = scene.restart().await;
    let restarted = scene.page(&link).await;
    assert_eq!(
        (&restarted.id, &restarted.matches),
        (&first.id, &first.matches)
    );
    assert_eq!(
        scene.providers.requests().len(),
        0,
        "{:#?}",
        scene.providers.requests()
    );
    if found(&first, Platform::Spotify).is_some_and(|(_, level)| level >= Level::High) {
        let spotify = scene.page(&link_of(&song, Platform::Spotify)).await;
        assert_eq!(spotify.id, first.id);
    }
}

#[tokio::test]
async fn a_thousand_equal_requests_ask_each_provider_once() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer]);
    let link = link_of(&song, Platform::Deezer);
    let one = scene.page(&link).await;
    let alone = scene.providers.requests().len();
    let scene = Scene::start().await;
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let asking =
        (0..1_000).map(|_| async { app.convert(client, &link).await.unwrap().finish().await });
    let pages = futures_util::future::join_all(asking).await;
    assert_eq!(scene.providers.requests().len(), alone);
    assert!(pages.iter().all(|page| page.id == pages[0].id));
    assert_eq!(pages[0].matches, one.matches);
}

#[tokio::test]
async fn one_silent_provider_leaves_the_others_alone_and_says_so() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer, Platform::AppleMusic, Platform::Spotify]);
    scene
        .providers
        .behave("itunes.apple.com", Behaviour::broken(Fault::Hang));
    let link = link_of(&song, Platform::Deezer);
    let (steps, page) = scene.steps(&link).await;
    assert!(found(&page, Platform::Spotify).is_some(), "{page:#?}");
    let Outcome::Search { why, .. } = outcome(&page, Platform::AppleMusic) else {
        panic!("{page:#?}");
    };
    assert_eq!(*why, SearchReason::NoAnswer);
    assert_eq!(steps.last(), Some(&LinkEvent::Done { is_complete: false }));
}

#[tokio::test]
async fn a_link_to_nothing_is_refused_and_remembered_as_such() {
    let scene = Scene::start().await;
    let link = track(Platform::Deezer, "999999999999");
    for _ in 0..2 {
        let refusal = scene.convert(&link).await.err();
        assert_eq!(refusal, Some(LinkRefusal::Nothing));
    }
    assert_eq!(scene.providers.requests_to("api.deezer.com").len(), 1);
}

#[tokio::test]
async fn one_client_that_asks_too_much_waits_and_nobody_else() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let greedy = scene.client("192.0.2.1");
    let mut refused = None;
    for number in 0..12 {
        let link = track(
            Platform::Deezer,
            &(999_999_999_000_u64 + number).to_string(),
        );
        match app.convert(greedy, &link).await.err() {
            Some(LinkRefusal::TooMany { retry_after }) => refused = Some((number, retry_after)),
            other => assert_eq!(other, Some(LinkRefusal::Nothing)),
        }
        if refused.is_some() {
            break;
        }
    }
    let (number, retry_after) = refused.unwrap();
    assert_eq!((number, retry_after.as_secs()), (10, 2));
    let other = scene.client("192.0.2.2");
    let refusal = app
        .convert(other, &track(Platform::Deezer, "999999999999"))
        .await
        .err();
    assert_eq!(refusal, Some(LinkRefusal::Nothing));
}

#[tokio::test]
async fn equal_short_links_ask_their_host_once_and_cost_one_who_asks() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Spotify, Platform::Deezer]);
    let link = format!("https://spotify.link/{}", song.ids[&Platform::Spotify][0]);
    let app = scene.app.app();
    let client = scene.client("192.0.2.1");
    let asking =
        (0..60).map(|_| async { app.convert(client, &link).await.unwrap().finish().await });
    let pages = futures_util::future::join_all(asking).await;
    assert!(pages.iter().all(|page| page.id == pages[0].id));
    assert_eq!(scene.providers.requests_to("spotify.link").len(), 1);
}

#[tokio::test]
async fn what_others_add_makes_the_platforms_own_words_no_younger() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Spotify, Platform::Deezer]);
    let broken = Behaviour::broken(Fault::Status {
        status: 503,
        retry_after: None,
    });
    scene.providers.behave("musicbrainz.org", broken);
    let link = link_of(&song, Platform::Spotify);
    let first = scene.page(&link).await;
    let described_at = scene.kept(&first.id).await.page.refreshed_at;
    scene
        .providers
        .behave("musicbrainz.org", Behaviour::default());
    scene.app.clock.advance(Duration::from_secs(7_200));
    let fuller = scene.page(&link).await;
    assert_ne!(fuller.piece, first.piece, "the directory adds something");
    let kept = scene.kept(&first.id).await.page;
    assert_eq!(
        (kept.refreshed_at, kept.piece),
        (described_at, fuller.piece.clone())
    );
}

#[tokio::test]
async fn after_a_fault_trying_again_in_a_few_seconds_helps() {
    let scene = Scene::start().await;
    let songs = scene.songs(&[Platform::Deezer]);
    let id = &songs[0].ids[&Platform::Deezer][0];
    let short = format!("https://link.deezer.com/s/{id}");
    let broken = Behaviour::broken(Fault::Status {
        status: 503,
        retry_after: None,
    });
    for link in [short, link_of(&songs[1], Platform::Deezer)] {
        scene.providers.behave(EVERY_HOST, broken.clone());
        let refusal = scene.convert(&link).await.err();
        assert_eq!(refusal, Some(LinkRefusal::Unidentified), "{link}");
        let asked = scene.providers.requests().len();
        let again = scene.convert(&link).await.err();
        assert_eq!(again, refusal, "{link}");
        assert_eq!(scene.providers.requests().len(), asked, "{link}");
        scene.providers.behave(EVERY_HOST, Behaviour::default());
        scene.app.clock.advance(Duration::from_secs(6));
        let page = scene.page(&link).await;
        assert!(found(&page, Platform::Deezer).is_some(), "{link}");
    }
}
