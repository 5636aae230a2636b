//! What must not be left behind: rights of who is gone, and words that were taken back.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::room::Event;
use serde_json::json;
use sqlx::Connection;
use testkit::{Follow, RoomClient, TestApp, device_key};

use super::scene::{as_person, guest, join, room, settle, track};

async fn room_with_a_password(app: &TestApp) -> RoomClient {
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    RoomClient::create_with(app.address(), create).await
}

fn with_password(code: &str, number: u32) -> Follow {
    Follow {
        password: Some("hush".to_owned()),
        ..as_person(code, number)
    }
}

#[tokio::test]
async fn the_token_of_who_was_sent_away_lets_nobody_in_without_the_password() {
    let app = TestApp::start().await;
    let mut host = room_with_a_password(&app).await;
    let guest = join(&app, &with_password(&host.code(), 1)).await.unwrap();
    let resume = Some(guest.welcome.resume.expose().clone());
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    let disguised = Follow {
        resume,
        ..as_person(&host.code(), 2)
    };
    let refused = join(&app, &disguised).await.err();
    assert_eq!(refused.unwrap().code, ErrorCode::NoSuchRoom);
}

#[tokio::test]
async fn who_was_away_for_longer_is_remembered_and_needs_no_password() {
    let app = TestApp::start().await;
    let mut host = room_with_a_password(&app).await;
    let guest = join(&app, &with_password(&host.code(), 1)).await.unwrap();
    let me = guest.me();
    drop(guest.cut());
    settle(&mut host).await;
    app.clock.advance(Duration::from_secs(130));
    settle(&mut host).await;
    let again = join(&app, &as_person(&host.code(), 1)).await.unwrap();
    assert_eq!(again.me(), me);
}

#[tokio::test]
async fn a_line_that_was_taken_back_is_told_to_nobody_who_comes_back() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let away = guest(&app, &host.code(), 1).await.cut();
    let seq = host
        .granted(json!({ "do": "chat", "text": "a secret" }))
        .await;
    host.granted(json!({ "do": "unsay", "seq": seq })).await;
    let back = away.come_back(app.address(), &device_key(1)).await.unwrap();
    let is_line = |event: &Event| matches!(event, Event::Chat { .. });
    assert!(!back.heard.iter().any(|event| is_line(&event.event)));
    assert_eq!(back.state.chat, []);
}

#[tokio::test]
async fn a_pardon_outlives_a_crash() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let guest = guest(&app, &host.code(), 1).await;
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    host.granted(json!({ "do": "pardon" })).await;
    let (code, _host) = (host.code(), host.cut());
    let app = app.restart().await;
    join(&app, &as_person(&code, 1)).await.unwrap();
}

#[tokio::test]
async fn titles_are_shown_as_text_and_without_tricks() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut item = track("tide", 60);
    item["title"] = json!(format!("\u{202e}<b>Low{} Tide", "\u{200b}".repeat(50)));
    item["artist"] = json!("\u{2067}\u{200b}");
    host.granted(json!({ "do": "add", "items": [item] })).await;
    settle(&mut host).await;
    let item = &host.state.queue[0];
    assert_eq!(item.title, "<b>Low Tide");
    assert_eq!(item.artist, None);
}

/// The old socket's end may be noticed in the same moment in which its seat is taken again.
#[tokio::test]
async fn who_comes_back_while_the_old_socket_goes_keeps_the_seat() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut client = guest(&app, &host.code(), 1).await;
    for _ in 0..30 {
        let again = Follow {
            resume: Some(client.welcome.resume.expose().clone()),
            ..as_person(&host.code(), 1)
        };
        let old = client;
        let (_, back) = tokio::join!(
            async {
                tokio::task::yield_now().await;
                drop(old.cut());
            },
            join(&app, &again)
        );
        client = back.unwrap();
        settle(&mut client).await;
        settle(&mut host).await;
        let people = &host.state.people;
        let person = people.iter().find(|one| one.id == client.me()).unwrap();
        assert_eq!(person.seats, [client.welcome.you.id]);
    }
}

/// What the database holds of the room's people and their words.
async fn kept(app: &TestApp) -> String {
    let mut database = crate::database::open(app).await;
    let all = "SELECT state FROM room_states UNION ALL SELECT principal FROM room_people";
    let rows: Vec<(String,)> = sqlx::query_as(all).fetch_all(&mut database).await.unwrap();
    database.close().await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

/// Promise C12: what guests said, and who they were, is gone after a day, also where nobody is in the room any more.
#[tokio::test]
async fn a_room_that_nobody_is_in_forgets_lines_and_people_after_a_day() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    guest
        .granted(json!({ "do": "chat", "text": "a line of the first hour" }))
        .await;
    drop(guest.cut());
    settle(&mut host).await;
    app.clock.advance(Duration::from_secs(130));
    for _ in 0..4 {
        settle(&mut host).await;
        app.clock.advance(Duration::from_secs(4 * 3_600));
    }
    settle(&mut host).await;
    let before = kept(&app).await;
    assert!(before.contains("a line of the first hour"));
    let remembered = before.matches("\"until\"").count();
    assert_eq!(remembered, 1, "the guest is remembered");
    host.send(json!({ "kind": "command", "cmd_id": "last", "command": { "do": "leave" } }))
        .await;
    host.closed().await;
    app.clock.advance(Duration::from_secs(8 * 3_600 + 300));
    let is_forgotten = async || {
        let kept = kept(&app).await;
        !kept.contains("a line of the first hour") && !kept.contains("\"until\"")
    };
    let patience = std::time::Instant::now() + Duration::from_secs(30);
    while !is_forgotten().await {
        assert!(std::time::Instant::now() < patience, "it is still kept");
        tokio::time::sleep(Duration::from_millis(50)).await;
        app.clock.advance(Duration::from_secs(60));
    }
    let again = join(&app, &as_person(&host.code(), 1)).await.unwrap();
    assert_eq!(again.state.chat, [], "the room itself is still there");
}
