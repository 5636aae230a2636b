//! Everything has a bound, and reaching it harms nobody else.

use std::time::{Duration, Instant};

use protocol::ErrorCode;
use serde_json::json;
use testkit::{Closed, TestApp, TestSocket, create, join};
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

#[tokio::test]
async fn a_message_over_the_bound_closes_its_socket_with_1009() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    caster.welcome().await;
    caster.say_text("x".repeat(64 * 1024 + 1)).await;
    assert_eq!(caster.closed().await, Closed(Some(1009)));
    let mut early = app.socket().await;
    early.say_text("x".repeat(64 * 1024 + 1)).await;
    assert_eq!(early.closed().await, Closed(Some(1009)));
    let mut huge = app.socket().await;
    huge.say_text("x".repeat(1024 * 1024)).await;
    huge.closed().await;
    app.socket().await.say(create()).await;
}

#[tokio::test]
async fn what_is_no_message_is_answered_and_the_socket_stays() {
    let app = TestApp::start().await;
    let mut socket = app.socket().await;
    for text in [
        "",
        "{",
        "null",
        r#"{"kind":"sing"}"#,
        r#"{"kind":"offer","to":"me","sdp":""}"#,
    ] {
        socket.say_text(text.to_owned()).await;
        assert_eq!(socket.refusal().await.code, ErrorCode::Invalid, "{text}");
    }
    socket.say_bytes(vec![0; 16]).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Invalid);
    socket.say(json!({ "kind": "leave" })).await;
    assert_eq!(
        socket.refusal().await.code,
        ErrorCode::Invalid,
        "create or join comes first"
    );
    socket.say(create()).await;
    let code = socket.welcome().await.room.code;
    socket.say(create()).await;
    assert_eq!(
        socket.refusal().await.code,
        ErrorCode::Invalid,
        "one room a socket"
    );
    socket.say(join(&code.to_string())).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Invalid);
}

#[tokio::test]
async fn another_version_is_told_to_reload() {
    let app = TestApp::start().await;
    let mut socket = app.socket().await;
    let mut wish = create();
    wish["version"] = json!(2);
    socket.say(wish).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Version);
    assert_eq!(socket.closed().await, Closed(Some(1008)));
}

#[tokio::test]
async fn two_hundred_messages_at_once_are_slowed_and_none_is_lost() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    let me = caster.welcome().await.you.id;
    for _ in 0..130 {
        caster.say(json!({ "kind": "restart", "to": me })).await;
    }
    for _ in 0..130 {
        assert_eq!(caster.refusal().await.code, ErrorCode::Forbidden);
    }
}

/// Whoever pings as fast as it can is heard as slowly as whoever speaks.
#[tokio::test]
async fn pings_count_as_messages_do() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    let me = caster.welcome().await.you.id;
    let began = Instant::now();
    for _ in 0..140 {
        caster.ping().await;
    }
    caster.say(json!({ "kind": "restart", "to": me })).await;
    assert_eq!(caster.refusal().await.code, ErrorCode::Forbidden);
    let waited = began.elapsed();
    assert!(waited >= Duration::from_secs(1), "heard after {waited:?}");
}

/// The next socket is told to come later.
async fn turned_away(app: &TestApp) {
    let mut socket = app.socket().await;
    let refusal = socket.refusal().await;
    assert_eq!(refusal.code, ErrorCode::Busy);
    assert!(refusal.retry_after_s.is_some());
    assert_eq!(socket.closed().await, Closed(Some(1013)));
}

#[tokio::test]
async fn one_client_has_a_bounded_number_of_sockets() {
    let app = TestApp::start_with(|settings| {
        settings.rooms.limits.half_open_per_client = 3;
        settings.rooms.limits.sockets_per_client = 5;
    })
    .await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(app.socket().await);
    }
    turned_away(&app).await;
    for socket in &mut open {
        socket.say(create()).await;
        socket.welcome().await;
    }
    open.push(app.socket().await);
    open.push(app.socket().await);
    turned_away(&app).await;
}

#[tokio::test]
async fn one_client_opens_a_bounded_number_of_rooms() {
    let app = TestApp::start_with(|settings| settings.rooms.limits.rooms_per_client_hour = 2).await;
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut caster = app.socket().await;
        caster.say(create()).await;
        caster.welcome().await;
        open.push(caster);
    }
    let mut third = app.socket().await;
    third.say(create()).await;
    let refusal = third.refusal().await;
    assert_eq!(refusal.code, ErrorCode::Busy);
    app.clock.advance(Duration::from_secs(u64::from(
        refusal.retry_after_s.unwrap(),
    )));
    third.say(create()).await;
    third.welcome().await;
}

#[tokio::test]
async fn a_foreign_page_may_not_connect() {
    let app = TestApp::start().await;
    let foreign = [("origin", "https://evil.example")];
    assert_eq!(
        TestSocket::open(app.address(), &foreign).await.err(),
        Some(403)
    );
    let own = format!("http://{}", app.address());
    assert!(
        TestSocket::open(app.address(), &[("origin", &own)])
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn half_a_request_is_cut_off() {
    let app = TestApp::start().await;
    let mut slow = TcpStream::connect(app.address()).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-")
        .await
        .unwrap();
    let mut rest = Vec::new();
    let cut = timeout(Duration::from_secs(60), slow.read_to_end(&mut rest)).await;
    assert!(cut.is_ok(), "the connection is still open");
}
