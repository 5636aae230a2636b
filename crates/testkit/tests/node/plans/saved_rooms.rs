//! Rooms whose name and code stay a member's.

use protocol::{ErrorCode, Goodbye};
use testkit::browser::json as read;
use testkit::http::Answer;

use super::super::accounts::{kind, member};
use super::*;

const ROOMS: &str = "/api/v1/account/rooms";

async fn save(browser: &mut TestBrowser, wish: Value) -> Answer {
    browser.post(ROOMS, &wish).await
}

async fn list(browser: &mut TestBrowser) -> Value {
    read(&browser.send("GET", ROOMS).await)
}

/// A Pro member.
async fn pro(app: &TestApp, email: &str) -> TestBrowser {
    let browser = member(app, email).await;
    give_pro(app, email, days_from_now(app, 30)).await;
    browser
}

fn opening_saved(id: &Value, number: u32) -> Value {
    let mut wish = opening(number);
    wish["saved"] = id.clone();
    wish
}

/// Promise S7
#[tokio::test]
async fn a_saved_room_keeps_its_name_and_code_and_opens_in_one_press() {
    let app = start().await;
    let mut ada = pro(&app, "ada@example.org").await;
    let wish = json!({ "name": "Friday", "code": "fr1day", "password": "open sesame" });
    let saved = save(&mut ada, wish).await;
    assert_eq!(saved.status, 201, "{}", saved.body);
    let saved: Value = read(&saved);
    assert_eq!(
        (&saved["code"], &saved["has_password"]),
        (&json!("FR1DAY"), &json!(true))
    );
    for number in 1..3 {
        let (mut caster, room) = opened_by(&app, &ada, opening_saved(&saved["id"], number)).await;
        assert_eq!(code(&room), "FR1DAY");
        assert!(room.room.has_password && room.session.is_none());
        assert_eq!(list(&mut ada).await["rooms"][0]["is_open"], json!(true));
        // From another device it is the same room, in which one casts already.
        let mut other = socket_of(&app, &ada).await;
        other.say(opening_saved(&saved["id"], number + 10)).await;
        assert_eq!(other.refusal().await.code, ErrorCode::CasterPresent);
        caster.say(json!({ "kind": "leave" })).await;
        caster.closed().await;
        let mut ended = socket_of(&app, &ada).await;
        ended.say(opening_saved(&saved["id"], number)).await;
        let back = ended.welcome().await;
        ended.say(json!({ "kind": "leave" })).await;
        assert_eq!(ended.closed().await.0, Some(1000));
        assert_eq!(back.room.code, room.room.code);
    }
    app.stop().await;
}

#[tokio::test]
async fn a_saved_room_with_a_queue_is_called_by_its_name() {
    let app = TestApp::start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let wish = json!({ "name": "Kitchen", "has_queue": true });
    let saved: Value = read(&save(&mut ada, wish).await);
    assert_eq!(saved["code"].as_str().unwrap().len(), 8);
    let (mut owner, room) = opened_by(&app, &ada, opening_saved(&saved["id"], 1)).await;
    assert_eq!(room.you.role, protocol::Role::Peer);
    let title = loop {
        if let ServerMessage::Snapshot(snapshot) = owner.hear().await {
            break snapshot.state.settings.title.clone();
        }
    };
    assert_eq!(title.as_deref(), Some("Kitchen"));
    let renamed = json!({ "name": "Kitchen at night" });
    let path = format!("{ROOMS}/{}", saved["id"].as_str().unwrap());
    assert_eq!(ada.send_json("PATCH", &path, &renamed).await.status, 204);
    assert_eq!(
        list(&mut ada).await["rooms"][0]["name"],
        json!("Kitchen at night")
    );
    assert_eq!(list(&mut ada).await["sells_more"], json!(false));
    assert_eq!(ada.send("DELETE", &path).await.status, 204);
    assert_eq!(list(&mut ada).await["rooms"], json!([]));
    assert_eq!(ada.send("DELETE", &path).await.status, 404);
    app.stop().await;
}

/// Promise S7: the gate is the server's.
#[tokio::test]
async fn a_plan_without_saved_rooms_saves_none() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let refused = save(&mut ada, json!({ "name": "Friday" })).await;
    assert_eq!(
        (refused.status, kind(&refused).as_str()),
        (403, "plan-saves-no-rooms")
    );
    let rooms = list(&mut ada).await;
    assert_eq!(
        (&rooms["rooms_max"], &rooms["sells_more"]),
        (&json!(0), &json!(true))
    );
    let mut guest = TestBrowser::new(app.address());
    assert_eq!(guest.send("GET", ROOMS).await.status, 401);
    app.stop().await;
}

#[tokio::test]
async fn names_codes_and_numbers_have_bounds() {
    let app = start().await;
    let mut ada = pro(&app, "ada@example.org").await;
    for (wish, named) in [
        (json!({ "name": "  " }), "bad-room-name"),
        (json!({ "name": "a", "code": "UUUUUU" }), "bad-room-code"),
        (json!({ "name": "a", "code": "abc" }), "bad-room-code"),
        (
            json!({ "name": "a", "password": "x".repeat(73) }),
            "bad-room-password",
        ),
        (json!({ "name": "a", "password": "" }), "bad-room-password"),
    ] {
        let refused = save(&mut ada, wish).await;
        assert_eq!((refused.status, kind(&refused).as_str()), (422, named));
    }
    for name in ["one", "two"] {
        assert_eq!(save(&mut ada, json!({ "name": name })).await.status, 201);
    }
    let third = save(&mut ada, json!({ "name": "three" })).await;
    assert_eq!(kind(&third), "plan-saves-no-more-rooms");
    app.stop().await;
}

#[tokio::test]
async fn a_change_with_one_bad_part_changes_nothing() {
    let app = start().await;
    let mut ada = pro(&app, "ada@example.org").await;
    let wish = json!({ "name": "Friday", "password": "open sesame" });
    let saved: Value = read(&save(&mut ada, wish).await);
    let path = format!("{ROOMS}/{}", saved["id"].as_str().unwrap());
    let bad = json!({ "name": "Sunday", "password": "x".repeat(73) });
    let refused = ada.send_json("PATCH", &path, &bad).await;
    assert_eq!(kind(&refused), "bad-room-password");
    let bad = json!({ "name": "", "password": "" });
    let refused = ada.send_json("PATCH", &path, &bad).await;
    assert_eq!(kind(&refused), "bad-room-name");
    let room = &list(&mut ada).await["rooms"][0];
    assert_eq!(
        (&room["name"], &room["has_password"]),
        (&json!("Friday"), &json!(true))
    );
    app.stop().await;
}

/// A password is hashed slowly: only for a room that is theirs, or about to be, and not without end.
#[tokio::test]
async fn passwords_of_saved_rooms_are_set_so_often_and_only_where_they_count() {
    let app = start().await;
    let [mut ada, mut ben] = [
        pro(&app, "ada@example.org").await,
        pro(&app, "ben@example.org").await,
    ];
    let saved: Value = read(&save(&mut ada, json!({ "name": "one" })).await);
    let path = format!("{ROOMS}/{}", saved["id"].as_str().unwrap());
    let change = json!({ "name": "mine", "password": "open sesame" });
    for name in ["two", "three"] {
        assert_eq!(save(&mut ben, json!({ "name": name })).await.status, 201);
    }
    for _ in 0..12 {
        assert_eq!(ben.send_json("PATCH", &path, &change).await.status, 404);
        let full = save(&mut ben, change.clone()).await;
        assert_eq!(kind(&full), "plan-saves-no-more-rooms");
    }
    for _ in 0..10 {
        assert_eq!(ada.send_json("PATCH", &path, &change).await.status, 204);
    }
    let other = json!({ "name": "other", "password": "another" });
    let refused = ada.send_json("PATCH", &path, &other).await;
    assert_eq!(
        (refused.status, kind(&refused).as_str()),
        (429, "too-many-tries")
    );
    assert_eq!(list(&mut ada).await["rooms"][0]["name"], json!("mine"));
    assert_eq!(kind(&save(&mut ada, other.clone()).await), "too-many-tries");
    app.clock.advance(Duration::from_secs(6));
    assert_eq!(ada.send_json("PATCH", &path, &other).await.status, 204);
    app.stop().await;
}

#[tokio::test]
async fn of_two_who_want_one_code_one_gets_it() {
    let app = start().await;
    let [mut ada, mut ben] = [
        pro(&app, "ada@example.org").await,
        pro(&app, "ben@example.org").await,
    ];
    let wish = json!({ "name": "Party", "code": "PARTY1" });
    let (hers, his) = tokio::join!(save(&mut ada, wish.clone()), save(&mut ben, wish));
    let mut statuses = [hers.status, his.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let loser = if hers.status == 409 { hers } else { his };
    assert_eq!(kind(&loser), "room-code-taken");
    app.stop().await;
}

/// Asking for codes that are taken is guessing, and counts with it.
#[tokio::test]
async fn codes_of_open_rooms_cannot_be_found_by_saving() {
    let app = start().await;
    let (_stranger, room) = opened(&app, create()).await;
    let mut ada = pro(&app, "ada@example.org").await;
    let wish = json!({ "name": "Mine", "code": code(&room) });
    for _ in 0..10 {
        assert_eq!(kind(&save(&mut ada, wish.clone()).await), "room-code-taken");
    }
    assert_eq!(kind(&save(&mut ada, wish).await), "too-many-tries");
    app.stop().await;
}

/// Promise S7: what was saved stays its owner's when the plan is over.
#[tokio::test]
async fn rooms_sleep_when_pro_ends_and_stay_their_owners() {
    let app = start().await;
    let mut ada = pro(&app, "ada@example.org").await;
    let wish = json!({ "name": "Friday canary", "code": "FR1DAY" });
    let saved: Value = read(&save(&mut ada, wish).await);
    give_pro(&app, "ada@example.org", None).await;
    let rooms = list(&mut ada).await;
    assert_eq!(
        (&rooms["rooms_max"], &rooms["rooms"][0]["is_awake"]),
        (&json!(0), &json!(false))
    );
    let mut socket = socket_of(&app, &ada).await;
    socket.say(opening_saved(&saved["id"], 1)).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Asleep);
    let copy = ada.send("GET", "/api/v1/account/copy").await;
    assert_eq!(copy.status, 200);
    let path = format!("{ROOMS}/{}", saved["id"].as_str().unwrap());
    let renamed = ada
        .send_json("PATCH", &path, &json!({ "name": "Sunday" }))
        .await;
    assert_eq!(renamed.status, 204);
    // The code is nobody else's for as long.
    let mut ben = pro(&app, "ben@example.org").await;
    let wish = json!({ "name": "Mine", "code": "FR1DAY" });
    assert_eq!(kind(&save(&mut ben, wish.clone()).await), "room-code-taken");
    let mut stranger = socket_of(&app, &ben).await;
    stranger.say(opening_saved(&saved["id"], 2)).await;
    assert_eq!(stranger.refusal().await.code, ErrorCode::NoSuchRoom);
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    let (_caster, room) = opened_by(&app, &ada, opening_saved(&saved["id"], 1)).await;
    assert_eq!(code(&room), "FR1DAY", "it wakes as it was");
    assert_eq!(ada.send("DELETE", &path).await.status, 204);
    assert_eq!(
        kind(&save(&mut ben, wish).await),
        "room-code-taken",
        "it is still open"
    );
    app.stop().await;
}

#[tokio::test]
async fn a_saved_room_opens_for_its_owner_alone() {
    let app = start().await;
    let mut ada = pro(&app, "ada@example.org").await;
    let saved: Value = read(&save(&mut ada, json!({ "name": "Friday" })).await);
    let guest = refused(&app, opening_saved(&saved["id"], 1)).await;
    assert_eq!(guest.code, ErrorCode::Forbidden);
    let (mut caster, room) = opened_by(&app, &ada, opening_saved(&saved["id"], 2)).await;
    let (mut listener, _) = opened(&app, join(&code(&room))).await;
    let left = json!({ "word": "erase", "now": true });
    let left = ada.send_json("DELETE", "/api/v1/account", &left).await;
    assert_eq!(left.status, 200, "{}", left.body);
    let left: Value = read(&left);
    assert_eq!(left["erased"]["counts"]["saved_rooms"], 1);
    let ServerMessage::Leave { reason, .. } = listener.hear().await else {
        panic!("a goodbye")
    };
    assert_eq!(reason, Goodbye::Ended);
    caster.closed().await;
    app.stop().await;
}
