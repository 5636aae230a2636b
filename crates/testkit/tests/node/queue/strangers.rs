//! A member who names what is in somebody else's room, from a room of their own and from outside. What is said by commands
//! in the same room is in `harm.rs`.

use protocol::ErrorCode;
use serde_json::{Value, json};
use testkit::{Follow, RoomClient, TestBrowser, TestSocket, device_key};

use super::scene::{add, item, play, refusal, settle};
use crate::accounts::{member, start};

const PASSWORD: &str = "Canary between us";

/// A room of `browser` with three pieces, the first of which plays.
async fn room(browser: &TestBrowser, number: u32, password: Option<&str>) -> RoomClient {
    let queue = json!({ "preset": "party", "title": "Canary kitchen" });
    let create = json!({ "device_key": device_key(number), "password": password, "queue": queue });
    let mut room = RoomClient::create_as(browser, create).await;
    play(&mut room, &["Moss", "Fern", "Reed"]).await;
    room
}

/// Every message that names a member, and it names this one.
fn frames_to(member: &str) -> [Value; 8] {
    let sdp = "v=0";
    [
        json!({ "kind": "approve", "member": member, "allow": true }),
        json!({ "kind": "approve", "member": member, "allow": false }),
        json!({ "kind": "offer", "to": member, "sdp": sdp }),
        json!({ "kind": "answer", "to": member, "sdp": sdp }),
        json!({ "kind": "candidate", "to": member, "candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host" }),
        json!({ "kind": "end-of-candidates", "to": member }),
        json!({ "kind": "restart", "to": member }),
        json!({ "kind": "leave", "member": member }),
    ]
}

/// Every command that names a person, a piece or a moment, and it names those of `room`.
fn commands_in(room: &RoomClient) -> Vec<Value> {
    let (owner, fern, on) = (room.me(), item(room, "Fern"), room.on());
    vec![
        json!({ "do": "play-now", "item": fern }),
        json!({ "do": "remove", "items": [fern, on] }),
        json!({ "do": "move", "item": fern }),
        json!({ "do": "vote", "item": fern }),
        json!({ "do": "vote-skip", "item": on }),
        json!({ "do": "approve", "item": fern, "allow": false }),
        json!({ "do": "undo", "seq": room.position.seq + 1_000 }),
        json!({ "do": "grant", "person": owner, "rank": "guest" }),
        json!({ "do": "kick", "person": owner }),
        json!({ "do": "ban", "person": owner }),
        json!({ "do": "transfer", "person": owner }),
        json!({ "do": "revoke", "invite": "v_0000000000000" }),
    ]
}

#[tokio::test]
async fn names_from_anothers_room_do_nothing_there() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let ben = member(&app, "ben@example.org").await;
    let mut kitchen = room(&ada, 0, Some(PASSWORD)).await;
    let mut own = room(&ben, 1, None).await;
    settle(&mut kitchen).await;
    let (state, heard) = (kitchen.state.clone(), kitchen.heard.len());
    for command in commands_in(&kitchen) {
        let answer = own.command(command.clone()).await;
        assert!(refusal(&answer).is_some(), "{command} is granted");
    }
    let seat = kitchen.welcome.you.id.to_string();
    for frame in frames_to(&seat) {
        let errors = own.errors.len();
        own.send(frame.clone()).await;
        own.until(|own| own.errors.len() > errors).await;
        let code = own.errors.last().unwrap().code;
        assert!(
            matches!(code, ErrorCode::Forbidden | ErrorCode::Gone),
            "{frame}: {code:?}"
        );
    }
    let cookies = ben.cookie_line();
    for frame in frames_to(&seat) {
        let signed_in = [("cookie", cookies.as_str())];
        let socket = TestSocket::open(app.address(), &signed_in).await;
        let mut outside = socket.unwrap();
        outside.say(frame.clone()).await;
        let told = format!("{:?}", outside.refusal().await);
        assert!(!told.contains("Canary"), "{frame}: {told}");
    }
    settle(&mut kitchen).await;
    assert_eq!((&kitchen.state, kitchen.heard.len()), (&state, heard));
    assert!(kitchen.offers.is_empty() && kitchen.errors.is_empty());
    own.granted(add(&["Rush"])).await;
    app.stop().await;
}

#[tokio::test]
async fn a_room_with_a_password_opens_by_nothing_that_is_of_another_room() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let ben = member(&app, "ben@example.org").await;
    let mut kitchen = room(&ada, 0, Some(PASSWORD)).await;
    let own = room(&ben, 1, Some("mine")).await;
    let (state, people) = (kitchen.state.clone(), kitchen.state.people.len());
    let at_the_door = Follow {
        code: kitchen.code(),
        key: device_key(2),
        last: Some(kitchen.position),
        ..Follow::default()
    };
    let of_own = own.welcome.resume.expose().clone();
    let tries = [
        Follow::default(),
        Follow {
            password: Some("mine".to_owned()),
            ..Follow::default()
        },
        Follow {
            resume: Some(of_own.clone()),
            ..Follow::default()
        },
        Follow {
            resume: Some(of_own.replace(&own.code(), &kitchen.code())),
            ..Follow::default()
        },
        Follow {
            resume: Some(kitchen.welcome.you.id.to_string()),
            ..Follow::default()
        },
        Follow {
            invite: Some(of_own),
            ..Follow::default()
        },
        Follow {
            invite: Some(kitchen.me().to_string()),
            ..Follow::default()
        },
    ];
    for follow in tries {
        let follow = Follow {
            password: follow.password,
            resume: follow.resume,
            invite: follow.invite,
            ..at_the_door.clone()
        };
        let refused = RoomClient::follow_as(&ben, &follow).await;
        let refused = refused.err().unwrap_or_else(|| panic!("{follow:?} opens"));
        let was_tried = !matches!(refused.code, ErrorCode::TooManyTries | ErrorCode::Busy);
        let said = format!("{refused:?}");
        assert!(was_tried && !said.contains("Canary"), "{follow:?}: {said}");
    }
    settle(&mut kitchen).await;
    assert_eq!(kitchen.state.people.len(), people, "nobody came");
    assert_eq!(kitchen.state, state);
    app.stop().await;
}
