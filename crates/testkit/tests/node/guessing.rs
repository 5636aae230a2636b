//! Guessing codes does not pay, and others notice nothing.

use std::time::Duration;

use protocol::ErrorCode;
use testkit::{TestApp, TestSocket, create, join};

const PROXY: &str = "127.0.0.1/32";

async fn socket_of(app: &TestApp, client: &str) -> TestSocket {
    let headers = [("x-forwarded-for", client)];
    TestSocket::open(app.address(), &headers)
        .await
        .expect("the socket opens")
}

/// Promise S46: brute force is throttled for one client only.
#[tokio::test]
async fn five_hundred_guesses_are_throttled_after_at_most_twenty() {
    let trust = |settings: &mut unisono::Settings| {
        settings.trusted_proxies = vec![PROXY.parse().unwrap()];
    };
    let app = TestApp::start_with(trust).await;
    let mut caster = socket_of(&app, "198.51.100.1").await;
    caster.say(create()).await;
    let code = caster.welcome().await.room.code.to_string();
    let mut answered = 0;
    for round in 0..25 {
        // A page gives up after a while, so a guesser opens one socket after another.
        let mut guesser = socket_of(&app, "203.0.113.9").await;
        for guess in 0..20 {
            guesser
                .say(join(&format!("zz{:04}", round * 20 + guess)))
                .await;
            let refusal = guesser.refusal().await;
            match refusal.code {
                ErrorCode::NoSuchRoom => answered += 1,
                ErrorCode::TooManyTries => assert!(refusal.retry_after_s.unwrap() > 0),
                other => panic!("{other:?}"),
            }
        }
        // Even the right code tells nothing while the guesser is throttled.
        guesser.say(join(&code)).await;
        assert_eq!(guesser.refusal().await.code, ErrorCode::TooManyTries);
    }
    assert!(
        (1..=20).contains(&answered),
        "{answered} of 500 guesses were answered"
    );
    let mut other = socket_of(&app, "203.0.113.10").await;
    other.say(join(&code)).await;
    other.welcome().await;
    app.clock.advance(Duration::from_secs(60));
    let mut patient = socket_of(&app, "203.0.113.9").await;
    patient.say(join(&code)).await;
    patient.welcome().await;
}

#[tokio::test]
async fn guesses_side_by_side_count_as_well() {
    let app = TestApp::start().await;
    let guessing = (0..16).map(|number| {
        let socket = app.socket();
        async move {
            let mut guesser = socket.await;
            let mut answered = 0;
            for guess in 0..10 {
                let mut wish = join(&format!("zz{:04}", number * 10 + guess));
                wish["password"] = "not this one".into();
                guesser.say(wish).await;
                answered += u32::from(guesser.refusal().await.code == ErrorCode::NoSuchRoom);
            }
            answered
        }
    });
    let answered: u32 = futures_util::future::join_all(guessing)
        .await
        .into_iter()
        .sum();
    assert!(
        (1..=20).contains(&answered),
        "{answered} of 160 guesses were answered"
    );
}

#[tokio::test]
async fn forty_people_behind_one_address_may_come_at_once() {
    let app = TestApp::start_with(|settings| {
        settings.rooms.limits.listeners_per_room = 40;
        settings.rooms.limits.half_open_per_client = 64;
    })
    .await;
    let mut caster = app.socket().await;
    let mut wish = create();
    wish["password"] = "open sesame".into();
    caster.say(wish).await;
    let code = caster.welcome().await.room.code.to_string();
    let coming = (0..40).map(|_| async {
        let mut guest = app.socket().await;
        let mut wish = join(&code);
        wish["password"] = "open sesame".into();
        guest.say(wish).await;
        guest.welcome().await;
        guest
    });
    let guests = futures_util::future::join_all(coming).await;
    assert_eq!(guests.len(), 40);
}

#[tokio::test]
async fn forwarded_headers_count_only_from_trusted_proxies() {
    let app = TestApp::start().await;
    for client in 0..10 {
        let mut guesser = socket_of(&app, &format!("203.0.113.{client}")).await;
        guesser.say(join("zzzzzz")).await;
        assert_eq!(guesser.refusal().await.code, ErrorCode::NoSuchRoom);
    }
    let mut guesser = socket_of(&app, "203.0.113.99").await;
    guesser.say(join("zzzzzz")).await;
    assert_eq!(
        guesser.refusal().await.code,
        ErrorCode::TooManyTries,
        "it is one client all along"
    );
}
