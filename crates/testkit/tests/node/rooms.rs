//! Opening rooms, coming in, coming back, going.

use std::time::Duration;

use protocol::{ErrorCode, Goodbye, Role, ServerMessage, Welcome};
use serde_json::json;
use testkit::{Closed, TestApp, TestSocket, create, join};

/// A room with its caster.
async fn room(app: &TestApp) -> (TestSocket, Welcome) {
    let mut caster = app.socket().await;
    caster.say(create()).await;
    let welcome = caster.welcome().await;
    (caster, welcome)
}

/// A listener that came in by code.
async fn listener(app: &TestApp, code: &str) -> (TestSocket, Welcome) {
    let mut listener = app.socket().await;
    listener.say(join(code)).await;
    let welcome = listener.welcome().await;
    (listener, welcome)
}

fn code(welcome: &Welcome) -> String {
    welcome.room.code.to_string()
}

/// Promise T9: nobody signs up.
#[tokio::test]
async fn a_guest_joins_with_nothing_but_the_code() {
    let app = TestApp::start().await;
    let (mut caster, room) = room(&app).await;
    assert_eq!((room.you.role, code(&room).len()), (Role::Caster, 6));
    assert!(room.room.link.ends_with(&format!("/r/{}", code(&room))));
    let typed = code(&room).to_lowercase();
    let typed = format!("{}-{}", &typed[..3], &typed[3..]);
    let (_listener, welcome) = listener(&app, &typed).await;
    assert_eq!(welcome.you.role, Role::Listener);
    assert_eq!(welcome.members[0].id, room.you.id);
    assert_eq!(welcome.room.hue, room.room.hue);
    let ServerMessage::Joined {
        member,
        welcome: None,
    } = caster.hear().await
    else {
        panic!("the caster is told");
    };
    assert_eq!(member.id, welcome.you.id);
}

#[tokio::test]
async fn offers_and_answers_pass_between_caster_and_listener() {
    let app = TestApp::start().await;
    let (mut caster, room) = room(&app).await;
    let (mut listener, welcome) = listener(&app, &code(&room)).await;
    caster.hear().await;
    caster
        .say(json!({ "kind": "offer", "to": welcome.you.id, "sdp": "v=0" }))
        .await;
    let ServerMessage::Offer { from, sdp } = listener.hear().await else {
        panic!("an offer")
    };
    assert_eq!((from, sdp.0.as_str()), (room.you.id, "v=0"));
    listener
        .say(json!({ "kind": "answer", "to": from, "sdp": "v=1" }))
        .await;
    assert!(matches!(caster.hear().await, ServerMessage::Answer { .. }));
    app.clock.advance(Duration::from_secs(1));
    listener.say(json!({ "kind": "restart", "to": from })).await;
    let ServerMessage::Restart { from, ice_servers } = caster.hear().await else {
        panic!("a restart")
    };
    assert_eq!(from, welcome.you.id);
    let [before, after] = [&room.ice_servers, &ice_servers]
        .map(|servers| servers[1].username.clone().unwrap_or_default());
    let [before, after] = [&before, &after].map(|name| name.split_once(':').unwrap());
    assert!(after.0 > before.0, "the credential is good for longer");
    assert_eq!(
        after.1, before.1,
        "under the same name, so that other paths stay"
    );
    let ServerMessage::Restart { from, .. } = listener.hear().await else {
        panic!("a restart")
    };
    assert_eq!(from, room.you.id);
}

/// Promise S21: STUN and TURN are our own.
#[tokio::test]
async fn members_are_given_our_own_relay_and_credentials_without_a_name() {
    let app = TestApp::start().await;
    let (_caster, room) = room(&app).await;
    let [stun, turn] = &room.ice_servers[..] else {
        panic!("two servers")
    };
    assert!(
        stun.urls
            .iter()
            .chain(&turn.urls)
            .all(|url| url.contains(":127.0.0.1:"))
    );
    let username = turn.username.as_deref().unwrap();
    let (expiry, name) = username.split_once(':').unwrap();
    assert!(expiry.parse::<i64>().unwrap() > room.now.unix_s());
    assert!(name.len() >= 16 && !name.contains(&code(&room)));
}

#[tokio::test]
async fn a_password_is_asked_of_those_who_type_the_code() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    let mut wish = create();
    wish["password"] = json!("open sesame");
    caster.say(wish).await;
    let room = caster.welcome().await;
    assert!(room.room.has_password);
    let mut listener = app.socket().await;
    listener.say(join(&code(&room))).await;
    let without = listener.refusal().await;
    let mut wrong = join(&code(&room));
    wrong["password"] = json!("open barley");
    listener.say(wrong).await;
    let wrong = listener.refusal().await;
    listener.say(join("zzzzzz")).await;
    let nowhere = listener.refusal().await;
    assert_eq!(without.code, ErrorCode::NoSuchRoom);
    assert_eq!(
        (&without, &wrong),
        (&wrong, &nowhere),
        "three reasons, one answer"
    );
    let mut right = join(&code(&room));
    right["password"] = json!("open sesame");
    listener.say(right).await;
    listener.welcome().await;
}

#[tokio::test]
async fn a_restart_loses_no_room_and_no_member() {
    let app = TestApp::start().await;
    let (mut caster, room) = room(&app).await;
    let (mut guest, welcome) = listener(&app, &code(&room)).await;
    let app = app.restart().await;
    assert_eq!(caster.closed().await, Closed(Some(1012)));
    assert_eq!(guest.closed().await, Closed(Some(1012)));
    let mut back = join(&code(&room));
    back["resume"] = json!(welcome.resume.expose());
    let mut guest = app.socket().await;
    guest.say(back).await;
    assert_eq!(guest.welcome().await.you.id, welcome.you.id);
    let mut back = join(&code(&room));
    back["resume"] = json!(room.resume.expose());
    let mut caster = app.socket().await;
    caster.say(back).await;
    let again = caster.welcome().await;
    assert_eq!((again.you.id, again.you.role), (room.you.id, Role::Caster));
    assert_eq!(again.members[0].id, welcome.you.id);
    listener(&app, &code(&room)).await;
}

#[tokio::test]
async fn the_host_comes_back_in_a_new_page_and_a_second_caster_does_not() {
    let app = TestApp::start().await;
    let (caster, room) = room(&app).await;
    let mut as_host = join(&code(&room));
    as_host["device_key"] = create()["device_key"].clone();
    let mut second = app.socket().await;
    second.say(as_host.clone()).await;
    assert_eq!(second.refusal().await.code, ErrorCode::CasterPresent);
    let (mut guest, _) = listener(&app, &code(&room)).await;
    caster.cut();
    let ServerMessage::Leave {
        reason: Goodbye::Away,
        until: Some(_),
        ..
    } = guest.hear().await
    else {
        panic!("the caster is away");
    };
    second.say(as_host).await;
    assert_eq!(second.welcome().await.you.role, Role::Caster);
    assert!(matches!(
        guest.hear().await,
        ServerMessage::Leave {
            reason: Goodbye::Left,
            ..
        }
    ));
    assert!(matches!(guest.hear().await, ServerMessage::Joined { .. }));
}

#[tokio::test]
async fn a_second_socket_of_a_member_replaces_the_first() {
    let app = TestApp::start().await;
    let (_caster, room) = room(&app).await;
    let (mut guest, welcome) = listener(&app, &code(&room)).await;
    let mut back = join(&code(&room));
    back["resume"] = json!(welcome.resume.expose());
    let mut second = app.socket().await;
    second.say(back).await;
    second.welcome().await;
    assert_eq!(guest.closed().await, Closed(Some(4001)));
}

#[tokio::test]
async fn a_room_that_ended_says_so_for_a_day_and_is_then_unknown() {
    let app = TestApp::start().await;
    let (mut caster, room) = room(&app).await;
    let (mut guest, _) = listener(&app, &code(&room)).await;
    caster.hear().await;
    caster.say(json!({ "kind": "leave" })).await;
    assert!(matches!(
        guest.hear().await,
        ServerMessage::Leave {
            reason: Goodbye::Ended,
            ..
        }
    ));
    assert_eq!(guest.closed().await, Closed(Some(1000)));
    assert_eq!(caster.closed().await, Closed(Some(1000)));
    let mut late = app.socket().await;
    late.say(join(&code(&room))).await;
    assert_eq!(late.refusal().await.code, ErrorCode::Ended);
    app.clock.advance(Duration::from_secs(24 * 3600 + 60));
    // What is over goes with the next round of retention, which takes the time it takes.
    loop {
        let mut later = app.socket().await;
        later.say(join(&code(&room))).await;
        match later.refusal().await.code {
            ErrorCode::NoSuchRoom => return,
            refusal => assert_eq!(refusal, ErrorCode::Ended),
        }
        app.clock.advance(Duration::from_secs(60));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_room_nobody_casts_in_expires() {
    let app = TestApp::start().await;
    let (caster, room) = room(&app).await;
    let (mut guest, _) = listener(&app, &code(&room)).await;
    caster.cut();
    guest.hear().await;
    app.clock.advance(Duration::from_secs(91));
    assert!(matches!(
        guest.hear().await,
        ServerMessage::Leave {
            reason: Goodbye::Left,
            ..
        }
    ));
    app.clock.advance(Duration::from_secs(12 * 3600));
    assert!(matches!(
        guest.hear().await,
        ServerMessage::Leave {
            reason: Goodbye::Expired,
            ..
        }
    ));
    let mut late = app.socket().await;
    late.say(join(&code(&room))).await;
    assert_eq!(late.refusal().await.code, ErrorCode::Ended);
}

#[tokio::test]
async fn the_caster_removes_a_listener() {
    let app = TestApp::start().await;
    let (mut caster, room) = room(&app).await;
    let (mut guest, welcome) = listener(&app, &code(&room)).await;
    caster.hear().await;
    caster
        .say(json!({ "kind": "leave", "member": welcome.you.id }))
        .await;
    assert!(matches!(
        guest.hear().await,
        ServerMessage::Leave {
            reason: Goodbye::Removed,
            ..
        }
    ));
    assert_eq!(guest.closed().await, Closed(Some(1000)));
    let mut back = join(&code(&room));
    back["resume"] = json!(welcome.resume.expose());
    let mut again = app.socket().await;
    again.say(back.clone()).await;
    assert_eq!(again.refusal().await.code, ErrorCode::Resume);
    let app = app.restart().await;
    let mut again = app.socket().await;
    again.say(back).await;
    assert_eq!(
        again.refusal().await.code,
        ErrorCode::Resume,
        "nor after a restart"
    );
}

#[tokio::test]
async fn a_full_room_and_a_forged_token_are_refused() {
    let app = TestApp::start_with(|settings| settings.rooms.limits.listeners_per_room = 1).await;
    let (_caster, room) = room(&app).await;
    let (_first, welcome) = listener(&app, &code(&room)).await;
    let mut second = app.socket().await;
    second.say(join(&code(&room))).await;
    assert_eq!(second.refusal().await.code, ErrorCode::Full);
    let mut forged = join(&code(&room));
    forged["resume"] = json!(welcome.resume.expose().replace(".l.", ".c."));
    second.say(forged).await;
    assert_eq!(second.refusal().await.code, ErrorCode::Resume);
}
