//! Corrections, pictures and playlists.

use std::time::Duration;

use app::{ArtSize, Corrections, LinkRefusal};
use music::{Level, Platform};
use testkit::providers::{Behaviour, Fault};

use crate::scene::{Scene, found, link_of, outcome, track};

#[tokio::test]
async fn a_correction_wins_and_undoing_it_shows_what_was_there() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let client = scene.client("192.0.2.1");
    let songs = scene.songs(&[Platform::Deezer, Platform::AppleMusic, Platform::Spotify]);
    let [song, other] = [&songs[0], &songs[1]];
    let first = scene.page(&link_of(song, Platform::Deezer)).await;
    let before = outcome(&first, Platform::Spotify).clone();
    let wrong = link_of(other, Platform::Spotify);
    let spotify = Platform::Spotify;
    let corrected = app
        .correct_link(client, &first.id, spotify, &wrong)
        .await
        .unwrap();
    let (url, level) = found(&corrected, spotify).unwrap();
    assert_eq!((url, level), (wrong.clone(), Level::Unverified));
    assert_ne!(corrected.version, first.version);
    let scene = scene.restart().await;
    let app = scene.app.app();
    let kept = app.link_page(&first.id).await.unwrap();
    assert_eq!(found(&kept, spotify).unwrap().0, wrong);
    let others = scene.page(&wrong).await;
    assert_ne!(
        others.id, first.id,
        "a correction does not capture a pasted link"
    );
    let undone = app
        .undo_correction(client, &first.id, spotify)
        .await
        .unwrap();
    assert_eq!(outcome(&undone, spotify), &before);
    assert!(!undone.matches.iter().any(|one| one.is_corrected));
}

#[tokio::test]
async fn a_correction_outlives_the_page_that_it_was_made_on() {
    let scene = Scene::start().await;
    let songs = scene.songs(&[Platform::Deezer, Platform::AppleMusic, Platform::Spotify]);
    let [song, other] = [&songs[0], &songs[1]];
    let down = Behaviour::broken(Fault::Status {
        status: 503,
        retry_after: None,
    });
    for host in ["api.deezer.com", "musicbrainz.org"] {
        scene.providers.behave(host, down.clone());
    }
    let apple = scene.page(&link_of(song, Platform::AppleMusic)).await;
    let client = scene.client("192.0.2.1");
    let by_hand = link_of(other, Platform::Spotify);
    let app = scene.app.app();
    app.correct_link(client, &apple.id, Platform::Spotify, &by_hand)
        .await
        .unwrap();
    scene.app.clock.advance(Duration::from_secs(600));
    scene
        .providers
        .behave("api.deezer.com", Behaviour::default());
    scene.providers.behave("itunes.apple.com", down);
    let deezer = scene.page(&link_of(song, Platform::Deezer)).await;
    assert_ne!(deezer.id, apple.id, "nobody could tell so far");
    scene.app.clock.advance(Duration::from_secs(600));
    scene
        .providers
        .behave("itunes.apple.com", Behaviour::default());
    let followed = app.follow_link(client, &apple.id).await.unwrap();
    followed.finish().await;
    let one = app.link_page(&apple.id).await.unwrap();
    assert_eq!(one.id, deezer.id);
    assert_eq!(found(&one, Platform::Spotify).unwrap().0, by_hand);
    let scene = scene.restart().await;
    let kept = scene.app.app().link_page(&apple.id).await.unwrap();
    assert_eq!(kept.id, deezer.id);
    assert_eq!(found(&kept, Platform::Spotify).unwrap().0, by_hand);
}

#[tokio::test]
async fn a_correction_of_another_platform_or_kind_is_refused() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let client = scene.client("192.0.2.1");
    let song = scene.song(&[Platform::Deezer, Platform::AppleMusic]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let refusal = |platform, text: &'static str| {
        let id = page.id.clone();
        async move { app.correct_link(client, &id, platform, text).await.err() }
    };
    let album = "https://open.spotify.com/album/4Zz0000000000000000aaa";
    let wrong_place = Some(LinkRefusal::WrongPlace);
    assert_eq!(refusal(Platform::Spotify, album).await, wrong_place);
    let track = "https://open.spotify.com/track/4Zz0000000000000000aaa";
    assert_eq!(refusal(Platform::Tidal, track).await, wrong_place);
    let own = "https://www.deezer.com/track/7";
    assert_eq!(refusal(Platform::Deezer, own).await, wrong_place);
    let nothing = "https://open.spotify.com/track/0000000000000000000000";
    assert_eq!(
        refusal(Platform::Spotify, nothing).await,
        Some(LinkRefusal::Nothing)
    );
    let text = refusal(Platform::Spotify, "no link at all").await;
    assert!(matches!(text, Some(LinkRefusal::Text(_))));
}

#[tokio::test]
async fn nobody_corrects_where_that_is_switched_off() {
    let scene = Scene::start_with(|settings| {
        settings.links.corrections = Corrections::Nobody;
    })
    .await;
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    assert!(!app.corrections_are_open());
    let tidal = "https://tidal.com/track/7";
    let corrected = app
        .correct_link(client, &page.id, Platform::Tidal, tidal)
        .await;
    assert_eq!(corrected.err(), Some(LinkRefusal::NotAllowed));
    let undone = app.undo_correction(client, &page.id, Platform::Tidal).await;
    assert_eq!(undone.err(), Some(LinkRefusal::NotAllowed));
}

#[tokio::test]
async fn a_picture_is_fetched_once_and_holds_nothing_of_its_file() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    assert!(page.has_art);
    scene.providers.forget_requests();
    let looks = (0..20).map(|_| app.link_art(&page.id, ArtSize::Small));
    let arts = futures_util::future::join_all(looks).await;
    let large = app.link_art(&page.id, ArtSize::Large).await.unwrap();
    assert_eq!(scene.providers.requests().len(), 1);
    let secret = testkit::providers::PICTURE_SECRET.as_bytes();
    for art in arts.into_iter().map(Result::unwrap).chain([large]) {
        assert_eq!(art.jpeg[..2], [0xff, 0xd8]);
        let tells = art.jpeg.windows(secret.len()).any(|part| part == secret);
        assert!(!tells, "what the file said beside its pixels is gone");
    }
}

#[tokio::test]
async fn openings_are_counted_by_the_minute() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    for _ in 0..3 {
        app.count_view(&page.id);
    }
    app.count_view("0000000000");
    app.count_view("no page");
    scene.app.clock.advance(Duration::from_secs(61));
    let id = page.id.clone();
    let counted = async {
        while app.link_page(&id).await.unwrap().views != 3 {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, counted).await.unwrap();
    assert_eq!(
        app.link_page("0000000000").await.err(),
        Some(LinkRefusal::NoPage)
    );
}

#[tokio::test]
async fn a_page_that_was_deleted_is_gone_and_made_anew() {
    let scene = Scene::start_with(|settings| settings.links.pages = 0).await;
    let song = scene.song(&[Platform::Deezer]);
    let link = link_of(&song, Platform::Deezer);
    let old = scene.page(&link).await;
    let app = scene.app.app();
    scene.app.clock.advance(Duration::from_secs(61));
    let gone = async {
        while app.link_page(&old.id).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, gone).await.unwrap();
    let new = scene.page(&link).await;
    assert_ne!(new.id, old.id);
}

/// Longer than descriptions are taken as they are, shorter than they are kept.
const DESCRIPTION_OLD: Duration = Duration::from_secs(24 * 24 * 60 * 60);

#[tokio::test]
async fn a_description_that_is_old_is_asked_for_anew() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Spotify]);
    let page = scene.page(&link_of(&song, Platform::Spotify)).await;
    scene.providers.forget_requests();
    scene.app.clock.advance(DESCRIPTION_OLD);
    let asked = async {
        while scene.providers.requests_to("open.spotify.com").is_empty() {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, asked).await.unwrap();
    assert!(scene.app.app().link_page(&page.id).await.is_ok());
}

#[tokio::test]
async fn a_page_goes_with_its_old_description_when_the_service_has_nothing_any_more() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Spotify]);
    let page = scene.page(&link_of(&song, Platform::Spotify)).await;
    let nothing = Behaviour::broken(Fault::Status {
        status: 404,
        retry_after: None,
    });
    scene.providers.behave("open.spotify.com", nothing);
    scene.app.clock.advance(DESCRIPTION_OLD);
    let deleted = async {
        while scene.app.app().link_page(&page.id).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, deleted).await.unwrap();
}

#[tokio::test]
async fn refused_corrections_and_undoing_leave_the_allowance_alone() {
    let scene = Scene::start_with(|settings| {
        settings.links.corrections_per_client_minute = 2;
    })
    .await;
    let songs = scene.songs(&[Platform::Deezer, Platform::Spotify]);
    let page = scene.page(&link_of(&songs[0], Platform::Deezer)).await;
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let spotify = Platform::Spotify;
    for text in ["no link at all", "https://www.deezer.com/track/7"].repeat(5) {
        let refused = app.correct_link(client, &page.id, spotify, text).await;
        let refusal = refused.unwrap_err();
        assert!(
            matches!(refusal, LinkRefusal::Text(_) | LinkRefusal::WrongPlace),
            "{refusal}"
        );
    }
    let by_hand = link_of(&songs[1], spotify);
    for _ in 0..2 {
        let corrected = app.correct_link(client, &page.id, spotify, &by_hand).await;
        corrected.unwrap();
    }
    let refused = app.correct_link(client, &page.id, spotify, &by_hand).await;
    assert!(matches!(refused, Err(LinkRefusal::TooMany { .. })));
    for _ in 0..2 {
        let undone = app.undo_correction(client, &page.id, spotify).await;
        undone.unwrap();
    }
}

#[tokio::test]
async fn a_video_set_by_hand_is_set_in_both_players_and_taken_back_in_both() {
    let scene = Scene::start().await;
    let down = Behaviour::broken(Fault::Status {
        status: 503,
        retry_after: None,
    });
    for host in ["musicbrainz.org", "music.youtube.com"] {
        scene.providers.behave(host, down.clone());
    }
    let [video, music] = [Platform::Youtube, Platform::YoutubeMusic];
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let mut others = scene.providers.catalogue().songs().into_iter();
    let other = others.find(|one| one.ids.contains_key(&video)).unwrap();
    assert_eq!(found(&page, music), None);
    let client = scene.client("192.0.2.1");
    let app = scene.app.app();
    let by_hand = link_of(&other, video);
    let corrected = app.correct_link(client, &page.id, video, &by_hand).await;
    let corrected = corrected.unwrap();
    let id = &other.ids[&video][0];
    for platform in [video, music] {
        let (url, _) = found(&corrected, platform).unwrap();
        assert!(url.contains(id.as_str()), "{url}");
    }
    let undone = app.undo_correction(client, &page.id, music).await.unwrap();
    for platform in [video, music] {
        assert_eq!(outcome(&undone, platform), outcome(&page, platform));
    }
}

#[tokio::test]
async fn corrections_at_the_same_time_leave_memory_and_store_with_the_same_one() {
    let scene = Scene::start_with(|settings| {
        settings.links.corrections_per_client_minute = 100;
    })
    .await;
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let client = scene.client("192.0.2.1");
    let tidal = Platform::Tidal;
    let app = scene.app.app();
    let by_hand: Vec<_> = (1..=8).map(|id| track(tidal, &id.to_string())).collect();
    for _ in 0..10 {
        let setting = by_hand.iter();
        let setting = setting.map(|link| app.correct_link(client, &page.id, tidal, link));
        for corrected in futures_util::future::join_all(setting).await {
            corrected.unwrap();
        }
        let shown = app.link_page(&page.id).await.unwrap();
        let kept = scene.kept(&page.id).await.corrections;
        let (url, _) = found(&shown, tidal).unwrap();
        assert_eq!(url, kept[0].link.canonical());
    }
}

#[tokio::test]
async fn a_correction_is_seen_at_once_while_a_slow_provider_is_still_asked() {
    let scene = Scene::start().await;
    let songs = scene.songs(&[Platform::Deezer, Platform::Spotify]);
    let hanging = Behaviour::broken(Fault::Hang);
    scene.providers.behave("itunes.apple.com", hanging);
    let page = scene.page(&link_of(&songs[0], Platform::Deezer)).await;
    let app = scene.app.app();
    assert_ne!(app.open_conversions(), 0, "it goes on in the background");
    let client = scene.client("192.0.2.1");
    let spotify = Platform::Spotify;
    let before = outcome(&page, spotify).clone();
    let by_hand = link_of(&songs[1], spotify);
    let corrected = app.correct_link(client, &page.id, spotify, &by_hand).await;
    corrected.unwrap();
    let shown = app.link_page(&page.id).await.unwrap();
    assert_eq!(found(&shown, spotify).unwrap().0, by_hand);
    assert_ne!(shown.version, page.version);
    let again = app.link_page(&page.id).await.unwrap();
    assert_eq!(again.version, shown.version);
    let undone = app.undo_correction(client, &page.id, spotify).await;
    undone.unwrap();
    let shown = app.link_page(&page.id).await.unwrap();
    assert_eq!(outcome(&shown, spotify), &before);
}
