use std::time::Duration;

use music::Platform;

use super::*;
use crate::providers::recorded::*;

const NONE: &str = r#"{"data":[],"total":0}"#;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn state(outbound: &Outbound, provider: ProviderId) -> ProviderState {
    outbound
        .states()
        .into_iter()
        .find(|state| state.provider == provider)
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_costs_no_more_than_the_callers_time() {
    let http = Recorded::playing([Act::Hang]);
    let outbound = outbound(&Settings::default(), &http);
    let started = Instant::now();
    let outcome = outbound
        .ask(ProviderId::Deezer, &search(), Duration::from_millis(700))
        .await;
    assert_eq!(outcome, Err(Failure::TimedOut));
    assert_eq!(started.elapsed(), Duration::from_millis(700));
}

#[tokio::test(start_paused = true)]
async fn five_failures_in_a_row_make_it_rest_and_one_answer_brings_it_back() {
    let failures = (0..5).map(|_| ok("no json"));
    let http = Recorded::playing(failures.chain([ok(NONE), ok(NONE)]));
    let outbound = outbound(&Settings::default(), &http);
    for _ in 0..5 {
        assert_eq!(
            outbound.ask(ProviderId::Deezer, &search(), WITHIN).await,
            Err(Failure::BadAnswer)
        );
    }
    let resting = Err(Failure::Resting {
        retry_after: secs(10),
    });
    assert_eq!(
        outbound.ask(ProviderId::Deezer, &search(), WITHIN).await,
        resting
    );
    assert!(state(&outbound, ProviderId::Deezer).resting_until.is_some());
    tokio::time::advance(secs(10)).await;
    for _ in 0..2 {
        assert_eq!(
            outbound.ask(ProviderId::Deezer, &search(), WITHIN).await,
            Ok(Vec::new())
        );
    }
    let state = state(&outbound, ProviderId::Deezer);
    assert_eq!(
        (
            state.asked,
            state.answered,
            state.failed,
            state.resting_until
        ),
        (7, 2, 5, None)
    );
}

#[tokio::test(start_paused = true)]
async fn silence_is_blamed_on_the_provider_only_when_it_had_fair_time() {
    for (given, rests) in [(secs(2), true), (Duration::from_millis(500), false)] {
        let http = Recorded::playing((0..5).map(|_| Act::Hang).chain([ok(NONE)]));
        let outbound = outbound(&Settings::default(), &http);
        for _ in 0..5 {
            assert_eq!(
                outbound.ask(ProviderId::Deezer, &search(), given).await,
                Err(Failure::TimedOut)
            );
        }
        assert_eq!(
            state(&outbound, ProviderId::Deezer).resting_until.is_some(),
            rests
        );
    }
}

fn with_a_youtube_key() -> Settings {
    let mut settings = Settings::default();
    settings.providers.youtube_data.enabled = Some(true);
    settings.providers.youtube_data.key = Some(base::Secret::new("key".to_owned()));
    settings
}

#[tokio::test(start_paused = true)]
async fn only_what_a_provider_or_its_key_is_to_blame_for_counts_as_its_fault() {
    use ProviderId::{Deezer, SpotifyOembed, YoutubeData, YoutubeOembed};

    let video = || lookup(Platform::Youtube, Kind::Track, "dQw4w9WgXcQ");
    let spotify = lookup(Platform::Spotify, Kind::Track, "4cOdK2wGLETKBW3PvgPWqT");
    let disliked = || ok(r#"{"error":{"type":"OAuthException","message":"no","code":200}}"#);
    let broken = Act::Fail(Failure::Unreachable);
    for (provider, question, acts, faulted) in [
        (Deezer, search(), vec![ok(NONE)], 0),
        (Deezer, search(), vec![status(404)], 0),
        (Deezer, search(), vec![disliked()], 0),
        (Deezer, search(), vec![status(401)], 0),
        (YoutubeOembed, video(), vec![status(403)], 0),
        (SpotifyOembed, spotify, vec![status(401)], 0),
        (YoutubeData, video(), vec![status(400)], 0),
        (YoutubeData, video(), vec![status(401)], 1),
        (YoutubeData, video(), vec![status(403)], 1),
        (YoutubeData, video(), vec![status(429)], 1),
        (Deezer, search(), vec![status(501)], 1),
        (Deezer, search(), vec![ok("no json")], 1),
        (Deezer, search(), vec![Act::Fail(Failure::TooLarge)], 1),
        (Deezer, search(), vec![Act::Fail(Failure::ForeignHost)], 1),
        (Deezer, search(), vec![broken.clone(), broken], 1),
        (Deezer, search(), vec![Act::Hang], 1),
    ] {
        let told = format!("{provider:?} {acts:?}");
        let http = Recorded::playing(acts);
        let outbound = outbound(&with_a_youtube_key(), &http);
        let outcome = outbound.ask(provider, &question, WITHIN).await;
        let state = state(&outbound, provider);
        assert_eq!(state.faulted, faulted, "{told}");
        assert_eq!(
            (state.answered, state.failed),
            (u64::from(outcome.is_ok()), u64::from(outcome.is_err())),
            "{told}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_during_a_trial_leaves_the_door_open() {
    let failures = (0..5).map(|_| ok("no json"));
    let http = Recorded::playing(failures.chain([Act::Hang, ok(NONE)]));
    let outbound = outbound(&Settings::default(), &http);
    for _ in 0..5 {
        assert!(
            outbound
                .ask(ProviderId::Deezer, &search(), WITHIN)
                .await
                .is_err()
        );
    }
    tokio::time::advance(secs(10)).await;
    let question = search();
    let trial = outbound.ask(ProviderId::Deezer, &question, WITHIN);
    assert!(
        tokio::time::timeout(Duration::from_millis(5), trial)
            .await
            .is_err()
    );
    assert_eq!(
        outbound.ask(ProviderId::Deezer, &search(), WITHIN).await,
        Ok(Vec::new())
    );
}

#[tokio::test(start_paused = true)]
async fn a_used_up_budget_is_waited_for_as_long_as_the_caller_can_wait() {
    let http = Recorded::playing((0..6).map(|_| ok(r#"{"results":[]}"#)));
    let outbound = outbound(&Settings::default(), &http);
    let ask = async |within| outbound.ask(ProviderId::Itunes, &search(), within).await;
    for _ in 0..5 {
        assert_eq!(ask(secs(1)).await, Ok(Vec::new()));
    }
    assert_eq!(state(&outbound, ProviderId::Itunes).budget_left, 0);
    let spent = Failure::Budget {
        retry_after: Duration::from_millis(3_333),
    };
    assert_eq!(ask(secs(1)).await, Err(spent));
    let started = Instant::now();
    assert_eq!(ask(secs(4)).await, Ok(Vec::new()));
    assert!(started.elapsed() >= Duration::from_millis(3_333));
}

#[tokio::test(start_paused = true)]
async fn a_broken_connection_is_tried_once_more_and_a_refusal_never() {
    let broken = Act::Fail(Failure::Unreachable);
    let twice = ask(ProviderId::Deezer, &search(), [broken.clone(), ok(NONE)]).await;
    assert_eq!(twice.outcome, Ok(Vec::new()));
    let given_up = ask(
        ProviderId::Deezer,
        &search(),
        [broken.clone(), broken.clone()],
    )
    .await;
    assert_eq!(given_up.outcome, Err(Failure::Unreachable));
    for act in [
        Act::Fail(Failure::TooLarge),
        Act::Fail(Failure::ForeignHost),
        status(501),
        status(401),
    ] {
        assert!(
            ask(ProviderId::Deezer, &search(), [act])
                .await
                .outcome
                .is_err()
        );
    }
    let http = Recorded::playing([broken]);
    let hurried = outbound(&Settings::default(), &http)
        .ask(ProviderId::Deezer, &search(), Duration::from_millis(250))
        .await;
    assert_eq!(hurried, Err(Failure::Unreachable));
}

#[tokio::test(start_paused = true)]
async fn own_mirrors_may_be_asked_as_often_as_one_likes() {
    let mirrors = [(
        "itunes.apple.com".to_owned(),
        "http://127.0.0.1:9".to_owned(),
    )];
    let settings = Settings {
        mirrors: mirrors.into(),
        unlimited_mirrors: true,
        ..Settings::default()
    };
    let http = Recorded::playing((0..100).map(|_| ok(r#"{"results":[]}"#)));
    let outbound = outbound(&settings, &http);
    for _ in 0..100 {
        let outcome = outbound.ask(ProviderId::Itunes, &search(), secs(1)).await;
        assert_eq!(outcome, Ok(Vec::new()));
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_switched_off_is_not_asked() {
    let mut settings = Settings::default();
    settings.providers.deezer.enabled = Some(false);
    let outbound = outbound(&settings, &Recorded::playing([]));
    assert!(!outbound.providers().contains(&ProviderId::Deezer));
    assert!(!outbound.answers(ProviderId::Deezer, &search()));
    assert_eq!(
        outbound.ask(ProviderId::Deezer, &search(), WITHIN).await,
        Err(Failure::Off)
    );
    assert!(!state(&outbound, ProviderId::Deezer).is_on);
    assert_eq!(outbound.states().len(), ProviderId::ALL.len());
}

/// One question of each kind, as far as the providers without a key can answer them.
fn questions() -> Vec<Question> {
    vec![
        search(),
        isrc(),
        Question::Upc("0600000000012".to_owned()),
        lookup(Platform::Deezer, Kind::Track, "100000001"),
        lookup(Platform::AppleMusic, Kind::Track, "200000002"),
        lookup(Platform::Spotify, Kind::Track, "4Zz0000000000000000aaa"),
        lookup(Platform::Youtube, Kind::Track, "AAAAAAAAAAA"),
        lookup(Platform::Soundcloud, Kind::Track, "ada-example/night-ferry"),
        Question::Linked(link(
            Platform::Spotify,
            Kind::Track,
            "4Zz0000000000000000aaa",
        )),
    ]
}

/// The names of parameters in addresses. Their values are a title, an artist, a code, an id, or fixed words.
const PARAMETERS: &[&str] = &[
    "alt",
    "country",
    "entity",
    "fmt",
    "format",
    "id",
    "inc",
    "limit",
    "media",
    "nocorrect",
    "page",
    "q",
    "query",
    "resource",
    "term",
    "text",
    "type",
    "upc",
    "url",
];

/// Promise Y19
#[tokio::test(start_paused = true)]
async fn a_request_holds_title_artist_code_or_id_and_nothing_else() {
    let mut settings = Settings::default();
    settings.providers.yandex_music.enabled = Some(true);
    settings.providers.youtube_music_web.enabled = Some(true);
    let http = Recorded::playing((0..100).map(|_| status(404)));
    let outbound = outbound(&settings, &http);
    let questions = questions();
    for provider in outbound.providers() {
        for question in questions
            .iter()
            .filter(|one| outbound.answers(provider, one))
        {
            outbound.ask(provider, question, WITHIN).await.ok();
            tokio::time::advance(secs(700)).await;
        }
    }
    let sent = http.sent.lock().unwrap();
    assert!(sent.len() > 15, "only {}", sent.len());
    for request in sent.iter() {
        for (name, _) in request.url.query_pairs() {
            assert!(PARAMETERS.contains(&&*name), "{name} in {}", request.url);
        }
        for (name, _) in &request.headers {
            assert!(["origin", "x-yandex-music-client"].contains(name), "{name}");
        }
        assert!(request.authorization.is_none());
    }
}

#[test]
fn the_name_that_is_told_holds_the_contact_and_nothing_that_breaks_a_header() {
    let name = user_agent(Some("https://listen.example/about")).unwrap();
    assert_eq!(
        name,
        concat!(
            "Unisono/",
            env!("CARGO_PKG_VERSION"),
            " (https://listen.example/about)"
        )
    );
    assert!(user_agent(None).is_ok());
    for wrong in ["", " ", "a\r\nHost: b", "(x)", "é", &"x".repeat(201)] {
        assert_eq!(
            user_agent(Some(wrong)),
            Err(BadSettings::Contact),
            "{wrong}"
        );
    }
}
