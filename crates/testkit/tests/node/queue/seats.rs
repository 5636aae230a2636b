//! Who may come in, who must go, and what seats say to each other.

use protocol::room::{Answer, Rank, RejectCode};
use protocol::{ErrorCode, Goodbye};
use serde_json::json;
use testkit::{Closed, Follow, RoomClient, TestApp, device_key};

use super::scene::{add, as_person, configure, guest, join, refusal, room, settle};
use crate::database::tamper;

async fn refused(app: &TestApp, follow: &Follow) -> ErrorCode {
    match join(app, follow).await {
        Ok(_) => panic!("nobody should come in like this: {follow:?}"),
        Err(failure) => failure.code,
    }
}

#[tokio::test]
async fn a_password_is_asked_of_strangers_and_not_of_who_was_here() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    let host = RoomClient::create_with(app.address(), create).await;
    let stranger = as_person(&host.code(), 1);
    assert_eq!(refused(&app, &stranger).await, ErrorCode::NoSuchRoom);
    let wrong = Follow {
        password: Some("loud".to_owned()),
        ..stranger.clone()
    };
    assert_eq!(refused(&app, &wrong).await, ErrorCode::NoSuchRoom);
    let right = Follow {
        password: Some("hush".to_owned()),
        ..stranger.clone()
    };
    let guest = join(&app, &right).await.unwrap();
    let tab = join(&app, &stranger).await.unwrap();
    assert_eq!(guest.me(), tab.me());
}

#[tokio::test]
async fn wrong_passwords_and_invites_are_counted() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    let host = RoomClient::create_with(app.address(), create).await;
    let guess = Follow {
        invite: Some("0123456789abcdef0123456789abcdef".to_owned()),
        ..as_person(&host.code(), 1)
    };
    for _ in 0..10 {
        assert_eq!(refused(&app, &guess).await, ErrorCode::NoSuchRoom);
    }
    assert_eq!(refused(&app, &guess).await, ErrorCode::TooManyTries);
}

/// A room that cannot be read any more shows who makes the server look at it.
#[tokio::test]
async fn strangers_do_not_make_the_server_look_at_a_room_with_a_password() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    let mut host = RoomClient::create_with(app.address(), create).await;
    let invite = json!({ "do": "invite", "rank": "guest", "uses": 1, "expires_in_s": 3_600 });
    let invite = match host.command(invite).await {
        Answer::Ok { token, .. } => token.unwrap().expose().clone(),
        refused => panic!("{refused:?}"),
    };
    host.send(json!({ "kind": "command", "cmd_id": "last", "command": { "do": "leave" } }))
        .await;
    host.closed().await;
    // What is kept of all rooms is unreadable.
    tamper(&app, "UPDATE room_states SET state = 'spoilt'").await;
    let stranger = as_person(&host.code(), 1);
    let forged = Follow {
        invite: Some("0".repeat(invite.len())),
        ..stranger.clone()
    };
    for stranger in [&stranger, &forged] {
        assert_eq!(refused(&app, stranger).await, ErrorCode::NoSuchRoom);
    }
    let invited = Follow {
        invite: Some(invite),
        ..stranger
    };
    let known = as_person(&host.code(), 0);
    for somebody in [&invited, &known] {
        assert_eq!(refused(&app, somebody).await, ErrorCode::Server);
    }
}

#[tokio::test]
async fn an_invite_opens_a_locked_room_as_often_as_it_says() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    let mut host = RoomClient::create_with(app.address(), create).await;
    configure(&mut host, json!({ "is_locked": true })).await;
    let invite = host
        .command(json!({ "do": "invite", "rank": "dj", "uses": 1, "expires_in_s": 3_600 }))
        .await;
    let Answer::Ok {
        token: Some(token), ..
    } = invite
    else {
        panic!("a token, not {invite:?}");
    };
    let by_password = Follow {
        password: Some("hush".to_owned()),
        ..as_person(&host.code(), 1)
    };
    assert_eq!(refused(&app, &by_password).await, ErrorCode::Locked);
    let invited = Follow {
        invite: Some(token.expose().clone()),
        ..as_person(&host.code(), 2)
    };
    let guest = join(&app, &invited).await.unwrap();
    let me = guest.state.people.iter().find(|one| one.id == guest.me());
    assert_eq!(me.unwrap().rank, Rank::Dj);
    let second = Follow {
        key: device_key(3),
        ..invited
    };
    assert_eq!(refused(&app, &second).await, ErrorCode::NoSuchRoom);
}

#[tokio::test]
async fn who_is_kicked_goes_with_all_tabs_and_stays_out_for_a_while() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut tabs = [
        guest(&app, &host.code(), 1).await,
        guest(&app, &host.code(), 1).await,
    ];
    let resume = tabs[0].welcome.resume.expose().clone();
    host.granted(json!({ "do": "kick", "person": tabs[0].me() }))
        .await;
    for tab in &mut tabs {
        assert_eq!(tab.closed().await, Closed(Some(1000)));
        assert_eq!(tab.goodbye, Some(Goodbye::Removed));
    }
    let mut again = as_person(&host.code(), 1);
    assert_eq!(refused(&app, &again).await, ErrorCode::Banned);
    again.resume = Some(resume);
    assert_eq!(refused(&app, &again).await, ErrorCode::Banned);
    app.clock.advance(std::time::Duration::from_secs(601));
    again.resume = None;
    join(&app, &again).await.unwrap();
}

#[tokio::test]
async fn a_ban_outlives_a_restart() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    assert_eq!(guest.closed().await, Closed(Some(1000)));
    let (code, _host) = (host.code(), host.cut());
    let app = app.restart().await;
    assert_eq!(refused(&app, &as_person(&code, 1)).await, ErrorCode::Banned);
    join(&app, &as_person(&code, 2)).await.unwrap();
}

#[tokio::test]
async fn a_token_does_not_make_one_person_another() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    let mut victim = guest(&app, &host.code(), 1).await;
    let stolen = Follow {
        resume: Some(victim.welcome.resume.expose().clone()),
        ..as_person(&host.code(), 2)
    };
    assert_eq!(refused(&app, &stolen).await, ErrorCode::Invalid);
    victim.granted(add(&["Moss"])).await;
}

#[tokio::test]
async fn a_room_that_is_archived_says_goodbye_to_all_and_is_gone() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    host.granted(json!({ "do": "archive" })).await;
    for client in [&mut host, &mut guest] {
        assert_eq!(client.closed().await, Closed(Some(1000)));
        assert_eq!(client.goodbye, Some(Goodbye::Ended));
        let last = &client.heard.last().unwrap().event;
        assert_eq!(*last, protocol::room::Event::Archived);
    }
    let again = as_person(&host.code(), 1);
    assert_eq!(refused(&app, &again).await, ErrorCode::Ended);
}

#[tokio::test]
async fn two_peers_exchange_descriptions_and_strangers_do_not() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    let mut one = guest(&app, &host.code(), 1).await;
    let mut two = guest(&app, &host.code(), 2).await;
    let offer = json!({ "kind": "offer", "to": two.welcome.you.id, "sdp": "v=0" });
    one.send(offer.clone()).await;
    two.until(|two| !two.offers.is_empty()).await;
    assert_eq!(two.offers, [(one.welcome.you.id, "v=0".to_owned())]);
    let mut stranger = room(&app).await;
    stranger.send(offer).await;
    stranger.until(|one| !one.errors.is_empty()).await;
    assert_eq!(stranger.errors[0].code, ErrorCode::Gone);
}

#[tokio::test]
async fn a_room_without_a_queue_cannot_be_followed() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(testkit::create()).await;
    let code = caster.welcome().await.room.code.to_string();
    assert_eq!(
        refused(&app, &as_person(&code, 1)).await,
        ErrorCode::Invalid
    );
    caster
        .say(json!({ "kind": "command", "cmd_id": "a", "command": { "do": "play" } }))
        .await;
    assert_eq!(caster.refusal().await.code, ErrorCode::Forbidden);
}

#[tokio::test]
async fn a_key_that_could_be_guessed_lets_nobody_follow() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    let guessable = Follow {
        key: "me".to_owned(),
        ..as_person(&host.code(), 1)
    };
    assert_eq!(refused(&app, &guessable).await, ErrorCode::Invalid);
}

#[tokio::test]
async fn a_recording_of_an_unknown_page_is_refused_with_a_reason() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let item = json!({ "source": "recording", "page": "0123456789", "links": [] });
    let answer = host.command(json!({ "do": "add", "items": [item] })).await;
    assert_eq!(refusal(&answer), Some(RejectCode::Invalid));
    settle(&mut host).await;
    assert_eq!(host.titles(), [""; 0]);
}
