//! How long a free session lasts, and when the next may begin.

use protocol::{ErrorCode, Goodbye};
use store::Holder;
use testkit::Closed;

use super::super::accounts::member;
use super::*;

/// The last word that a socket hears: why it goes, and when the next session may begin.
async fn farewell(socket: &mut TestSocket) -> (Goodbye, Option<Timestamp>) {
    loop {
        if let ServerMessage::Leave { reason, until, .. } = socket.hear().await {
            return (reason, until);
        }
    }
}

/// Promise S13
#[tokio::test]
async fn a_session_is_announced_and_ends_for_everybody_in_the_room() {
    let app = start().await;
    let (mut caster, room) = opened(&app, create()).await;
    let session = room.session.unwrap();
    assert_eq!(session.ends_at, room.now.after(MINUTE * 60));
    assert_eq!(session.free_again_at, room.now.after(MINUTE * 75));
    let (mut listener, welcome) = opened(&app, join(&code(&room))).await;
    assert_eq!(welcome.session, Some(session));
    for (minutes, left) in [(55, 5), (4, 1)] {
        app.clock.advance(MINUTE * minutes);
        for socket in [&mut caster, &mut listener] {
            assert_eq!(notice(socket).await, (Some(session.ends_at), Some(left)));
        }
    }
    app.clock.advance(MINUTE);
    for socket in [&mut caster, &mut listener] {
        let (reason, until) = farewell(socket).await;
        assert_eq!(
            (reason, until),
            (Goodbye::SessionOver, Some(session.free_again_at))
        );
        assert_eq!(socket.closed().await, Closed(Some(1000)));
    }
    app.stop().await;
}

/// Promise S28: the pause is the server's; what a browser keeps or clears of it changes nothing.
#[tokio::test]
async fn the_next_session_waits_whatever_the_page_says() {
    let app = start().await;
    let (mut caster, room) = opened(&app, opening(1)).await;
    app.clock.advance(MINUTE * 60);
    farewell(&mut caster).await;
    let mut back = join(&code(&room));
    back["device_key"] = json!(key(1));
    for wish in [opening(1), again(1, 2), back.clone(), join(&code(&room))] {
        let failure = refused(&app, wish).await;
        assert_eq!(
            (failure.code, failure.retry_after_s),
            (ErrorCode::Resting, Some(900))
        );
    }
    app.clock.advance(MINUTE * 14);
    assert_eq!(refused(&app, again(1, 2)).await.retry_after_s, Some(60));
    app.clock.advance(MINUTE);
    let waits = refused(&app, join(&code(&room))).await;
    assert_eq!(
        (waits.code, waits.retry_after_s),
        (ErrorCode::Resting, None)
    );
    let (_caster, again) = opened(&app, back).await;
    assert_eq!(again.room.code, room.room.code, "the room has waited");
    assert_eq!(again.session.unwrap().ends_at, again.now.after(MINUTE * 60));
    opened(&app, join(&code(&room))).await;
    app.stop().await;
}

#[tokio::test]
async fn a_room_with_a_queue_ends_as_kindly() {
    let app = start().await;
    let mut wish = opening(1);
    wish["queue"] = json!({ "preset": "party" });
    let (mut owner, room) = opened(&app, wish).await;
    let session = room.session.unwrap();
    app.clock.advance(MINUTE * 55);
    assert_eq!(notice(&mut owner).await.1, Some(5));
    app.clock.advance(MINUTE * 5);
    let (reason, until) = farewell(&mut owner).await;
    assert_eq!(
        (reason, until),
        (Goodbye::SessionOver, Some(session.free_again_at))
    );
    app.stop().await;
}

#[tokio::test]
async fn leaving_and_coming_back_goes_on_with_the_same_session() {
    let app = start().await;
    let (mut first, room) = opened(&app, opening(1)).await;
    first.say(json!({ "kind": "leave" })).await;
    farewell(&mut first).await;
    app.clock.advance(MINUTE * 30);
    let (_second, other) = opened(&app, again(1, 2)).await;
    assert_eq!(other.session, room.session);
    assert_ne!(other.room.code, room.room.code);
    app.stop().await;
}

#[tokio::test]
async fn who_is_signed_in_has_one_session_on_all_devices() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let (_first, room) = opened_by(&app, &ada, opening(1)).await;
    app.clock.advance(MINUTE * 10);
    let (_second, other) = opened_by(&app, &ada, opening(2)).await;
    assert_eq!(other.session, room.session);
    app.stop().await;
}

/// Signing in is no way around the pause of the guest that one was.
#[tokio::test]
async fn a_guest_who_signs_in_has_the_same_pause() {
    let app = start().await;
    let (mut caster, _) = opened(&app, opening(1)).await;
    let ada = member(&app, "ada@example.org").await;
    app.clock.advance(MINUTE * 60);
    farewell(&mut caster).await;
    let mut socket = socket_of(&app, &ada).await;
    socket.say(again(1, 2)).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Resting);
    app.stop().await;
}

/// Nor is bringing the room along.
#[tokio::test]
async fn a_room_that_is_brought_along_keeps_its_pause() {
    let app = start().await;
    let (mut caster, room) = opened(&app, opening(1)).await;
    let mut ada = member(&app, "ada@example.org").await;
    let keys = json!({ "keys": [key(1)] });
    let brought = ada.post("/api/v1/account/devices", &keys).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    app.clock.advance(MINUTE * 60);
    farewell(&mut caster).await;
    let mut back = join(&code(&room));
    back["device_key"] = json!(key(1));
    for wish in [back.clone(), opening(2)] {
        let mut socket = socket_of(&app, &ada).await;
        socket.say(wish).await;
        let failure = socket.refusal().await;
        assert_eq!(
            (failure.code, failure.retry_after_s),
            (ErrorCode::Resting, Some(900))
        );
    }
    app.clock.advance(MINUTE * 15);
    opened_by(&app, &ada, back).await;
    app.stop().await;
}

/// Promise S28: whoever clears everything is somebody new, but of the same network.
#[tokio::test]
async fn clearing_all_storage_again_and_again_ends_at_the_coarser_guard() {
    let app = start().await;
    let mut open = Vec::new();
    for number in 0..6 {
        open.push(opened(&app, opening(number)).await);
    }
    let failure = refused(&app, opening(7)).await;
    assert_eq!(failure.code, ErrorCode::Resting);
    assert_eq!(failure.retry_after_s, Some(75 * 60 / 6));
    opened(&app, again(0, 8)).await;
    app.stop().await;
}

/// Whoever had Pro in the pause after a free session, and has it no more before the pause is over.
#[tokio::test]
async fn where_pro_is_over_in_a_pause_the_room_ends_and_nobody_hears_that_it_has_no_end() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let (mut caster, before) = opened_by(&app, &ada, opening(1)).await;
    let free_again = before.session.unwrap().free_again_at;
    app.clock.advance(MINUTE * 60);
    farewell(&mut caster).await;
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    let (mut caster, room) = opened_by(&app, &ada, opening(2)).await;
    assert_eq!(room.session, None);
    give_pro(&app, "ada@example.org", None).await;
    let late = refused(&app, join(&code(&room))).await;
    assert_eq!(late.code, ErrorCode::Resting);
    let told = caster.hear().await;
    let ServerMessage::Leave { reason, until, .. } = told else {
        panic!("the first word is the last: {told:?}")
    };
    assert_eq!((reason, until), (Goodbye::SessionOver, Some(free_again)));
    app.stop().await;
}

/// Promise S9
#[tokio::test]
async fn two_moments_are_kept_of_a_session_and_they_go_with_the_pause() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let (mut caster, room) = opened_by(&app, &ada, opening(1)).await;
    let holder = Holder::Account(account_of(&app, "ada@example.org").await);
    let store = app.store().await;
    let kept = store.free_session(&holder).await.unwrap().unwrap();
    let session = room.session.unwrap();
    assert_eq!(
        (kept.ends_at, kept.free_again_at),
        (session.ends_at, session.free_again_at)
    );
    app.clock.advance(MINUTE * 60);
    farewell(&mut caster).await;
    assert!(store.free_session(&holder).await.unwrap().is_some());
    app.clock.advance(MINUTE * 15);
    let mut is_gone = false;
    for _ in 0..500 {
        is_gone = store.free_session(&holder).await.unwrap().is_none();
        if is_gone {
            break;
        }
        app.clock.advance(MINUTE);
        tokio::task::yield_now().await;
    }
    assert!(is_gone, "retention takes it away");
    store.close().await;
    app.stop().await;
}

#[tokio::test]
async fn a_restart_forgets_no_session_and_announces_nothing_twice() {
    let app = start().await;
    let (mut caster, room) = opened(&app, create()).await;
    app.clock.advance(MINUTE * 55);
    assert_eq!(notice(&mut caster).await.1, Some(5));
    let app = app.restart().await;
    let mut back = join(&code(&room));
    back["resume"] = json!(room.resume.expose());
    let (mut caster, welcome) = opened(&app, back).await;
    assert_eq!(welcome.session, room.session);
    app.clock.advance(MINUTE * 4);
    assert_eq!(notice(&mut caster).await.1, Some(1));
    app.clock.advance(MINUTE);
    assert_eq!(farewell(&mut caster).await.0, Goodbye::SessionOver);
    app.stop().await;
}

/// Promise Y45
#[tokio::test]
async fn using_a_right_changes_no_limit() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let (_caster, room) = opened_by(&app, &ada, opening(1)).await;
    let limits = |answer: testkit::http::Answer| {
        let rooms: Value = testkit::browser::json(&answer);
        (rooms["rooms_max"].clone(), rooms["has_custom_code"].clone())
    };
    let before = limits(ada.send("GET", "/api/v1/account/rooms").await);
    assert_eq!(ada.send("GET", "/api/v1/account/copy").await.status, 200);
    let forgotten = ada.send("DELETE", "/api/v1/account/history").await;
    assert_eq!(forgotten.status, 204);
    let leave = json!({ "word": "erase", "now": false });
    let left = ada.send_json("DELETE", "/api/v1/account", &leave).await;
    assert_eq!(left.status, 200);
    assert_eq!(ada.send("POST", "/api/v1/account/stay").await.status, 204);
    app.clock.advance(Duration::from_secs(3));
    assert_eq!(
        limits(ada.send("GET", "/api/v1/account/rooms").await),
        before
    );
    let (_again, other) = opened_by(&app, &ada, opening(2)).await;
    assert_eq!(other.session, room.session);
    assert_eq!(other.room.listeners_max, room.room.listeners_max);
    app.stop().await;
}
