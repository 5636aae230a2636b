//! What a person gets who pastes a link.

use std::collections::BTreeMap;
use std::time::Duration;

use app::{LinkEvent, LinkRefusal, SearchReason};
use music::{Level, Platform};
use testkit::TestApp;
use testkit::providers::{Behaviour, EVERY_HOST, Fault};

use crate::stage::{Stage, Tally, address, found, is_right, row, searched, tally};

/// At once, and as often as one likes.
fn willing() -> Behaviour {
    Behaviour {
        limits: false,
        ..Behaviour::default()
    }
}

fn failing(status: u16) -> Behaviour {
    Behaviour::broken(Fault::Status {
        status,
        retry_after: None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cold_link_without_any_key_gets_right_links_and_no_wrong_one() {
    let stage = Stage::open().await;
    let songs = stage.providers.catalogue().songs();
    let mut counts = BTreeMap::new();
    let platforms = [Platform::Deezer, Platform::AppleMusic, Platform::Spotify];
    for (song, from) in songs.iter().zip(platforms.into_iter().cycle()) {
        if !song.ids.contains_key(&from) {
            continue;
        }
        let view = stage.convert(&address(song, from)).await.unwrap();
        let (url, level) = found(row(&view, from)).unwrap();
        assert!(
            is_right(song, from, url) && level == Level::Exact,
            "{view:?}"
        );
        tally(song, &view, &mut counts);
    }
    let wrong: Vec<_> = counts.values().flat_map(|count| &count.wrong).collect();
    assert_eq!(wrong, [""; 0]);
    for platform in [Platform::Deezer, Platform::AppleMusic] {
        let Tally { right, missed, .. } = &counts[&platform];
        assert!(
            *right >= 10 * missed,
            "{platform:?}: {right} of {}",
            right + missed
        );
    }
    // Only directories know these without a key, and not all.
    let Tally { right, missed, .. } = &counts[&Platform::Spotify];
    assert!(*right >= 3 * missed, "{right} of {}", right + missed);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_a_provider_it_becomes_a_search_that_says_so() {
    let faults = [
        Fault::Status {
            status: 500,
            retry_after: None,
        },
        Fault::Status {
            status: 429,
            retry_after: Some(5),
        },
        Fault::Empty,
        Fault::CutOff,
        Fault::Garbage,
        Fault::OtherShape,
        Fault::Huge,
        Fault::RedirectLoop,
        Fault::Redirect {
            to: "http://127.0.0.1:1/".to_owned(),
        },
    ];
    for fault in faults {
        let stage = Stage::open().await;
        let song = stage.song("Slow Train to Anywhere");
        stage
            .providers
            .behave("api.deezer.com", Behaviour::broken(fault.clone()));
        stage.providers.behave("musicbrainz.org", failing(503));
        let view = stage
            .convert(&address(&song, Platform::AppleMusic))
            .await
            .unwrap();
        let deezer = row(&view, Platform::Deezer);
        assert_eq!(
            searched(deezer),
            Some(SearchReason::NoAnswer),
            "{fault:?}: {deezer:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_code_makes_an_earlier_match_surer() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    // Apple shows no codes; Deezer does, and is last.
    stage.providers.behave(
        "api.deezer.com",
        Behaviour {
            latency_ms: 600,
            ..willing()
        },
    );
    let steps = stage.steps(&address(&song, Platform::AppleMusic)).await;
    let mut levels: BTreeMap<Platform, Vec<(String, Level)>> = BTreeMap::new();
    for step in &steps {
        if let LinkEvent::Match { found: row } = step
            && let Some((url, level)) = found(row)
        {
            levels
                .entry(row.platform)
                .or_default()
                .push((url.to_owned(), level));
        }
    }
    assert!(
        matches!(steps[0], LinkEvent::Identified { .. }),
        "{steps:?}"
    );
    assert!(
        matches!(steps.last(), Some(LinkEvent::Done { .. })),
        "{steps:?}"
    );
    for (platform, shown) in &levels {
        let (url, level) = shown.last().unwrap();
        assert!(is_right(&song, *platform, url), "{shown:?}");
        assert!(
            shown.iter().all(|(_, earlier)| earlier <= level),
            "{shown:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_every_provider_down_an_empty_database_says_so() {
    let node = TestApp::start().await;
    let providers = testkit::providers::Providers::start().await;
    let stage = Stage { node, providers };
    let song = stage.song("Night Ferry");
    let refused = stage.convert(&address(&song, Platform::Deezer)).await;
    assert_eq!(refused.unwrap_err(), LinkRefusal::Unidentified);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_every_other_provider_down_there_are_searches_that_say_so() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    stage.providers.behave(EVERY_HOST, failing(500));
    stage.providers.behave("api.deezer.com", willing());
    let view = stage
        .convert(&address(&song, Platform::Deezer))
        .await
        .unwrap();
    for platform in [
        Platform::Spotify,
        Platform::AppleMusic,
        Platform::Soundcloud,
    ] {
        assert_eq!(
            searched(row(&view, platform)),
            Some(SearchReason::NoAnswer),
            "{platform:?}"
        );
    }
    // Nobody without a key may ask there.
    assert_eq!(
        searched(row(&view, Platform::YandexMusic)),
        Some(SearchReason::NotAsked)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_link_leads_to_its_track_and_never_astray() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    let token = &song.ids[&Platform::Spotify][0];
    let view = stage
        .convert(&format!("https://spotify.link/{token}"))
        .await
        .unwrap();
    assert!(is_right(
        &song,
        Platform::Spotify,
        found(row(&view, Platform::Spotify)).unwrap().0
    ));
    for trap in [
        "loopback",
        "loopback6",
        "private",
        "metadata",
        "foreign",
        "lookalike",
        "userinfo",
        "file",
        "loop",
        "chain9",
        "page",
    ] {
        let refused = stage.convert(&format!("https://spotify.link/{trap}")).await;
        assert_eq!(refused.unwrap_err(), LinkRefusal::ShortLink, "{trap}");
    }
    let gone = stage.convert("https://spotify.link/nowhere").await;
    assert_eq!(gone.unwrap_err(), LinkRefusal::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_provider_is_not_waited_for_longer_than_a_person_waits() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    stage.providers.behave(
        "itunes.apple.com",
        Behaviour {
            latency_ms: 6_000,
            ..willing()
        },
    );
    let text = address(&song, Platform::Deezer);
    let view = stage.convert(&text).await.unwrap();
    let answered = found(row(&view, Platform::AppleMusic)).is_some();
    if !answered {
        assert_eq!(
            searched(row(&view, Platform::AppleMusic)),
            Some(SearchReason::NoAnswer)
        );
        // It goes on without anybody waiting, and the next who comes has it.
        let late = async {
            loop {
                let page = stage.node.app().link_page(&view.id).await.unwrap();
                if found(row(&page, Platform::AppleMusic)).is_some() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), late)
            .await
            .unwrap();
    }
}
